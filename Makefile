# Everything a developer or a newcomer does starts here: make help

PYTHON ?= python3
VENV   ?= .venv
SERVE  ?= yes
PORT   ?= 8000
export VENV

BIN      := $(VENV)/bin
PY       := $(BIN)/python
MAINSTAY := $(BIN)/mainstay
PO       := $(wildcard src/mainstay/*/locale/*/LC_MESSAGES/*.po)
VENDOR   := src/mainstay/shared/static/vendor

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-all test-spark test-sqlite test-pg test-browser check bench assets languages messages docs lock clean run dev

help:  ## show this list
	@sed -n 's/^\([a-z][a-z-]*\):.*##  *\(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22
	@echo
	@echo "  make demo SERVE=no    stop before serving; PORT=8123 serves elsewhere"
	@echo "  make test-sqlite PYTEST_ARGS='tests/orders -x'    arguments for pytest"

demo: run  ## a demo company on http://127.0.0.1:8000, with a sign-in for each role
	@$(MAINSTAY) demo $(if $(filter no,$(SERVE)),,--serve --port $(PORT))

test: dev  ## every test: SQLite, PostgreSQL, browser; Spark where analysis or engine changed
	@$(PY) scripts/run_tests.py

test-all: dev  ## every test, Spark always
	@$(PY) scripts/run_tests.py all

test-sqlite: dev  ## the tests on SQLite
	@$(PY) scripts/run_tests.py sqlite

test-pg: dev  ## the tests on PostgreSQL
	@$(PY) scripts/run_tests.py postgresql

test-spark: dev  ## the tests on a cluster of three processes; needs Java
	@$(PY) scripts/run_tests.py spark

test-browser: dev  ## the journeys in Chromium
	@$(PY) scripts/run_tests.py browser

check: dev  ## format, lint, types, import contracts, house rules, deployment, translations
	@$(PY) scripts/check.py

bench: dev  ## the benchmarks, side by side in one run
	@$(PY) -m benchmarks

assets: $(VENV)/.run  ## the front-end parts (Tabler, htmx, Vega), from npm by lock file
	@if [ -e scripts/assets.sh ]; then sh scripts/assets.sh $(VENV); fi

messages: dev  ## bring the translators' catalogues up to date with the strings of the code
	@$(PY) scripts/messages.py

docs: dev  ## the documentation into docs/_build/html
	@$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

lock: $(VENV)/.dev  ## write requirements/*.txt anew from pyproject.toml
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal -p 3.11 pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal -p 3.11 --group dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

clean:  ## remove everything that make has built; data in var/ stays
	rm -rf $(VENV) .make docs/_build node_modules $(VENDOR) src/mainstay/shared/fonts .mypy_cache .ruff_cache .hypothesis .pytest_cache .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

# -- what the recipes above stand on

run: $(VENV)/.run assets languages

dev: $(VENV)/.dev assets languages

$(VENV)/.run: requirements/run.txt scripts/set_up.py
	@if [ -e $(VENV)/.dev ]; then $(PYTHON) scripts/set_up.py dev; fi
	@$(PYTHON) scripts/set_up.py run

$(VENV)/.dev: requirements/dev.txt scripts/set_up.py
	@$(PYTHON) scripts/set_up.py dev
	@touch $(VENV)/.run

languages: .make/languages

.make/languages: $(PO) scripts/languages.py | $(VENV)/.run
	@mkdir -p .make
	@$(PY) scripts/languages.py
	@touch $@
