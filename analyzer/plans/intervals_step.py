"""One step of intervals.icu text: ``- Steady 10m 4:00-3:50/km Pace``."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct, field

from analyzer.plans.draft import MAX_NAME, Draft, DraftBlock, Length
from analyzer.plans.intervals_length import (
    LENGTHS,
    TRACK_M,
    has_length,
    length_at,
    read_interval_length,
)
from analyzer.plans.intervals_words import Phrase, phrase_of, times_among
from analyzer.plans.names import length_text
from analyzer.plans.paces import EFFORTS, Pace, between, ramp, single
from analyzer.plans.quantities import (
    FASTEST_S_PER_KM,
    SLOWEST_S_PER_KM,
    UnreadableError,
    pace_s_per_km,
)
from analyzer.safe_text import clean_text
from analyzer.units import KM_M

if TYPE_CHECKING:
    from analyzer.model.plan import Role, Target
    from analyzer.plans.document import Problems, Word
    from analyzer.plans.paces import PaceContext

TARGETS = "write 4:00/km Pace, 4:10-3:50/km Pace or ramp 4:10-3:50/km Pace"
REPEATS = "a repeat has a line of its own without '-', above its steps: 4x"

INTENSITIES: dict[str, Role | None] = {
    "warmup": "easy",
    "cooldown": "cooldown",
    "rest": "rest",
    "recovery": "rest",
    "active": None,
    "interval": None,
}
"""What ``intensity=`` says of a step's role; ``active`` and ``interval`` leave it open."""

RESTS = ("rest", "recovery", "recover", "recoveries")

_ALMOST = re.compile(
    r"(\d{1,5}(?:\.\d{1,3})?)(?:min|mins|minutes?|sec|secs|seconds?|hrs?|hours?|[hms])?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,3}(?::\d{2}){1,2}", re.ASCII)

# Every repetition is bounded, so no text makes it slow.
_SHARE = r"\d{1,3}(?:\.\d{1,3})?"
_TOKEN = re.compile(
    r"(?:"
    r"(?P<clock>\d{1,2}:\d{1,2})(?: ?/ ?(?P<unit>[a-z0-9]{1,8}))?"
    r"(?: ?- ?(?P<clock_2>\d{1,2}:\d{1,2})(?: ?/ ?(?P<unit_2>[a-z0-9]{1,8}))?)?(?P<pace> pace)?"
    rf"|(?P<share>{_SHARE})(?:%? ?- ?(?P<share_2>{_SHARE}))? ?%"
    r"(?: (?P<share_of>pace|hr|lthr|ftp|mmp(?: \d{1,3}[hms])?))?"
    r"|(?P<zone>c?z\d(?: ?- ?c?z?\d)?)(?: (?P<zone_of>pace|hr|lthr|power))?"
    r"|(?P<body>\d{1,4}w?(?: ?- ?\d{1,4})? ?w|\d{1,3}(?: ?- ?\d{1,3})? ?(?:bpm|rpm|spm)"
    r"|(?:hr|power|pace)=[a-z0-9]{1,8}|free ?ride|max ?effort)"
    r"|intensity ?= ?(?P<intensity>[a-z]{1,20})"
    r"|(?P<ramp>ramp)|(?P<zero>0)"
    r")(?= |$)",
    re.ASCII | re.IGNORECASE,
)
_PACE_BEFORE = re.compile(
    r"\d:\d\d ?/ ?(?:km|mi)|\d:\d\d pace|% pace|z\d pace", re.ASCII | re.IGNORECASE
)


class _Heard(Struct):
    """What the words after a length have said so far."""

    target: Target | None = None
    pace_at: Word | None = None
    is_range: bool = False
    pair: tuple[float, float] | None = None
    ramp_at: Word | None = None
    has_intensity: bool = False
    role: Role | None = None
    is_rest: bool = False
    efforts: list[str] = field(default_factory=list)
    effort_role: Role | None = None
    kept: list[str] = field(default_factory=list)


