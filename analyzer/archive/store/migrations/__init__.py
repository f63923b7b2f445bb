"""How a store of an older version becomes one of this: run by alembic, from inside the package."""
