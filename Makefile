# Two commands do everything on a fresh machine: `make extract` and `make test`.
SHELL := /bin/bash
RAW   ?= data/raw
OUT   ?= data/parquet
JOBS  ?= $(shell getconf _NPROCESSORS_ONLN)
ARGS  ?=
VENV  := .venv
BIN   := $(VENV)/bin
DEBIAN := tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd python3 python3-venv

.DEFAULT_GOAL := help
.PHONY: help extract test lint score setup clean samples

help: ## say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12
	@echo 'RAW=folder OUT=folder JOBS=n ARGS="--strict" change what `make extract` does'

extract: $(VENV)/.runtime ## read every new or changed file of RAW and bring the tables of OUT up to date
	@$(BIN)/python pipeline.py extract "$(RAW)" --out "$(OUT)" --jobs $(JOBS) $(ARGS)

test: $(VENV)/.develop lint ## the tests, ruff and mypy
	$(BIN)/python -m pytest -n $(JOBS)

lint: $(VENV)/.develop ## ruff and mypy only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

score: $(VENV)/.develop ## rows of the truth documents gained and lost since `right_rows.txt` was kept
	$(BIN)/python -m benchmarks.score_rows $(ARGS)

setup: $(VENV)/.runtime ## install what is missing: Tesseract, its Vietnamese model, the Python packages

samples: $(VENV)/.develop ## rebuild the documents of data/raw from their readable sources
	$(BIN)/python -m tests.testbed samples --out data/raw

clean: ## remove what was built: the environment, caches and the tables
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info build data/parquet/* data/parquet/.kehoach
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Everything is looked for before anything is installed, so that nothing is done half.
$(VENV)/.engine:
	@python=$$(for p in python3.13 python3.12 python3.11 python3; do \
		$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done); \
	lacks=""; \
	[ -n "$$python" ] || lacks="$$lacks Python>=3.11"; \
	[ -z "$$python" ] || $$python -c 'import ensurepip' 2>/dev/null || lacks="$$lacks python-venv"; \
	{ command -v tesseract && tesseract --list-langs | grep -qx vie; } >/dev/null 2>&1 || lacks="$$lacks tesseract+vie"; \
	if [ -n "$$lacks" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing$$lacks"; \
		export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && apt-get install -y -qq $(DEBIAN) >/dev/null || exit 3; \
	elif [ -n "$$lacks" ]; then \
		printf '%s\n' "Missing:$$lacks. Nothing was changed. Install it and run make again:" \
		  "  Debian, Ubuntu: sudo apt-get install $(DEBIAN)" \
		  "  Fedora:         sudo dnf install python3.11 tesseract tesseract-langpack-vie tesseract-osd" \
		  "  macOS:          brew install python@3.11 tesseract tesseract-lang" >&2; exit 3; \
	fi; \
	$${python:-python3} -m venv $(VENV) && $(BIN)/python -m pip install --quiet --upgrade pip -c constraints.txt && touch $@

$(VENV)/.runtime: pyproject.toml constraints.txt $(VENV)/.engine
	@echo "installing Python packages into $(VENV)"
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[fast]' && touch $@

$(VENV)/.develop: $(VENV)/.runtime
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[fast,cluster,dev]' && touch $@
