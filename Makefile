# Every command of the checkout. Needs make, pip and Python 3.11 or newer; `make help` lists them.
# What they do lives in tools/, one file a job; nothing here is more than a line.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Any Python will do to start: tools/bootstrap.py then looks for one that is new enough.
# `make PYTHON=/path/to/python3.12 setup` insists on that one.
START := $(or $(PYTHON),$(shell command -v python3 || command -v python3.13 || command -v python3.12 \
           || command -v python3.11 || command -v python3.14 || command -v python || true))
ifneq ($(strip $(START)),)
  BUILD := $(START) tools/bootstrap.py
else
  BUILD := echo "Ganpo needs Python 3.11 or newer, and this machine has no python3." >&2; false
endif

BIN := .venv/bin
PORT ?= 8000
ARGS ?=
# Two at least, so that tests are never run in one order only; four at most, each has a PostgreSQL of its own.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -lt 2 ] && n=2; [ $$n -gt 4 ] && n=4; echo $$n)

.PHONY: help setup setup-dev run test check check-lint check-format check-types check-imports check-templates \
        format messages bench lighthouse lock clean

help: ## list the commands
	@while IFS= read -r line; do case "$$line" in [a-z]*": "*"## "*) \
		printf '  make %-10s %s\n' "$${line%%:*}" "$${line#*## }";; esac; done < Makefile

setup: ## build .venv from the lock files; .venv/bin/ganpo is the command line
	@$(BUILD) run

setup-dev:
	@$(BUILD) dev

run: setup ## serve the made-up province on http://127.0.0.1:8000 (PORT=9000 elsewhere)
	@exec $(BIN)/ganpo serve --demo --port $(PORT)

test: setup-dev ## run all tests, on both databases and in a real browser (ARGS="-k ledger" for some)
	@$(BIN)/python -m tools.chromium
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -rs $(ARGS)

check: setup-dev ## lint, format, types, import contracts, templates, translations
	@$(MAKE) -k check-lint check-format check-types check-imports check-templates messages

check-lint:
	@echo "check: lint" && $(BIN)/ruff check .

check-format:
	@echo "check: format" && $(BIN)/ruff format --check .

check-types:
	@echo "check: types" && $(BIN)/mypy

check-imports:
	@echo "check: imports" && $(BIN)/lint-imports --no-logo

check-templates:
	@echo "check: templates" && $(BIN)/djlint templates --lint --quiet

messages: setup-dev ## compare the sentences in code and templates with the Chinese catalogues
	@echo "check: messages" && $(BIN)/python -m tools.messages

format: setup-dev ## put imports and code into shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: setup-dev ## run the benchmarks, each bounded in time
	@$(BIN)/python -m tools.bench $(ARGS)

lighthouse: setup-dev ## ask Lighthouse about the gallery and a craftsman's page (needs Node.js)
	@$(BIN)/python -m tools.lighthouse $(ARGS)

lock: setup-dev ## refresh requirements/*.txt from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(BIN)/python -m tools.lock $(ARGS)

clean: ## remove .venv and every cache; the data under var/ stays
	@rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
