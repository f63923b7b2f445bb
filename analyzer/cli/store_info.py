"""``progcheck store info``: a store in a few figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from analyzer.archive.store.store import Store
from analyzer.cli.lazy import HELP
from analyzer.cli.options import json_option
from analyzer.cli.printing import print_text
from analyzer.cli.store_option import STORE
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from analyzer.archive.store.records import SaidInfo


@click.command(context_settings=HELP)
@STORE
@json_option("Print JSON.")
def info(store: str, *, as_json: bool) -> None:
    """Say how many runs there are, whose, and of which days."""
    with Store.open(store) as kept:
        found, athletes = kept.info(), kept.athletes()
    if as_json:
        said, rows = found.said._asdict(), [row._asdict() for row in athletes]
        told = {**found._asdict(), "said": said, "athletes": rows}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False, default=str))
        return
    others = ", ".join(f"{n} {outcome}" for outcome, n in found.outcomes.items())
    lines = [
        f"Store       {clean_text(found.store)}",
        f"Version     {found.version}",
        f"Size        {_size(found.size_bytes)}",
        f"Recordings  {others or 'none'}",
        f"Runs        {found.runs}{_days(found.first_day, found.last_day)}",
    ]
    if any(found.said):
        lines.append(f"By you      {_said(found.said)}")
    if athletes:
        lines += ["", "Athletes"]
        widest = max(len(clean_text(row.name)) for row in athletes)
        lines += [
            f"  {clean_text(row.name):{widest}}  {row.runs:5}{_days(row.first_day, row.last_day)}"
            for row in athletes
        ]
    print_text("\n".join(lines))


def _said(said: SaidInfo) -> str:
    """Count what a person said of recordings."""
    words = {
        "notes": said.notes,
        "rulings": said.rulings,
        "plans": said.plans,
        "messages approved": said.approved,
    }
    return ", ".join(f"{n} {_one(word) if n == 1 else word}" for word, n in words.items() if n)


def _one(word: str) -> str:
    """Return a word that counts one thing."""
    first, *rest = word.split(" ")
    return " ".join([first.removesuffix("s"), *rest])


def _size(size_bytes: int) -> str:
    """Say a size as people do."""
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def _days(first: object, last: object) -> str:
    """Say from when to when."""
    return f", {first} to {last}" if first is not None else ""
