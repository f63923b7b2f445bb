"""``progcheck store decided``: what a person decided of recordings, listed and taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from analyzer.archive.said_text import WHEN, plan_text, ruling_text
from analyzer.archive.store.store import Store
from analyzer.cli.lazy import HELP
from analyzer.cli.options import QUIET, json_option, refuse
from analyzer.cli.printing import print_text
from analyzer.cli.store_option import STORE
from analyzer.errors import StoreError
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.archive.said import Said
    from analyzer.archive.store.records import Kept

LEAST_DIGITS = 8
"""As many digits of a content tell one recording of a store from all others."""

MOST_NAMED = 3
"""Recordings that an error names."""


class _Decided(NamedTuple):
    """A recording, and what was said of it."""

    kept: Kept
    said: Said


@click.command(context_settings=HELP)
@click.argument("recordings", metavar="[RECORDING]...", nargs=-1)
@STORE
@click.option(
    "--take-back",
    "taken",
    type=click.Choice(["ruling", "plan", "both"]),
    help="Take it back: where the blocks lie, the given plan, or both.",
)
@json_option("Print JSON.")
@QUIET
def decided(
    recordings: tuple[str, ...], store: str, taken: str | None, *, as_json: bool, quiet: bool
) -> None:
    """
    List what you decided of recordings: where the blocks lie, by which plan.

    RECORDING is a name as the list has it, its last part, or the first 8 digits
    or more of its content; all of them if left out. What is taken back counts
    when a batch judges the recording again; until then its review stays.
    """
    refuse([(taken and not recordings, "--take-back needs a RECORDING: the list names them")])
    with Store.open(store) as kept:
        found = _wanted(_all(kept), recordings, kept.name)
        for each in found if taken else ():
            _refuse_nothing(each, taken, kept.name)
        for each in found if taken else ():
            if taken != "plan":
                kept.set_ruling(each.kept.content, None)
            if taken != "ruling":
                kept.set_plan(each.kept.content, None)
    if as_json:
        click.echo(json.dumps([_record(each) for each in found], indent=2, ensure_ascii=False))
    elif found:
        print_text("\n".join(_line(each) for each in found))
    elif not quiet:
        click.echo("nothing was decided of any recording", err=True)
    if taken and not quiet:
        click.echo(f"taken back: {WHEN}", err=True)


def _all(store: Store) -> list[_Decided]:
    """Return all recordings of which something was decided, by athlete, day and name."""
    said = {content: each for content, each in store.said().items() if each.ruling or each.plan}
    found = [_Decided(kept, said[content]) for content, kept in store.known(said).items()]
    return sorted(found, key=lambda d: (d.kept.athlete or "", str(d.kept.day or ""), d.kept.label))


def _wanted(every: Sequence[_Decided], names: Iterable[str], store: str) -> list[_Decided]:
    """Return those that are named, all if none is; StoreError for a name of none or of several."""
    found: dict[str, _Decided] = {}
    for name in names:
        fits = [each for each in every if _is_meant(each.kept, name)]
        if not fits:
            problem = f"nothing was decided of '{name}': 'progcheck store decided' lists of what"
            raise StoreError(store, problem)
        if len(fits) > 1:
            labels = ", ".join(each.kept.label for each in fits[:MOST_NAMED])
            problem = f"'{name}' may be any of {len(fits)}: {labels}; write more of it"
            raise StoreError(store, problem)
        found[fits[0].kept.content] = fits[0]
    return list(found.values()) or list(every)


def _refuse_nothing(each: _Decided, taken: str | None, store: str) -> None:
    """Raise a StoreError where there is nothing of the kind that is to be taken back."""
    has = {"ruling": each.said.ruling, "plan": each.said.plan}
    if taken in has and has[taken] is None:
        words = {"ruling": "nobody said where the blocks lie", "plan": "no plan was given to it"}
        raise StoreError(store, f"{each.kept.label}: {words[taken]}")


def _is_meant(kept: Kept, name: str) -> bool:
    """Whether a name is that of a recording."""
    is_content = len(name) >= LEAST_DIGITS and kept.content.startswith(name.lower())
    return is_content or f"/{kept.label}".endswith(f"/{name}")


def _line(each: _Decided) -> str:
    """Return a recording and what was decided, in one line."""
    kept, said = each
    whose = "".join(f", {part}" for part in (kept.athlete, kept.day) if part)
    told = [ruling_text(said.ruling)] if said.ruling else []
    told += [f"by the plan {plan_text(said.plan)}"] if said.plan else []
    return clean_text(f"{kept.label}{whose}: {'; '.join(told)}", 300)


def _record(each: _Decided) -> dict[str, Any]:
    """Return the same for programs; a plan that was typed with its text."""
    kept, said = each
    plan = said.plan
    text = plan.content.decode("utf-8", "replace") if plan and not plan.name else None
    return {
        "content": kept.content,
        "label": kept.label,
        "athlete": kept.athlete,
        "day": None if kept.day is None else kept.day.isoformat(),
        "ruling": None if said.ruling is None else said.ruling._asdict(),
        "plan": None if plan is None else {"name": plan.name or None, "text": text},
    }