def read_interval_step(
    words: list[Word], section: Role | None, context: PaceContext, problems: Problems
) -> DraftBlock | None:
    """
    Read one step of intervals.icu text.

    Words in front of the length are what the runner sees on the watch and become
    the block's name. Targets of heart rate, power and cadence are run but not
    scored for pace; they stay in the block's notes.

    Parameters
    ----------
    words : list of Word
        The line without its ``-``.
    section : {'easy', 'cooldown', 'rest'} or None
        What the heading above says.
    context : PaceContext
        Unit of bare paces; ``threshold`` under its names gives percent a meaning.
    problems : Problems
        Takes what cannot be understood, with its column.

    Returns
    -------
    DraftBlock or None
        None if there was a problem.
    """
    before = len(problems.collected)
    words, lap_at = _without_press_lap(words)
    cut = _length(words, lap_at, problems)
    if cut is None:
        return None
    length, start, end = cut
    rest = phrase_of(words[end:])
    heard = _Heard()
    _hear(rest, heard, context, problems)
    _settle_ramp(heard, problems)
    cue = phrase_of(words[:start])
    _check_cue(cue, heard, problems)
    if len(problems.collected) > before:
        return None
    if lap_at is not None and length != Length():
        said = " ".join(w.text for w in words[start:end])
        heard.kept.insert(0, f"press lap {said}")
        length = Length()
    return _block(length, clean_text(" ".join(w.text for w in words[:start])), section, heard)


def _block(length: Length, cue: str, section: Role | None, heard: _Heard) -> DraftBlock:
    """Put together what the words said; a rest is a rest in whatever section it is."""
    name, kept = cue, list(heard.kept)
    if heard.efforts and cue:
        kept += heard.efforts
    elif heard.efforts:
        said = " ".join(heard.efforts)
        is_open = length == Length()
        name = said if is_open else f"{length_text(length.duration_s, length.distance_m)} {said}"
    first = cue.split(" ", 1)[0].lower().rstrip(":,.!")
    is_rest = heard.is_rest or first in RESTS or heard.effort_role == "rest"
    role = heard.role if heard.has_intensity else "rest" if is_rest else section
    pace = Pace(heard.target, None if heard.has_intensity else heard.effort_role)
    return DraftBlock(Draft(length, pace, name), role, notes=clean_text(" ".join(kept), MAX_NAME))


def _without_press_lap(words: list[Word]) -> tuple[list[Word], int | None]:
    """Take ``press lap`` out of a step; return where it stood."""
    for i in range(len(words) - 1):
        if words[i].text.lower() == "press" and words[i + 1].text.lower() == "lap":
            return words[:i] + words[i + 2 :], i
    return words, None


def _length(
    words: list[Word], lap_at: int | None, problems: Problems
) -> tuple[Length, int, int] | None:
    """Find the length: the first words that are one, after timed prompts if there are any."""
    prompts = [i for i, w in enumerate(words) if w.text == "<!>"]
    texts = [word.text for word in words]
    for i in range(prompts[-1] + 1 if prompts else 0, len(words)):
        count = length_at(texts, i)
        if count:
            at = words[i]
            text = "".join(w.text for w in words[i : i + count])
            try:
                return read_interval_length(text), i, i + count
            except UnreadableError as error:
                problems.add(str(error), at, len(text))
                return None
    if lap_at is not None:
        return Length(), lap_at, lap_at
    _say_no_length(words, problems)
    return None


def _say_no_length(words: list[Word], problems: Problems) -> None:
    """Say what a step without a length lacks, by the nearest thing to a length in it."""
    times = times_among(words)
    if times is not None:
        problems.add(REPEATS, times)
        return
    near = _almost_length(words)
    if near is not None:
        problems.add(f"'{near.text}' is not a length in intervals.icu text; {LENGTHS}", near)
    elif _PACE_BEFORE.search(phrase_of(words).text):
        text = "a step without a length; write one before the pace: 10m 4:00/km Pace"
        problems.add(text, words[0])
    else:
        text = f"a step without a length; {LENGTHS}, or take the '-' away if it is only text"
        problems.add(text, words[0], sum(len(w.text) + 1 for w in words) - 1)


def _almost_length(words: list[Word]) -> Word | None:
    """Return a word that may have been meant as a length: ``10min``, else ``10:00``."""
    for word in words:
        if _ALMOST.fullmatch(word.text):
            return word
    following = [word.text.lower() for word in words[1:]] + [""]
    for word, after in zip(words, following, strict=True):
        if _CLOCK.fullmatch(word.text) and not after.startswith(("pace", "/")):
            return word
    return None


