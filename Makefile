# The two commands of the README, and what developers use. Every target does its own set-up.
PYTHON ?= $(shell sh scripts/find-python.sh)
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test lint bench lock clean
.DEFAULT_GOAL := help

.PHONY: help
help:
	@echo "make demo   scrape the bundled portal into archive.db and open it in Datasette"
	@echo "make test   all tests, the browser's too"
	@echo "make lint   ruff and mypy"
	@echo "make bench  the benchmarks against rivals (benchmarks/README.md)"

demo: $(VENV)/.runs
	$(BIN)/district-archive demo

test: $(VENV)/.tests
	sh scripts/run-tests.sh $(ARGS)

lint: $(VENV)/.tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

# Stamps: a second call skips the set-up unless the pins changed.
$(VENV)/bin/python:
	@sh scripts/make-venv.sh "$(PYTHON)" "$(VENV)"

$(VENV)/.runs: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV); this takes a minute or two, the first time only."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@# setuptools warns every editable install of folders that may shadow it; here that is the aim.
	@PYTHONWARNINGS="ignore:Editable installation" $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.tests: requirements/test.lock $(VENV)/.runs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	@touch $@

# The lock is whole; pip 23 stumbles over two spellings of one extra (lxml[html_clean]) when it resolves again.
$(VENV)/.bench: requirements/bench.lock $(VENV)/.tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.lock
	@touch $@

# Pin again (needs uv); one lock serves Python 3.11 to 3.13.
UV_COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml
lock:
	$(UV_COMPILE) -o requirements/run.lock
	$(UV_COMPILE) --extra test -o requirements/test.lock
	$(UV_COMPILE) --extra test --extra bench -o requirements/bench.lock

clean:
	rm -rf $(VENV) build dist *.egg-info
