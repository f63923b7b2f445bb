"""A server for the tests of a file."""

from __future__ import annotations

import pytest

from tests.builders.web_server import serving


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Run a server with nothing kept yet."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module")
def client(server):
    """Ask it as a program does."""
    with server.client() as asking:
        yield asking
