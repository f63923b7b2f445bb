"""What a report says, taken out of its markup, and how to see that it was translated."""

import re
import string
from gettext import NullTranslations
from html import unescape

NOT_WORDS = {
    "km", "mi", "min", "bpm",  # units
    "match", "start",  # options
    "easy", "progcheck", "docs", "methods", "scoring", "md",  # the plan's words, and names
}  # fmt: skip
"""What stays as it is in every language."""

ENGLISH = set(
    re.findall(
        r"\w+",
        "the and of to were is it by held forced too fast slow early late faded surged "
        "stood stopped skipped ended first second third fourth last two three four five next time "
        "clear possible cannot tell score scored loose mostly planned run pace faster slower than "
        "against steps watch distance from good hills heart rate january march not",
    )
)
"""Words that would betray a sentence that was not translated; German has none of them."""


class Loud(NullTranslations):
    """A catalogue that shouts: whatever is still small has not been through it."""

    def gettext(self, message):
        """Return a message in capitals, with its places as they are."""
        parts = string.Formatter().parse(message)
        return "".join(
            text.upper() + ("" if name is None else f"{{{name}}}") for text, name, _, _ in parts
        )

    def ngettext(self, msgid1, msgid2, n):
        """Return one of two messages in capitals."""
        return self.gettext(msgid1 if n == 1 else msgid2)


def small_words(text):
    """Words that have not been through the catalogue."""
    return set(re.findall(r"[a-z]{2,}", text)) - NOT_WORDS


def shown(page):
    """Return what a page shows, of its markup."""
    body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "\n", body))


def numbers(text):
    """Return all numbers in order of size, whichever decimal mark they have."""
    return sorted(re.findall(r"\d+(?:[.:]\d+)*", re.sub(r"(?<=\d),(?=\d)", ".", text)))
