"""The OpenAPI document says what the API does: held to its routes, and tried by schemathesis."""

from __future__ import annotations

import json

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from analyzer.report.json_result import schema_text
from analyzer.version import __version__
from analyzer.web.api.document import document
from analyzer.web.api.routes import ROUTES
from tests.places import PLAN, SAMPLES


def test_the_document_names_every_route_and_no_other():
    """With its methods."""
    routes = {
        (route.path, method)
        for route in ROUTES
        for method in (route.methods or methods_of(route.endpoint))
        if method != "HEAD"
    }
    named = {
        (path, method.upper())
        for path, operations in document()["paths"].items()
        for method in operations
        if method != "parameters"
    }
    assert named == routes


def methods_of(endpoint):
    """Return what a class of endpoints answers to."""
    return [m.upper() for m in ("get", "post", "put", "patch", "delete") if hasattr(endpoint, m)]


def test_the_version_is_that_of_the_schema_and_of_progcheck(client):
    """And a review is described by the schema that the command line prints."""
    served = client.get("/api/v1/openapi.json").json()
    assert served == document()
    assert served["info"]["version"] == f"1+progcheck.{__version__}"
    assert served["components"]["schemas"]["Review"] == json.loads(schema_text())
    assert client.get("/api/v1").json()["version"] == served["info"]["version"]


def test_a_review_is_as_the_document_says(client):
    """A real one, by a real plan."""
    run = SAMPLES / "greedy-then-blow-up.fit"
    files = {"run": (run.name, run.read_bytes()), "plan": (PLAN.name, PLAN.read_bytes())}
    review = client.post("/api/v1/reviews", files=files).json()
    jsonschema.validate(review, document()["components"]["schemas"]["Review"])


EXAMPLES = 5
"""For each operation, right and wrong; all of them take a quarter of a minute."""

SEMANTIC = frozenset({"positive_data_acceptance"})
"""Bytes of any kind fit the document, and are no recording all the same."""

SCHEMA = schemathesis.openapi.from_dict(document())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
CHECKS = [c for c in schemathesis.checks.CHECKS.get_all() if c.__name__ not in SEMANTIC]


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_whatever_is_asked_is_answered_as_the_document_says(operation, mode, server):
    """No 500, and every answer of the form that is promised."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def tried(case):
        held = {"Authorization": f"Bearer {server.token}"}
        case.call_and_validate(server.root, headers=held, checks=CHECKS, timeout=120)

    tried()
