# `make` alone lists the commands. Settings (PORT, HUB_DATA_DIR, …) come from the environment: see README.md.

PYTHON ?= python3
PYTHONS := 3.11 3.12 3.13 3.14
VENV := .venv
N ?= 100000
INSTALL := --quiet --disable-pip-version-check --require-hashes $(if $(WHEELHOUSE),--no-index --find-links $(WHEELHOUSE))
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run install upgrade wheelhouse fast admin check test programs audit lighthouse bench relevance fuzz licences lint format lock clean

help: ## List the commands
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

run: $(VENV)/run.stamp ## Set everything up and serve on http://127.0.0.1:8000 (PORT=… moves it)
	@exec $(VENV)/bin/python manage.py serve

install: $(VENV)/run.stamp ## Install the packages alone, into .venv
	@$(VENV)/bin/python -m compileall -q hub questions  # A service that may not write here would do it at each start.

upgrade: $(VENV)/run.stamp ## After a checkout of a newer version: install, save the database, migrate; then restart the hub
	@$(VENV)/bin/python manage.py upgrade

wheelhouse: $(VENV)/run.stamp ## Download all packages into wheelhouse/, from which `make run WHEELHOUSE=wheelhouse` installs without a network
	$(VENV)/bin/pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/run.txt -d wheelhouse

fast: $(VENV)/fast.stamp ## Install an HTTP parser in C, which needs a compiler; the hub uses it from its next start

admin: $(VENV)/run.stamp ## Make an editor account that may do everything
	@exec $(VENV)/bin/python manage.py createsuperuser

test: ## Set up what the tests need, then lint and run every test, on SQLite and on PostgreSQL
	@$(MAKE) --no-print-directory --jobs 2 programs lint
	$(VENV)/bin/pytest -n 2 --dist loadfile
	$(VENV)/bin/python -m tests.postgres $(VENV)/bin/pytest -n 2 --dist loadfile -m 'not (audit or one_database)'

programs: # While mypy keeps one processor busy.
	@tests/system_packages.sh

check: lint ## Lint, then run the tests that need neither browser nor second database, in about a minute
	$(VENV)/bin/pytest -q -n 2 --dist loadfile -m 'not (slow or property)' tests/hub tests/questions

audit: $(VENV)/test.stamp ## Of the tests, only axe and the Nu HTML checker on every type of page
	@tests/system_packages.sh
	$(VENV)/bin/pytest -m audit tests/browser

lighthouse: $(VENV)/test.stamp ## Let Lighthouse judge the main pages (needs npm)
	@tests/system_packages.sh
	@$(VENV)/bin/python -m tests.lighthouse

lint: $(VENV)/test.stamp ## Check style, types, layers and missing migrations only
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy .
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/python manage.py makemigrations --check --dry-run

bench: $(VENV)/test.stamp $(VENV)/fast.stamp ## Measure speed at 54 and 100,000 questions on both databases (N=1000000 for more)
	@tests/system_packages.sh
	@$(VENV)/bin/python -m tests.bench $(N)

relevance: $(VENV)/test.stamp ## Measure how well search finds what is meant, on both databases, in seconds
	@tests/system_packages.sh
	@$(VENV)/bin/python -m tests.bench --relevance

fuzz: $(VENV)/test.stamp ## Attack a hub on each database with hostile requests for 3 minutes (REQUESTS=200000, SEED=…)
	@tests/system_packages.sh
	@$(VENV)/bin/python -m tests.fuzz $(if $(REQUESTS),--requests $(REQUESTS)) $(if $(SEED),--seed $(SEED))
	@HYPOTHESIS_PROFILE=fuzz $(VENV)/bin/pytest -q -m property
	@HYPOTHESIS_PROFILE=fuzz $(VENV)/bin/python -m tests.postgres $(VENV)/bin/pytest -q -m property

licences: $(VENV)/test.stamp ## List the licences of all dependencies
	@$(VENV)/bin/python manage.py licences

format: $(VENV)/test.stamp ## Format the code
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

lock: $(VENV)/test.stamp ## Compile requirements/*.txt again from pyproject.toml
	$(VENV)/bin/uv pip compile $(LOCK) pyproject.toml -o requirements/run.txt
	echo 'gunicorn[fast]' | $(VENV)/bin/uv pip compile $(LOCK) - -c requirements/run.txt -o requirements/fast.txt
	$(VENV)/bin/uv pip compile $(LOCK) pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt

clean: ## Remove what the commands made, except the data folder
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] not in "$(PYTHONS)".split() \
		and "The hub runs on Python $(PYTHONS); choose one of them: make PYTHON=python3.13 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt | $(VENV)/bin/python
	$(VENV)/bin/pip install $(INSTALL) -r requirements/run.txt
	@touch $@

$(VENV)/fast.stamp: requirements/fast.txt $(VENV)/run.stamp
	$(VENV)/bin/pip install $(INSTALL) -r requirements/fast.txt
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	$(VENV)/bin/pip install $(INSTALL) -r requirements/test.txt
	@touch $@
