# Half Past Three. `make` alone lists what there is to do.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install run test unit check fault bench events lock up down clean test-env stack peers

VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
PIP_OPTIONS := install --quiet --disable-pip-version-check --require-hashes
PIP_INSTALL := $(BIN)/python -m pip $(PIP_OPTIONS)

# A name on the PATH may be a shim that does not start, so each candidate is asked for its version.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo $$python && break; done)

# The tests start hundreds of processes; each would compile anew what it imports.
unexport PYTHONDONTWRITEBYTECODE

# The tests of a file stay together and in order. The quickest tier comes last and fills the gaps.
SIDE_BY_SIDE := --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

install: $(BIN)/hp3 ## install what hp3 needs to run, into .venv

run: install ## serve http://127.0.0.1:8000 with sample data (PORT, HP3_DATA, HP3_CLOCK, HP3_SAMPLE)
	@$(BIN)/hp3 run

test: test-env stack peers ## every test, against real PostgreSQL and RabbitMQ
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --durations=20

unit: test-env ## the fast tests: unit and architecture
	$(BIN)/python -m pytest --hypothesis-profile=quick tests/unit tests/architecture

check: test-env ## static checks: ruff, mypy, import-linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fault: test-env stack ## crash and outage tests
	$(BIN)/python -m pytest tests/fault

bench: test-env stack peers ## measurements beside the machine's limits and a peer's, as JSON
	$(BIN)/python -m tests.bench

events: install ## write what is made from the code: docs/events.md, docs/roles.md, asyncapi.json, problems.json
	$(BIN)/python -m hp3.samples
	$(BIN)/python -m hp3.catalogue
	$(BIN)/python -m hp3.roles
	$(BIN)/python -m hp3.problems

lock: ## compile requirements/*.txt from requirements/*.in (needs uv on the PATH)
	$(call compile,requirements/run.in,requirements/run.txt)
	$(call compile,requirements/test.in,requirements/test.txt)
	$(call compile,requirements/peers.in,requirements/peers.txt)

up: ## the cluster, with docker compose; makes .env with random secrets first
	@deploy/make-env
	docker compose up --build --detach --wait

down: ## stop the cluster; its data stays
	docker compose down

clean: ## remove what was installed and built (not the data under var/)
	rm -rf $(VENV) $(PEERS) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --no-config and the default index: a lock must not depend on the machine that made it.
define compile
	env -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS uv pip compile --no-config --quiet --upgrade \
		--universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock' $(1) -o $(2)
endef

test-env: $(VENV)/.test-installed

stack: test-env
	$(BIN)/python -m tests.stack.install

# What is measured beside the project has an environment of its own: nothing of it is a dependency.
peers: $(PEERS)/.installed

$(PEERS)/.installed: requirements/peers.txt | $(BIN)/python
	$(BIN)/python -m venv $(PEERS)
	$(PEERS)/bin/python -m pip $(PIP_OPTIONS) -r requirements/peers.txt
	@touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.run-installed: requirements/run.txt | $(BIN)/python
	$(PIP_INSTALL) -r requirements/run.txt
	@touch $@

# A path file and a two-line script do what an editable install does, without a build tool.
$(BIN)/hp3: $(VENV)/.run-installed
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "hp3.pth").write_text("$(CURDIR)\n")'
	@printf '#!/bin/sh\nexec "%s/python" -m hp3 "$$@"\n' "$(CURDIR)/$(BIN)" > $@
	@chmod +x $@

$(VENV)/.test-installed: requirements/test.txt $(BIN)/hp3
	$(PIP_INSTALL) -r requirements/test.txt
	@touch $@
