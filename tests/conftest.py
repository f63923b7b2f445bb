"""Which tests run in one process: those of a file, and all that look at the same reviews."""

import gc

import pytest


def pytest_collection_modifyitems(items):
    """
    Group tests for ``--dist loadgroup``.

    What a module makes once is then made once, and the reviews of ``tests.builders.many``
    are not made again by every process. Of those the samples are enough for ``make quick``.
    """
    for item in items:
        is_of_many = hasattr(getattr(item, "module", None), "reviewed")
        group = "reviews" if is_of_many else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))
        if is_of_many and of_what(item) in ("runner", "plan", "real"):
            item.add_marker(pytest.mark.slow)


def of_what(item):
    """Return the kind of review that a test looks at: a sample, a simulated runner, a real run."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return str(parameters.get("name", "")).split(" ")[0]


def pytest_collection_finish():
    """Leave six thousand collected tests out of the search for garbage: they stay to the end."""
    gc.freeze()
