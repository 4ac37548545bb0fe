# Verbs for people; a bare `make` lists them.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
export UV_COMPILE_BYTECODE = 1
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check lint types golden tables lock bench torture clean

help:  ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/uv: requirements-uv.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-uv.lock
	@touch $@

.venv/.runtime: $(BIN)/uv requirements.lock pyproject.toml
	$(UV) --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	$(UV) --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/.runtime  ## a virtual environment with locked dependencies and the language model
setup-dev: .venv/.dev  ## the same, and what tests and linters need

run: setup  ## run the nightly flow on seeds/ into warehouse/
	$(BIN)/newsledger run --input seeds --warehouse warehouse

test: setup-dev  ## all tests (minutes on 2 cores)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not torture"

torture: setup-dev  ## kill real runs at random instants, 100 times
	$(BIN)/python tests/torture.py

TEXTS ?= seeds
bench: setup-dev  ## time whole runs against the language model alone (TEXTS=file or folder)
	$(BIN)/python tests/bench.py --texts $(TEXTS)

check: setup-dev lint types test  ## lint, types and tests

lint: setup-dev  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev  ## mypy, strict
	$(BIN)/mypy

tables: setup  ## write TABLES.md from pipeline/tables.py
	$(BIN)/newsledger tables > TABLES.md

golden: setup-dev  ## pin the rows of seeds/ anew (review the diff)
	$(BIN)/python tests/golden.py

lock: $(BIN)/uv  ## resolve the dependencies anew and write the lock files
	$(BIN)/uv pip compile pyproject.toml --extra build $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra build --group dev -c requirements.lock $(LOCK) -o requirements-dev.lock
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --only-binary :all: --quiet

clean:  ## remove the warehouse's content and caches
	rm -rf warehouse/* warehouse/_* .pytest_cache .mypy_cache .ruff_cache build
