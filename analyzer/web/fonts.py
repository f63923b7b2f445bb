"""What matplotlib writes for itself, kept out of the home of whoever started the server."""

from __future__ import annotations

import os
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = "MPLCONFIGDIR"
"""Where matplotlib looks for its folder, and so do the processes that draw."""


@contextmanager
def fonts_aside() -> Iterator[None]:
    """
    Let the list of fonts that matplotlib makes go with the server.

    The first picture makes it, in a second; who has set a folder for it keeps that.
    """
    if os.environ.get(PLACE):
        yield
        return
    with TemporaryDirectory(prefix="fonts-", ignore_cleanup_errors=True) as folder:
        os.environ[PLACE] = folder
        try:
            yield
        finally:
            del os.environ[PLACE]
