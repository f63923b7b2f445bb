"""Ctrl-C in long work: heard wherever it falls."""

from __future__ import annotations

import gc
import signal
import weakref

import pytest

from analyzer.cli.interrupt import long_work


class Thing:
    """Something that is cleared away."""


def test_ctrl_c_while_something_is_cleared_away_is_heard_at_the_next_look(capsys):
    thing = Thing()

    def pressed(_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    watched = weakref.ref(thing, pressed)
    with long_work() as look:
        look()
        del thing
        assert watched() is None
        with pytest.raises(KeyboardInterrupt):
            look()
    assert capsys.readouterr().err == ""


def test_ctrl_c_at_any_other_moment_is_heard_at_once():
    with pytest.raises(KeyboardInterrupt), long_work():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_a_parent_wants_ignored_is_ignored():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with long_work() as look:
            signal.raise_signal(signal.SIGINT)
            look()
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def test_rings_are_cleared_away_while_it_goes_on():
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        with long_work():
            assert gc.isenabled()
        assert not gc.isenabled()
    finally:
        if was_enabled:
            gc.enable()
