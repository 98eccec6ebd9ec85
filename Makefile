# Two commands matter: `make run` and `make test`. Both need only Python (3.11 or newer), git and make.
PYTHON ?= python3
export GONGJIAN_HOME ?= $(CURDIR)/var
BIN := .venv/bin
STAMP := .venv/.ready
VENDOR := src/gongjian/ui/static/ui/vendor/tabler/tabler.min.css

# Some images forbid Python to keep what it compiled: every process would compile the whole product again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test test-sqlite test-postgres check bench

help:
	@echo "make run    装好一切并启动（http://127.0.0.1:8000）"
	@echo "make test   装好一切并运行全部检查与测试（SQLite 与 PostgreSQL）"
	@echo "make bench  打印性能数字"

setup: $(STAMP) $(VENDOR)

# uv comes from PyPI into its own small environment; the lock file decides everything else.
$(STAMP): pyproject.toml uv.lock package-lock.json hatch_build.py
	@test -x .uv/bin/uv || { $(PYTHON) -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check "uv>=0.13,<0.14"; }
	@UV_PYTHON=$(PYTHON) UV_PROJECT_ENVIRONMENT=$(CURDIR)/.venv .uv/bin/uv sync --locked --quiet
	@touch $(STAMP)

$(VENDOR): $(STAMP)
	@test -f $(VENDOR) || .uv/bin/uv sync --locked --quiet --reinstall-package gongjian --no-cache

run: setup
	@$(BIN)/gongjian run

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/gongjian manage makemigrations --check --dry-run
	$(BIN)/bandit -q -c pyproject.toml -r src
	$(BIN)/gongjian manage check --fail-level WARNING

PYTEST := $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

# The browser tests put whole databases back, which ends every connection: they run in processes of their own.
test-sqlite: setup
	GONGJIAN_TEST_DB=sqlite $(PYTEST) --ignore=tests/browser
	GONGJIAN_TEST_DB=sqlite $(PYTEST) tests/browser

# Pure rooms and the style guide know no table: what tries them is not run a second time.
TABLELESS := kernel standards documents planfile protocols house ui
test-postgres: setup
	GONGJIAN_TEST_DB=postgres $(PYTEST) --ignore=tests/browser $(TABLELESS:%=--ignore=tests/%)
	GONGJIAN_TEST_DB=postgres $(PYTEST) tests/browser

test: check test-sqlite test-postgres

bench: setup
	$(BIN)/python bench/run.py
