"""Every address of the API; a test holds them and `openapi.json` to each other."""

from analyzer.web.api import batches, document, kept, plans, reviews

ROUTES = (*document.ROUTES, *reviews.ROUTES, *plans.ROUTES, *batches.ROUTES, *kept.ROUTES)
"""Of the API, in the order of its document."""
