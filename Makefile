# Everything starts here, on a machine with Python 3.11 or newer, Node 20 or newer and make.
# Each step leaves a stamp, so that a second run does only what changed.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
VIEWER := mmbook/viewer
PACKAGES := $(VENV)/.packages
MODULES := $(VIEWER)/node_modules/.packages
PORT ?= 8000
WORKERS ?= 2
PIP := $(BIN)/python -m pip --disable-pip-version-check
# A stamp follows the content of the lock files, not their dates, which a checkout changes.
INSTALLED := cat requirements.txt pyproject.toml | cksum
LOCKED := cat $(VIEWER)/package-lock.json $(VIEWER)/.npmrc | cksum

.PHONY: help serve site test check bench format lock clean python node chromium

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

serve: python node  ## serve the book at http://127.0.0.1:8000, reloading what changes
	$(BIN)/mmbook serve --port $(PORT)

site: python node  ## build the finished site in site/
	$(BIN)/mmbook build --strict

test: site chromium  ## run every test: TypeScript, Python, browser
	cd $(VIEWER) && npm test --silent
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope $(PYTEST)

check: python node  ## formatters, linters and type checkers, changing nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	cd $(VIEWER) && npm run --silent check

bench: site chromium  ## the benchmarks; writes bench/results.json and prints a table
	$(BIN)/python -m bench

format: python node  ## let the formatters rewrite the sources
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd $(VIEWER) && npm run --silent format

lock: $(VENV)/.made  ## choose versions anew and write requirements.txt
	test -x $(VENV)/lock/bin/pip-compile || { $(BIN)/python -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet pip-tools; }
	CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/lock/bin/pip-compile --quiet --upgrade --generate-hashes \
	  --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --extra site --extra gpt2 --extra notebook --extra dev --output-file requirements.txt pyproject.toml

clean:  ## remove what was made, but not what was fetched
	rm -rf site site-zensical docs/assets/mm docs/assets/fonts $(VIEWER)/dist $(VIEWER)/src/schema

# Python: the first of these names that runs and is new enough; a name alone proves nothing.
$(VENV)/.made:
	@for name in python3.11 python3.12 python3.13 python3; do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "python    $$($$name --version) in $(VENV)"; \
	    $$name -m venv $(VENV) && touch $@; exit; \
	  fi; \
	done; \
	echo "make: no Python 3.11 or newer was found (tried python3.11, 3.12, 3.13, python3)" >&2; exit 1

python: $(VENV)/.made
	@if [ "$$(cat $(PACKAGES) 2>/dev/null)" != "$$($(INSTALLED))" ]; then \
	  echo "python    installing the packages of requirements.txt" && \
	  $(PIP) install --require-hashes --requirement requirements.txt && \
	  $(PIP) install --quiet --no-deps --no-build-isolation --editable . && \
	  $(INSTALLED) > $(PACKAGES); \
	fi

node:
	@if [ "$$(cat $(MODULES) 2>/dev/null)" != "$$($(LOCKED))" ]; then \
	  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || \
	    { echo "make: Node 20 or newer is needed" >&2; exit 1; }; \
	  echo "node      installing the packages of package-lock.json" && \
	  (cd $(VIEWER) && npm ci) && $(LOCKED) > $(MODULES); \
	fi

# Debian's own; tests drive it through Playwright.
chromium:
	@command -v chromium >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "make: the tests need Chromium; install it as your system does" >&2; exit 1; }; \
	  if [ "$$(id -u)" = 0 ]; then as=; else as=sudo; fi; \
	  echo "chromium  installing Debian's chromium"; \
	  $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends chromium; \
	} </dev/null
