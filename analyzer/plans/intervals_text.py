"""Workout text as coaches type it at intervals.icu: steps, headings and repeats to a Plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from analyzer.plans.build import build_plan, is_open, over_limit
from analyzer.plans.document import MAX_BYTES, Problems, Word, fail
from analyzer.plans.draft import MAX_BLOCKS, MAX_NAME, DraftPlan
from analyzer.plans.intervals_length import has_length, length_at
from analyzer.plans.intervals_step import read_interval_step
from analyzer.plans.intervals_words import words_of
from analyzer.plans.paces import PaceContext
from analyzer.safe_text import MAX_NAME as MAX_SHOWN
from analyzer.safe_text import clean_text
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.plan import Plan, Role
    from analyzer.plans.draft import DraftBlock
    from analyzer.units import Unit

HEADINGS: dict[str, Role | None] = {
    "warmup": "easy",
    "easy": "easy",
    "cooldown": "cooldown",
    "warmdown": "cooldown",
    "recovery": "rest",
    "rest": "rest",
    "mainset": None,
    "main": None,
    "workout": None,
}
"""Headings of a section, without blanks and hyphens, and the role they give its steps."""

SECTIONS = ("warmup", "cooldown", "warmdown", "mainset")
"""Headings that may go on, as in ``Warm-up: 15 minutes``, where a step follows."""

MAX_LINES, MAX_WORDS = 5000, 20_000
"""Longest text; nobody writes more by hand."""

_RULE = frozenset("-=_*")
_BULLETS = "*\u2022\u00b7\u2023\u25aa\u2013\u2014"
_COUNT = re.compile(r"(\d{1,12})[x\u00d7]", re.ASCII | re.IGNORECASE)
_ALMOST_COUNT = re.compile(r"\d{1,12}[x\u00d7]:?", re.ASCII | re.IGNORECASE)
_YAML = re.compile(r"^[ \t]{0,40}blocks[ \t]{0,40}:", re.MULTILINE)
_PACE_UNIT = re.compile(r"\d:\d\d ?/ ?(km|mi)", re.ASCII | re.IGNORECASE)


def looks_like_intervals(text: str) -> bool:
    """
    Whether a text file is intervals.icu text rather than our YAML.

    Parameters
    ----------
    text : str
        The whole file.

    Returns
    -------
    bool
        True where at least one line is ``- `` with a length of that text behind
        it (``10m``, ``400mtr``), and no line is YAML's ``blocks:``.
    """
    return _YAML.search(text) is None and any(
        _is_step(line) and has_length(line.replace("-", " ", 1).split())
        for line in text.splitlines()
    )


def parse_intervals(text: str, source: str, context: PaceContext | None = None) -> Plan:
    """
    Read intervals.icu workout text.

    Lines that start with ``-`` are the steps. ``Warmup`` and ``Cooldown`` above
    steps say what those are for; ``4x`` or ``Main set 4x`` repeats the steps below
    it up to the next blank line. The first line, if it is neither, names the
    plan; all other text becomes its notes.

    Parameters
    ----------
    text : str
        The whole file.
    source : str
        Base name, for messages.
    context : PaceContext, optional
        The runner's own paces: ``named["threshold"]`` gives ``90% Pace`` its
        meaning, other names may stand behind a length; ``unit`` is that of bare
        paces where the text states none.

    Returns
    -------
    Plan
        Its blocks numbered, repeats unrolled; in miles if the first pace with a
        unit is per mile.

    Raises
    ------
    PlanError
        With every problem of the text at once: line, column and what to write.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise fail(source, f"larger than the limit of {MAX_BYTES // 1024} KiB; is it a plan?")
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise fail(source, f"more than the limit of {MAX_LINES} lines; is it a plan?")
    if len(text.split()) > MAX_WORDS:
        raise fail(source, f"more than the limit of {MAX_WORDS} words; is it a plan?")
    problems = Problems(source, lines)
    unit = _unit(lines, context)
    reader = _Lines(PaceContext(unit, context.named if context else {}), problems)
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else ""
        reader.read(line, i + 1, _is_step(following))
        if reader.is_too_many:
            break
    reader.blank()
    blocks = _placed(reader.drafts)
    limit = over_limit(tuple(blocks))
    if limit:
        problems.add(limit, reader.first_step, 1)
    if not blocks and not problems.collected:
        problems.add("no steps; a step is a line such as '- 10m 4:00/km Pace'", Word("", 1, 1))
    problems.raise_if_any()
    notes = clean_text(" ".join(reader.notes), MAX_NAME)
    draft = DraftPlan(reader.name, unit, tuple(blocks), None, "auto", None, None, notes)
    return build_plan(draft, source)


