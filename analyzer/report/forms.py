"""The forms a report can be written in: one table for all reports and the command line."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Form(Struct, frozen=True):
    """
    One form of a report. A new one is a row of `FORMS` and the module it names.

    Parameters
    ----------
    ending : str
        File ending that chooses it, with its dot.
    name : str
        What it is called in Python.
    review : str
        ``module:function`` that takes reviews and units, and returns all of the file; a tuple
        of files where one picture has no room for them.
    comparison : str
        What renders runs side by side.
    trends : str
        What renders the trends of athletes.
    squad : str
        What renders a squad sheet.
    shows_map : bool
        Whether the route can be drawn in it.
    is_binary : bool
        Whether the renderers return bytes; the others return text.
    """

    ending: str
    name: str
    review: str
    comparison: str
    trends: str
    squad: str
    shows_map: bool = False
    is_binary: bool = False


FORMS = {
    form.name: form
    for form in (
        Form(
            ".html", "html", "analyzer.report.html:render_html",
            "analyzer.report.compare.html:render_comparison_html",
            trends="analyzer.report.trends.html:render_trends_html", shows_map=True,
            squad="analyzer.report.squad.html:render_squad_html",
        ),
        Form(
            ".md", "markdown", "analyzer.report.markdown:markdown_file",
            "analyzer.report.compare.markdown:render_comparison_markdown",
            trends="analyzer.report.trends.markdown:render_trends_markdown",
            squad="analyzer.report.squad.markdown:render_squad_markdown",
        ),
        Form(
            ".png", "png", "analyzer.report.figure:png_file",
            "analyzer.report.compare.figure:png_file",
            trends="analyzer.report.trends.figure:png_file", is_binary=True,
            squad="analyzer.report.squad.figure:png_file",
        ),
        Form(
            ".svg", "svg", "analyzer.report.figure:svg_file",
            "analyzer.report.compare.figure:svg_file",
            trends="analyzer.report.trends.figure:svg_file", is_binary=True,
            squad="analyzer.report.squad.figure:svg_file",
        ),
        Form(
            ".csv", "csv", "analyzer.report.tables:csv_file",
            "analyzer.report.compare.tables:csv_file",
            trends="analyzer.report.trends.tables:csv_file",
            squad="analyzer.report.squad.tables:csv_file",
        ),
        Form(
            ".json", "json", "analyzer.report.json_file:json_file",
            "analyzer.report.compare.json_result:json_file",
            trends="analyzer.report.trends.json_result:json_file",
            squad="analyzer.report.squad.json_result:json_file",
        ),
        Form(
            ".txt", "text", "analyzer.report.terminal:text_file",
            "analyzer.report.compare.terminal:text_file",
            trends="analyzer.report.trends.terminal:text_file",
            squad="analyzer.report.squad.terminal:text_file",
        ),
        Form(
            ".pdf", "pdf", "analyzer.report.pdf:pdf_of_reviews",
            "analyzer.report.pdf:pdf_of_comparison",
            trends="analyzer.report.pdf:pdf_of_trends", shows_map=True, is_binary=True,
            squad="analyzer.report.squad.pdf:pdf_of_squad",
        ),
    )
}  # fmt: skip
"""Every form by its name."""

BY_ENDING = {form.ending: form for form in FORMS.values()}


def form_of(path: str) -> Form:
    """
    Return the form that a file's ending chooses.

    Raises
    ------
    ValueError
        For an ending that no form has, with those that one has.
    """
    form = BY_ENDING.get(Path(path).suffix.lower())
    if form is None:
        msg = f"'{Path(path).name}' has no known ending; use {endings()}"
        raise ValueError(msg)
    return form


def endings(forms: Iterable[Form] = FORMS.values()) -> str:
    """List the endings of some forms, of all if left out: ``.html, .md or .pdf``."""
    *first, last = (form.ending for form in forms)
    return f"{', '.join(first)} or {last}" if first else last


def rendered_files(form: Form, renderer: str, *content: object) -> tuple[bytes, ...]:
    """
    Return a report as the bytes of its files: one, but for pictures that hold too little.

    Parameters
    ----------
    form : Form
        What to render; only the module of its own renderer is loaded.
    renderer : str
        The form's ``review``, ``comparison``, ``trends`` or ``squad``.
    *content : object
        What that function takes.
    """
    module, _, function = renderer.partition(":")
    render: Callable[..., Any] = getattr(import_module(module), function)
    report = render(*content)
    if isinstance(report, tuple):
        return report
    return (bytes(report) if form.is_binary else str(report).encode(),)


def rendered(form: Form, renderer: str, *content: object) -> bytes:
    """
    Return a report as the bytes of its one file; else as `rendered_files`.

    Raises
    ------
    ValueError
        If it takes several.
    """
    files = rendered_files(form, renderer, *content)
    if len(files) != 1:
        msg = f"one {form.ending} file has no room for this; it takes {len(files)}"
        raise ValueError(msg)
    return files[0]
