"""``progcheck watch FOLDER``: new files are reviewed once they are complete."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.batch_options import Judged, judged_by, line_about, rules_of
from analyzer.cli.interrupt import long_work
from analyzer.cli.lazy import HELP
from analyzer.cli.options import folders, gathered, refuse
from analyzer.cli.store_option import STORE, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.archive.records import Found, Result
    from analyzer.archive.rules import Rules
    from analyzer.archive.store.store import Store


@click.command(context_settings=HELP)
@click.argument("folder", metavar="FOLDER", shell_complete=folders)
@judged_by
@STORE
@click.option(
    "--report",
    metavar="ENDING",
    help="Write a report beside each run: html, md, png, svg, csv, json, txt or pdf.",
)
@gathered(judged=Judged)
def watch(folder: str, *, judged: Judged, store: str, report: str | None) -> None:
    """
    Review the runs in FOLDER, and then each new one once it is complete.

    Stops with Ctrl-C. Results are kept as 'progcheck batch' keeps them. Files in
    archives get no report of their own.
    """
    from analyzer.archive.sources.find import find
    from analyzer.archive.watching import completed

    refuse([(not Path(folder).is_dir(), f"{folder} is not a folder")])
    write = _writer(report)
    rules = rules_of(judged, (folder,))
    with long_work() as look, opened(store, create=True) as kept:
        for touched in completed(folder):
            look()
            found = list(find([folder], since=rules.since))
            if touched:  # told as the folder was named: relative, or through a link
                real = {os.path.realpath(path) for path in touched}
                found = [each for each in found if os.path.realpath(each.path) in real]
            _review(found, rules, kept, write)


def _review(found: list[Found], rules: Rules, store: Store, write: Callable[..., None]) -> None:
    """Judge some files, one at a time, and tell of each that is new."""
    from analyzer.archive.batch import Batch

    places = {each.label: each for each in found}

    def tell(result: Result, done: int, total: int) -> None:
        """Tell of a file; those that are no recordings are passed over in silence."""
        del done, total
        if result.run is not None:
            write(result, places[result.label])
        if result.run is not None or result.outcome == "failed":
            click.echo(line_about(result), err=True)

    Batch(found, rules, store, tell).run(1)


def _writer(report: str | None) -> Callable[[Result, Found], None]:
    """Return what writes a report beside a run."""
    from analyzer.report.forms import endings, form_of

    if report is None:
        return lambda result, found: None
    ending = f".{report.removeprefix('.')}"
    try:
        form_of(f"run{ending}")
    except ValueError as error:
        refuse([(True, f"'{report}' is no form of a report; use {endings()}")])
        raise AssertionError from error

    def write(result: Result, found: Found) -> None:
        """Write it, unless the run is in an archive."""
        from analyzer.archive.store.packed import unpack
        from analyzer.report.write import write_report

        if found.member or result.run is None:
            return
        path = Path(found.path)
        stem = path.name.removesuffix(".gz").removesuffix(path.suffix)
        write_report([unpack(result.run.packed)], str(path.with_name(Path(stem).stem + ending)))

    return write
