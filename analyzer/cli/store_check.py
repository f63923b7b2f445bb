"""``progcheck store check``: whether all that a store keeps can be read."""

from __future__ import annotations

import click

from analyzer.archive.store.store import Store
from analyzer.cli.lazy import HELP
from analyzer.cli.printing import print_text
from analyzer.cli.store_option import STORE
from analyzer.errors import StoreError
from analyzer.safe_text import clean_text


@click.command(context_settings=HELP)
@STORE
def check(store: str) -> None:
    """
    Look through all of a store for damage.

    A line a problem; exit code 74 if there is one.
    """
    with Store.open(store) as kept:
        problems, name = kept.check(), kept.name
    for problem in problems:
        print_text(clean_text(problem, 300))
    if problems:
        words = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise StoreError(name, words)
    print_text(f"{clean_text(name)}: all can be read")
