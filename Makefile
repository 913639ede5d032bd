# From a fresh clone, with Python 3.11 to 3.13 and make: `make demo`, `make test`; `make help` lists the rest.
# Written for GNU make 3.81 (macOS) and later, and for any POSIX shell.
#
#   PYTHON=python3.13   the Python to set up with (default: the first that suits of python3, python3.13, ...)
#   VENV=.venv-3.13     the folder of the virtual environment, relative to this one
#   JOBS=2              test processes

PYTHON ?=
VENV ?= .venv
JOBS ?= 2
BIN = $(VENV)/bin
SUITS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTEST = "$(BIN)/python" -m pytest

.DEFAULT_GOAL = help
.PHONY: help demo test test-only lint types imports format soak golden docs bench build clean

help:
	@echo "make demo      set up $(VENV), compare the designs of geneva-2015 in 1000 runs each, write a report"
	@echo "make test      set up $(VENV), then every check: ruff, mypy, lint-imports, pytest"
	@echo "make test-only pytest alone;  make lint | types | imports: one of the other checks alone"
	@echo "make format    let ruff tidy the source"
	@echo "make soak      the long tests that 'make test' leaves out"
	@echo "make golden REASON='...'   write the golden numbers anew and say why"
	@echo "make docs      write anew the pages that are read off the code: docs/odd.md, rules.md, panel.md"
	@echo "make bench     measure the speed beside its targets, write docs/speed.md (a quarter of an hour, quiet machine)"
	@echo "make build     wheel and source archive into dist/"
	@echo "make clean     remove what make made: environments, caches, dist/, results/demo/"

demo: $(VENV)/.installed
	"$(BIN)/aiposim" compare geneva-2015 --runs 1000 --seed 2015 --out results/demo --overwrite
	@test -f results/demo/report.html
	@echo "The report lies in results/demo/report.html: open it in a browser."

test: lint types imports test-only

test-only: $(VENV)/.installed-for-tests
	$(PYTEST) -n $(JOBS) --dist loadfile

lint: $(VENV)/.installed-for-tests
	"$(BIN)/python" -m ruff check .
	"$(BIN)/python" -m ruff format --check .

types: $(VENV)/.installed-for-tests
	"$(BIN)/python" -m mypy

imports: $(VENV)/.installed-for-tests
	"$(BIN)/lint-imports"

format: $(VENV)/.installed-for-tests
	"$(BIN)/python" -m ruff check --fix .
	"$(BIN)/python" -m ruff format .

soak: $(VENV)/.installed-for-tests
	$(PYTEST) -m soak

golden: $(VENV)/.installed-for-tests
	@if [ -z "$$REASON" ]; then \
		echo "Golden numbers change for a reason; give it: make golden REASON='what changed, and why'" >&2; \
		exit 2; \
	fi
	"$(BIN)/python" tests/golden/refresh.py --reason "$$REASON"

docs: $(VENV)/.installed-for-tests
	"$(BIN)/python" -m aiposim.study.odd
	"$(BIN)/python" -m aiposim.study.axioms > docs/rules.new && mv docs/rules.new docs/rules.md
	"$(BIN)/python" -m aiposim.panel.page > docs/panel.new && mv docs/panel.new docs/panel.md

bench: $(VENV)/.installed-for-tests
	"$(BIN)/python" -m benchmarks --write

build: $(VENV)/.installed-for-tests
	"$(BIN)/python" -m build --outdir dist

clean:
	rm -rf .venv .venv-* "$(VENV)" build dist htmlcov results/demo
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find src tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# ---- setting up: once, and again when pyproject.toml has changed ----

$(VENV)/.installed: pyproject.toml $(BIN)/python
	@echo "Installing aiposim and what it needs into $(VENV) (a minute or two)"
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-for-tests: pyproject.toml $(BIN)/python
	@echo "Installing aiposim, what it needs and what its tests need into $(VENV) (a minute or two)"
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $(VENV)/.installed $@

$(BIN)/python:
	@if [ -n "$(PYTHON)" ]; then set -- "$(PYTHON)"; else set -- python3 python3.13 python3.12 python3.11; fi; \
	for python in "$$@"; do \
		if "$$python" -c '$(SUITS)' >/dev/null 2>&1; then \
			echo "Setting up $(VENV) with $$("$$python" --version)"; \
			exec "$$python" -m venv --clear "$(VENV)"; \
		fi; \
	done; \
	echo "aiposim needs Python 3.11, 3.12 or 3.13. Looked at:" >&2; \
	for python in "$$@"; do \
		echo "  $$python: $$("$$python" --version 2>/dev/null || echo not there)" >&2; \
	done; \
	echo "Install one of these, or name one that you have: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; \
	exit 1
