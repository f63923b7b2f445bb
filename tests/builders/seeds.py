"""Which random runs a number may be tuned on, and which it may only be reported on."""

from __future__ import annotations

TUNING = range(1, 1601)
"""Whatever has a parameter was tried on these."""

REPORTING = range(9000, 9200)
"""Behaviours one by one; nothing was ever fitted to them."""

REPORTING_DRAWN = range(9500, 9900)
"""Runs drawn at random, for all methods side by side; nothing was ever fitted to them."""

REPORTING_MORE = range(20000, 21600)
"""More of them for ours alone, as the rare cases (a block left out, a run cut short) need many."""

WORLD = range(40000, 40060)
"""Of the second world (`tests.builders.world`), for every kind; nothing is ever fitted to them."""
