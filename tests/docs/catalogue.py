"""
The catalogues of translations: extracted from the source, renewed by ``make docs``.

``python -m tests.docs.catalogue`` writes ``progcheck.pot``, takes new messages over into
each language without guessing at their words, and compiles what there is.
"""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from analyzer.report.language import DOMAIN, LANGUAGES
from tests.places import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = ROOT / "analyzer" / "report"
LOCALE = SOURCE / "locale"
TEMPLATE = LOCALE / f"{DOMAIN}.pot"

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "say": None,
    "noted": None,
    "say_n": (1, 2),
    "noted_n": (1, 2),
}
"""What marks a message in the source, and which of its arguments it is."""

TRANSLATED = [language for language in LANGUAGES if language != "en"]

HEADERS = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
"""What a catalogue says of itself; a date or a version of Babel would make every run a change."""


class PlainCatalogue(Catalog):
    """A catalogue without dates, whose flags are not guessed: "90 % sure" takes no string."""

    @property  # type: ignore[misc]  # Babel's can be set, too
    def mime_headers(self) -> list[tuple[str, str]]:
        """The headers that do not change from run to run."""
        return [header for header in super().mime_headers if header[0] in HEADERS]

    def say(self, messages: Catalog, words: Catalog | None = None) -> None:
        """Take messages over, with their words where another catalogue has them."""
        for message in messages:
            if not message.id:
                continue
            known = None if words is None else words.get(message.id)
            made = self.add(
                message.id,
                None if known is None or known.fuzzy else known.string,
                message.locations,
                auto_comments=message.auto_comments,
                user_comments=() if known is None else known.user_comments,
            )
            made.flags.discard("python-format")


def catalogue_of(language: str) -> Path:
    """Return where the words of a language are kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def kept(language: str) -> Catalog:
    """Read the words of a language as they are kept; none of one that is new."""
    if not catalogue_of(language).exists():
        return Catalog(language, domain=DOMAIN)
    with catalogue_of(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def extracted() -> PlainCatalogue:
    """Return every message of the source, each with the files that say it."""
    found = Catalog()
    tags = ("Translators:",)
    with redirect_stderr(io.StringIO()):  # it complains of f-strings that hold numbers alone
        messages = list(
            extract_from_dir(SOURCE, keywords=KEYWORDS, comment_tags=tags, strip_comment_tags=True)
        )
    for name, line, message, comments, _ in messages:
        found.add(message, None, [(f"analyzer/report/{name}", line)], auto_comments=comments)
    made = PlainCatalogue(header_comment="# Texts of progcheck's reports.", fuzzy=False)
    made.say(found)
    return made


def renewed(language: str) -> PlainCatalogue:
    """Return what the source says now, in a language as far as its words are kept."""
    made = PlainCatalogue(
        language, header_comment=f"# Texts of progcheck's reports: {language}.", fuzzy=False
    )
    made.say(extracted(), kept(language))
    return made


def po_text(catalogue: Catalog) -> str:
    """Return a catalogue as a file: the same today and tomorrow."""
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return out.getvalue().decode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return a compiled catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def renew() -> None:
    """Write template, catalogues and what they compile to."""
    TEMPLATE.write_text(po_text(extracted()), encoding="utf-8")
    for language in TRANSLATED:
        path, catalogue = catalogue_of(language), renewed(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(po_text(catalogue), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))


if __name__ == "__main__":
    renew()
