"""What recorded a run, in words a runner knows: never a serial number, a person or software."""

from __future__ import annotations

import re
from itertools import takewhile

from analyzer.safe_text import clean_text

MAKERS = {
    "garmin": "Garmin",
    "forerunner": "Garmin Forerunner",
    "fenix": "Garmin fenix",
    "edge": "Garmin Edge",
    "polar": "Polar",
    "suunto": "Suunto",
    "coros": "COROS",
    "tomtom": "TomTom",
    "wahoo": "Wahoo",
    "fitbit": "Fitbit",
    "amazfit": "Amazfit",
    "huawei": "Huawei",
    "samsung": "Samsung",
    "apple": "Apple",
    "timex": "Timex",
    "sigma": "Sigma",
    "bryton": "Bryton",
    "epson": "Epson",
}
"""First word of a watch's name in small letters: how it is written, its maker in front."""

SOFTWARE = frozenset({
    "connect", "com", "international", "api", "app", "apps", "flow", "basecamp", "express",
    "training", "mysports", "health", "movescount", "desktop", "cloud", "sync", "mapsource", "link",
    "communicator",
})  # fmt: skip
"""Behind a maker's name these say that its software wrote the file."""

NOT_WATCHES = frozenset({
    "development", "strava", "zwift", "zwift_byte", "trainer_road", "mywhoosh", "the_sufferfest",
    "RGT_cycling", "peaksware", "bkool", "virtualtraining", "ifit_com", "onelap", "rouvy",
})  # fmt: skip
"""Makers of a FIT file that make software only."""

MOST_WORDS = 4
"""Words of a model behind its maker; more is not a model."""

MODEL_WORDS = frozenset({
    "adventurer", "amazfit", "ambit", "apex", "approach", "balance", "band", "bip", "blaze",
    "bolt", "cardio", "charge", "cheetah", "core", "cross", "d", "descent", "dura", "edge",
    "elemnt", "enduro", "epix", "fenix", "fit", "forerunner", "galaxy", "gear", "gps", "grit",
    "gtr", "gts", "ignite", "inspire", "instinct", "ionic", "ironman", "lily", "lite", "loop",
    "marq", "mini", "move", "multisport", "nike", "one", "pace", "pacer", "peak", "pro", "quatix",
    "race", "rider", "rival", "roam", "rox", "run", "runner", "sense", "series", "solar", "spark",
    "spartan", "sportwatch", "stratos", "surge", "swim", "tactix", "trainer", "traverse", "ultra",
    "unite", "vantage", "venu", "versa", "vertical", "vertix", "vivo", "vivoactive", "vivofit",
    "vivomove", "vivosmart", "vivosport", "watch", "wings", "zone",
})  # fmt: skip
"""Words in the names of models; any other word in front of a model's number may be a name."""

LONGEST_CODE = 6
"""Longest word that is a code of letters and digits [characters]."""

LAST = 99
"""A higher number directly behind a maker is its number of a product, which nobody knows."""

BEHIND_NUMBER = frozenset({
    "pro", "plus", "music", "solar", "peak", "lte", "s", "x", "m", "xt", "hr", "large", "small",
    "sport", "sapphire", "titanium", "ultra", "mini",
})  # fmt: skip
"""Words of a model behind its number; any other word there may be a name."""

_SPLIT = r"[\s,;:_()/.\"'\u2019]+"
_MODEL_WORD = r"(?i)[a-z]{0,14}[+-]?\d{0,4}[a-z]{0,14}[+]?"
_ENDS_MODEL = r"(?i)of|von|de|by|for|fur|software|version|firmware|unit|id|serial|sn|no|nr|number"
_REGIONS = r"_?(asia|apac|china|chn|japan|jpn|korea|kor|taiwan|twn|russia|sea|thai|hebrew|ww|emea)$"
_FAMILIES = (
    (r"^fr(\d+[a-z]*)(.*)$", r"Forerunner \1 \2"),
    (r"^vivo_?(active|fit|smart|move|sport)_?(.*)$", r"vivo\1 \2"),
    (r"^(fenix|epix|venu|enduro|edge|instinct|lily|tactix|marq)_?(.*)$", r"\1 \2"),
)
"""How the FIT profile spells families of watches, and how they are written.

Like the patterns above, compiled when first used: most recordings need few of them.
"""


