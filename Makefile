# progcheck: every target does its own set-up; a second call starts at once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Compiled once, also where the environment says not to: each process of a test compiles it all again.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo quick test check lint bench accuracy fuzz samples docs pictures clean

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("progcheck needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	touch $@

$(VENV)/.developed: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[dev]'
	touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	$(BIN)/progcheck sample_activities/greedy-then-blow-up.fit --plan sample_activities/progression.yaml

quick: $(VENV)/.developed
	$(PYTEST) -q -m 'not slow'

test: $(VENV)/.developed
	$(PYTEST) -n auto --dist loadgroup

lint: $(VENV)/.developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: $(VENV)/.developed
	$(BIN)/python -m tests.bench.run $(BENCH)
	$(BIN)/python -m tests.bench.reading $(BENCH)
	$(BIN)/python -m tests.bench.aligning $(BENCH)
	$(BIN)/python -m tests.bench.growing $(BENCH)
	$(BIN)/python -m tests.bench.web $(BENCH)

accuracy: $(VENV)/.developed
	$(BIN)/python -m tests.accuracy.run $(ACCURACY)
	$(BIN)/python -m tests.accuracy.athletes $(ACCURACY)

fuzz: $(VENV)/.developed
	$(BIN)/python -m tests.fuzz.run $(FUZZ)

samples: $(VENV)/.developed
	$(BIN)/python -m tests.builders.samples sample_activities

docs: samples
	$(BIN)/python -m tests.docs.catalogue
	$(BIN)/python -m tests.docs.plan_schema
	$(BIN)/python -m tests.docs.verdicts
	$(BIN)/python -m tests.docs.console
	$(BIN)/python -m tests.docs.assistant
	$(BIN)/python -m tests.cases.table
	$(BIN)/progcheck sample_activities/greedy-then-blow-up.fit --plan sample_activities/progression.yaml -q -o docs/review.png

pictures: $(VENV)/.developed
	$(BIN)/python -m tests.docs.pictures

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
