# make demo, make test: on a fresh clone with only Python (3.11 or later) and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
DOCS = README.md docs/cli.md docs/columns.md docs/codebook.md docs/patterns.md docs/linking.md docs/worked-example.md

.PHONY: demo test check docs torture model clean

demo: $(VENV)/demo-installed
	$(BIN)/vzevents demo

test: $(VENV)/test-installed
	$(BIN)/python -m pytest -q -n auto

check: $(VENV)/dev-installed
	$(BIN)/ruff format --check vzevents tests benchmarks training
	$(BIN)/ruff check vzevents tests benchmarks training
	$(BIN)/mypy
	$(BIN)/cog --check -P $(DOCS)
	$(BIN)/vzevents codebook check

docs: $(VENV)/dev-installed
	$(BIN)/cog -r -P $(DOCS)

# Codes 20,000 texts that nobody would print: some twenty minutes.
torture: $(VENV)/test-installed
	$(BIN)/python tests/torture.py

# Fits the model anew: about an hour on two cores; training/README.md tells more.
model: $(VENV)/dev-installed
	$(BIN)/pip install --quiet --editable ".[coder,train]"
	$(BIN)/python training/fit.py

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/demo-installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --editable ".[coder]"
	touch $@

$(VENV)/test-installed: $(VENV)/demo-installed
	$(BIN)/pip install --quiet --editable ".[coder,test]"
	$(BIN)/vzevents models install es
	touch $@

$(VENV)/dev-installed: $(VENV)/test-installed
	$(BIN)/pip install --quiet --editable ".[coder,test,dev]"
	touch $@
