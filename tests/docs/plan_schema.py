"""Writes the JSON Schema of plans that is shipped: ``python -m tests.docs.plan_schema``."""

from analyzer.plans.schema import PATH, schema_text

if __name__ == "__main__":
    PATH.write_text(schema_text(), encoding="utf-8")
