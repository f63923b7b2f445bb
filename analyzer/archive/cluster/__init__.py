"""A batch on many machines: a Dask cluster judges, and its workers write into PostgreSQL."""