def _hear(rest: Phrase, heard: _Heard, context: PaceContext, problems: Problems) -> None:
    """Read the words after the length one by one; nothing is skipped."""
    at, unknown = 0, -1
    while at < len(rest.text):
        match = _TOKEN.match(rest.text, at)
        if match is not None:
            if unknown >= 0:
                _effort(rest.word(unknown, at - 1), heard, context, problems)
                unknown = -1
            _token(match, rest.word(at, match.end()), heard, context, problems)
            at = match.end() + 1
            continue
        unknown = at if unknown < 0 else unknown
        blank = rest.text.find(" ", at)
        at = len(rest.text) if blank < 0 else blank + 1
    if unknown >= 0:
        _effort(rest.word(unknown, len(rest.text)), heard, context, problems)


def _token(
    match: re.Match[str], at: Word, heard: _Heard, context: PaceContext, problems: Problems
) -> None:
    """Take in one thing that was understood, or say why it cannot be scored."""
    try:
        if match["clock"] or (match["share_of"] or "").lower() == "pace":
            _pace(match, at, heard, context)
        elif match["zone"]:
            _zone(match, at, heard)
        elif match["intensity"]:
            _intensity(match["intensity"].lower(), heard)
        elif match["ramp"]:
            heard.ramp_at = at
        elif match["zero"]:
            heard.is_rest = True
        else:
            heard.kept.append(at.text)
    except UnreadableError as error:
        problems.add(str(error), at)


def _zone(match: re.Match[str], at: Word, heard: _Heard) -> None:
    """Keep zones of heart rate and power as words; zones of pace have no pace in the file."""
    of = (match["zone_of"] or "").lower()
    if of not in ("hr", "lthr", "power"):
        msg = (
            f"'{at.text}' is a zone whose paces this text does not give; write a pace such as "
            f"4:10-3:50/km Pace, or '{match['zone']} HR' to run by heart rate"
        )
        raise UnreadableError(msg)
    heard.kept.append(at.text)


def _intensity(word: str, heard: _Heard) -> None:
    """Read ``intensity=warmup``."""
    if word not in INTENSITIES:
        msg = f"'{word}' is not an intensity; write one of {', '.join(INTENSITIES)}"
        raise UnreadableError(msg)
    heard.has_intensity, heard.role = True, INTENSITIES[word]


def _pace(match: re.Match[str], at: Word, heard: _Heard, context: PaceContext) -> None:
    """Take in a pace, a range of paces, or a percent of threshold."""
    if heard.pace_at is not None:
        msg = f"a second pace, '{at.text}'; a step has one: {TARGETS}"
        raise UnreadableError(msg)
    heard.pace_at = at
    pair = _clocks(match, at, context) if match["clock"] else _shares(match, at, context)
    heard.is_range = (match["clock_2"] or match["share_2"]) is not None
    heard.pair = pair
    heard.target = between(*pair) if heard.is_range else single(pair[0])


def _clocks(match: re.Match[str], at: Word, context: PaceContext) -> tuple[float, float]:
    """Return both paces of ``4:00-3:50/km`` in s/km, a single pace twice."""
    if not (match["unit"] or match["unit_2"] or match["pace"]):
        msg = f"'{at.text}' may be a time or a pace; write {match['clock']}/km Pace, or 10m"
        raise UnreadableError(msg)
    unit = match["unit"] or match["unit_2"] or context.unit
    first = _s_per_km(match["clock"], unit)
    if match["clock_2"] is None:
        return first, first
    return first, _s_per_km(match["clock_2"], match["unit_2"] or unit)


def _s_per_km(clock: str, unit: str) -> float:
    """Return a pace in s/km; the track's units besides km and mile."""
    metres = TRACK_M.get(unit.lower())
    minutes, seconds = clock.split(":")
    if metres is None:
        pace = pace_s_per_km(f"{clock}/{unit}", "km")
    elif len(seconds) != 2 or int(seconds) >= 60:
        msg = f"'{clock}' is not a pace: the seconds go from 00 to 59"
        raise UnreadableError(msg)
    else:
        pace = (60 * int(minutes) + int(seconds)) * KM_M / metres
    if pace is None or not FASTEST_S_PER_KM <= pace <= SLOWEST_S_PER_KM:
        msg = f"'{clock}/{unit}' is outside what can be run, 1:40/km to 20:00/km; check the digits"
        raise UnreadableError(msg)
    return pace