def device_of_creator(text: str) -> str | None:
    """
    Return the watch that a creator names.

    Only what follows the name of a maker of watches is taken, up to the first word that
    is not of a model. What else may stand there is somebody's name, an address or the
    software that wrote the file; what nobody knows is not shown, as it may be a person.

    Parameters
    ----------
    text : str
        As GPX (``creator``) or TCX (``Creator/Name``) has it.

    Returns
    -------
    str or None
        ``Garmin Forerunner 305``; None where no watch is named.
    """
    words = _words(text)
    for at, word in enumerate(words):
        maker = MAKERS.get(word.lower())
        if maker is None:
            continue
        behind = words[at + 1 : at + 1 + MOST_WORDS]
        if any(w.lower() in SOFTWARE for w in behind):
            return None
        if behind and behind[0].lower() in MAKERS:
            maker = MAKERS[behind[0].lower()]
            behind = behind[1:]
        return _named(maker, list(takewhile(_is_of_a_model, behind)))
    return None


def _is_of_a_model(word: str) -> bool:
    """Whether a word of free text is known from models, or short and with a number."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    is_code = any(c.isdigit() for c in word) and len(letters) <= 2
    return is_code or letters in MODEL_WORDS or letters in BEHIND_NUMBER


def device_of_product(maker: str, product: str | int | None) -> str | None:
    """
    Return the watch that a FIT file names.

    Parameters
    ----------
    maker : str
        As the FIT profile spells it, or its number.
    product : str, int or None
        The same; a number is one that the profile does not know.

    Returns
    -------
    str or None
        ``Garmin Forerunner 935``; ``Garmin watch`` where the product is a number that
        nobody knows; None where the maker is unknown or makes software only.
    """
    if maker in NOT_WATCHES or maker.isdigit():
        return None
    first = maker.split("_")[0].lower()
    name = MAKERS.get(first, first.title())
    words = _words(_family_first(product)) if isinstance(product, str) else []
    if words and words[0].lower() == first:
        words = words[1:]  # COROS writes its own name into the product's
    if any(w.lower() in SOFTWARE for w in words):
        return None
    return _named(name, [_as_written(w) for w in words])


def _family_first(product: str) -> str:
    """Take the family of a product of the FIT profile apart from its model, without its region."""
    text = re.sub(_REGIONS, "", product)
    for family, written in _FAMILIES:
        text = re.sub(family, written, text)
    return text


def _words(text: str) -> list[str]:
    """Split a name into words; a macron is nothing a terminal must have."""
    return [w for w in re.split(_SPLIT, clean_text(text).replace("\u0113", "e")) if w]


def _as_written(word: str) -> str:
    """Spell a word of the FIT profile as its maker does: ``735xt`` is the 735XT."""
    if any(c.isdigit() for c in word) and len(word) <= LONGEST_CODE:
        return word.upper()
    return word if word.startswith(("vivo", "fenix")) else word[:1].upper() + word[1:]


def _named(maker: str, words: list[str]) -> str:
    """Put a maker and the words of its model together; a maker alone makes a watch."""
    model: list[str] = []
    for word in words[:MOST_WORDS]:
        is_unknown_number = not model and " " not in maker and word.isdigit() and int(word) > LAST
        is_behind = any(c.isdigit() for c in "".join(model)) and not word.isdigit()
        if (
            is_unknown_number
            or not re.fullmatch(_MODEL_WORD, word)
            or re.fullmatch(_ENDS_MODEL, word)
        ):
            break
        if is_behind and word.lower() not in BEHIND_NUMBER:
            break
        model.append(word)
    return " ".join([maker, *model]) if model or " " in maker else f"{maker} watch"