class _Repeat(Struct):
    """Steps that are run several times."""

    count: int
    at: Word
    drafts: list[DraftBlock] = field(default_factory=list)
    has_steps: bool = False


class _Lines:
    """Reads line after line; remembers the section and the repeat it is in."""

    def __init__(self, context: PaceContext, problems: Problems) -> None:
        self.context = context
        self.problems = problems
        self.drafts: list[DraftBlock] = []
        self.name = ""
        self.notes: list[str] = []
        self.first_step = Word("", 1, 1)
        self.is_too_many = False
        self._role: Role | None = None
        self._section_has_steps = False
        self._repeat: _Repeat | None = None
        self._has_begun = False

    def read(self, line: str, number: int, is_above_step: bool) -> None:
        """Read one line."""
        if not line.strip():
            self.blank()
            return
        if _is_rule(line):
            return
        if _is_step(line):
            self._step(line, number)
        else:
            self._text(words_of(line, number), is_above_step)
        self._has_begun = True

    def blank(self) -> None:
        """End the section, once it has steps, and the repeat."""
        if self._section_has_steps:
            self._role, self._section_has_steps = None, False
        repeat, self._repeat = self._repeat, None
        if repeat is None:
            return
        if not repeat.has_steps:
            text = "a repeat without steps; write them right below it, without a blank line"
            self.problems.add(text, repeat.at)
        self._add(repeat.drafts, repeat.count, repeat.at)

    def _add(self, drafts: list[DraftBlock], count: int, at: Word) -> None:
        """Take blocks in; they are counted before they are multiplied."""
        if len(self.drafts) + len(drafts) * count > MAX_BLOCKS:
            self.problems.add(f"more than the limit of {MAX_BLOCKS} blocks", at)
            self.is_too_many = True
            return
        self.drafts += drafts * count

    def _step(self, line: str, number: int) -> None:
        """Read a step into the repeat it is in, or into the plan."""
        words = _step_words(line, number)
        draft = read_interval_step(words, self._role, self.context, self.problems)
        self._section_has_steps = True
        if not self.drafts and self.first_step.text == "":
            self.first_step = words[0]
        if self._repeat is not None:
            self._repeat.has_steps = True
            self._repeat.drafts += [draft] if draft else []
            if len(self._repeat.drafts) > MAX_BLOCKS:
                self._add(self._repeat.drafts, 1, self._repeat.at)
        elif draft is not None:
            self._add([draft], 1, words[0])

    def _text(self, words: list[Word], is_above_step: bool) -> None:
        """Read a line of text: a repeat, a heading, the name or a note."""
        whole = Word(" ".join(w.text for w in words), words[0].line, words[0].column)
        if self._repeat is not None:
            self._inside_repeat(whole, words)
            return
        if self._is_lost_step(words, whole):
            return
        self._role, self._section_has_steps = None, False
        count = _COUNT.fullmatch(words[-1].text)
        if count is not None:
            self._begin_repeat(int(count[1]), words[-1])
            whole = Word(" ".join(w.text for w in words[:-1]), whole.line, whole.column)
        elif is_above_step:
            self._warn_of_count(words)
        self._heading_or_note(whole, is_above_step or count is not None)

    def _inside_repeat(self, whole: Word, words: list[Word]) -> None:
        """Refuse text among repeated steps: it may end the repeat, or not."""
        shown = clean_text(whole.text, 40)
        if _COUNT.fullmatch(words[-1].text):
            text = "a repeat inside a repeat is not supported; leave a blank line before it"
        else:
            text = f"text inside a repeat; leave a blank line before '{shown}'"
        self.problems.add(text, whole)
        self.blank()
        self._heading_or_note(whole, is_heading=True)

    def _is_lost_step(self, words: list[Word], whole: Word) -> bool:
        """Refuse what is a step but for its ``-``; as a note it would be lost."""
        first = words[0].text
        if first[0] in _BULLETS:
            is_lost = has_length(whole.text[1:].split())
        else:
            is_lost = self._reads_as_step(words)
        if is_lost:
            self.problems.add("this looks like a step; start it with '- '", whole, len(first))
        return is_lost

    def _reads_as_step(self, words: list[Word]) -> bool:
        """Whether a line is a step with a target; ``Sunday 10 km`` may be a title."""
        numbers = sum(any(c in "0123456789" for c in w.text) for w in words)
        says_pace = any(w.text.lower() == "pace" for w in words)
        if numbers < 2 or not (says_pace or length_at([w.text for w in words], 0)):
            return False
        block = read_interval_step(words, None, self.context, Problems("", []))
        return block is not None and (block.draft.pace.target is not None or block.notes != "")

    def _begin_repeat(self, count: int, at: Word) -> None:
        """Start a repeat."""
        if not 1 <= count <= MAX_BLOCKS:
            text = f"{clean_text(at.text)} is outside 1 to {MAX_BLOCKS}, the limit of blocks"
            self.problems.add(text, at)
            count = 1
        self._repeat = _Repeat(count, at)

    def _warn_of_count(self, words: list[Word]) -> None:
        """Refuse a heading with ``4x`` elsewhere than at its end; it may be a repeat."""
        for word in words:
            if _ALMOST_COUNT.fullmatch(word.text):
                text = "is this a repeat? Then end the line with it, 'Main set 4x'; "
                text += "else leave a blank line below"
                self.problems.add(text, word)
                return

    def _heading_or_note(self, whole: Word, is_heading: bool) -> None:
        """Take a heading's role; keep any other text."""
        key = re.sub(r"[\s#*:_-]", "", whole.text[: 4 * MAX_SHOWN]).lower()
        if key in HEADINGS:
            self._role = HEADINGS[key]
            return
        start = next((h for h in SECTIONS if is_heading and _starts_with(whole.text, h)), None)
        if start is not None:
            self._role = HEADINGS[start]
        elif not self._has_begun and len(whole.text) <= MAX_SHOWN:
            self.name = clean_text(whole.text)
            return
        if whole.text:
            self.notes.append(whole.text)