def _shares(match: re.Match[str], at: Word, context: PaceContext) -> tuple[float, float]:
    """Return percents of the threshold's *speed* as paces in s/km."""
    threshold = context.named.get("threshold")
    if threshold is None or threshold.target is None:
        msg = (
            f"'{at.text}' is a percentage of a threshold pace, which this text does not give; "
            "write a pace such as 4:10/km Pace"
        )
        raise UnreadableError(msg)
    shares = float(match["share"]), float(match["share_2"] or match["share"])
    if not all(30 <= share <= 150 for share in shares):
        msg = f"'{at.text}' is not a percentage anyone runs at; write 95% Pace"
        raise UnreadableError(msg)
    speed = threshold.target.speed_mps
    return KM_M / (speed * shares[0] / 100), KM_M / (speed * shares[1] / 100)


def _effort(words: Word, heard: _Heard, context: PaceContext, problems: Problems) -> None:
    """Take in ``easy`` and other words for an effort; other words are refused."""
    word = words.text.lower()
    pace = context.named.get(word)
    if pace is not None and pace.target is not None and heard.pace_at is None:
        heard.target, heard.pace_at = pace.target, words
    elif word not in EFFORTS and word not in RESTS and pace is None:
        _say_unknown(words, problems)
        return
    role: Role | None = "rest" if word in RESTS else EFFORTS.get(word)
    heard.efforts.append(word)
    heard.effort_role = (pace.role if pace else None) or role


def _say_unknown(words: Word, problems: Problems) -> None:
    """Say that words after the length are not understood, and where they may go."""
    shown = clean_text(words.text, 60)
    if has_length(words.text.split()):
        text = f"'{shown}' is a second length; write one, such as 1h30m or 2km"
    elif re.fullmatch(r"pace", words.text, re.IGNORECASE):
        text = f"'{shown}' without a pace; {TARGETS}"
    else:
        text = f"'{shown}' is not understood; {TARGETS}, and put words before the length"
    problems.add(text, words)


def _settle_ramp(heard: _Heard, problems: Problems) -> None:
    """Make a range with ``ramp`` before it a ramp from the first pace to the second."""
    at = heard.ramp_at
    if at is None:
        return
    if heard.pair is not None and heard.is_range:
        heard.target = ramp(*heard.pair)
    elif heard.pace_at is not None or not heard.kept:
        problems.add("a ramp goes from one pace to another; write ramp 4:10-3:50/km Pace", at)
    else:
        heard.kept.insert(0, "ramp")


def _check_cue(cue: Phrase, heard: _Heard, problems: Problems) -> None:
    """Refuse words before the length that would change the meaning if they came after it."""
    if len(cue.text) > MAX_NAME:
        text = f"a name longer than the limit of {MAX_NAME} characters"
        problems.add(text, cue.words[0], 1)
        return
    times = times_among(cue.words)
    if times is not None:
        problems.add(REPEATS, times)
    for word in cue.words:
        if word.text.lower().startswith("intensity="):
            problems.add(f"'{clean_text(word.text, 40)}' belongs after the length", word)
            break
    early = _PACE_BEFORE.search(cue.text)
    if early is not None and heard.pace_at is None:
        text = "a pace before the length is only text; put it after: 10m 4:00/km Pace"
        problems.add(text, cue.words[bisect_right(cue.starts, early.start()) - 1], len(early[0]))
    if heard.is_range and heard.ramp_at is None:
        _check_early_ramp(cue, problems)


def _check_early_ramp(cue: Phrase, problems: Problems) -> None:
    """Ask what ``ramp`` before the length of a range means."""
    for word in cue.words:
        if word.text.lower() == "ramp":
            text = "is this a ramp? Then write it after the length: 10m ramp 4:10-3:50/km Pace"
            problems.add(text, word)
            return
