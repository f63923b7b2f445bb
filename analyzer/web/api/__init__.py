"""``/api/v1``: what the page can do, for programs; `openapi.json` says it all."""