def _starts_with(text: str, heading: str) -> bool:
    """Whether a line begins with a heading of two words or one: ``Warm-up: 15 minutes``."""
    words = re.split(r"[\s#*:_-]+", text[:60].lstrip("#* ").lower())
    return words[0] == heading or "".join(words[:2]) == heading


def _is_step(line: str) -> bool:
    """Whether a line is a step: ``-`` and something after it."""
    return line.lstrip().startswith("-") and not _is_rule(line)


def _is_rule(line: str) -> bool:
    """Whether a line is nothing but a rule drawn across, as ``-----``."""
    return set("".join(line.split())) <= _RULE


def _step_words(line: str, number: int) -> list[Word]:
    """Return the words of a step without its ``-``."""
    return words_of(line, number, line.index("-") + 1)


def _unit(lines: list[str], context: PaceContext | None) -> Unit:
    """Return the unit of the first pace that states one: the coach's own."""
    for line in lines:
        match = _PACE_UNIT.search(line) if _is_step(line) else None
        if match is not None:
            return "mi" if match[1].lower() == "mi" else "km"
    return context.unit if context else "km"


def _placed(drafts: list[DraftBlock]) -> list[DraftBlock]:
    """
    Give open steps before the last a role: warming up, or waiting for the button.

    `build_plan` takes an open block for the run home, which it is in our own plans.
    """
    placed: list[DraftBlock] = []
    for i, block in enumerate(drafts):
        is_waiting = (
            i < len(drafts) - 1
            and is_open(block.draft.length)
            and block.draft.pace.target is None
            and block.role is None
        )
        if not is_waiting:
            placed.append(block)
            continue
        name = block.draft.name.lower()
        role: Role = "easy" if i == 0 or "warm" in name or "easy" in name else "steady"
        placed.append(replace(block, role="cooldown" if "cool" in name else role))
    return placed
