"""The OpenAPI document says what the API does: held to its routes, and tried by schemathesis."""

from __future__ import annotations

import json

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

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


EXAMPLES = 12
"""For each operation; with their checks they take some seconds in all."""

SEMANTIC = frozenset({"positive_data_acceptance"})
"""Bytes of any kind fit the document, and are no recording all the same."""


def checks():
    """Return all checks of schemathesis but those that cannot hold here."""
    every = schemathesis.checks.CHECKS.get_all()
    return [check for check in every if check.__name__ not in SEMANTIC]


schema = schemathesis.pytest.from_fixture("tried")


@pytest.fixture
def tried(client, server):
    """Take the document from the running server."""
    made = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    made.config.update(base_url=server.root)
    return made


@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked_is_answered_as_the_document_says(case, server):
    """No 500, and every answer of the form that is promised."""
    case.call_and_validate(
        headers={"Authorization": f"Bearer {server.token}"}, checks=checks(), timeout=60
    )
