# make setup | run | test | test-outside | bench | bundle | forms-book | screenshots — each does what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
OUTSIDE := $(VENV)/.outside
EXTRAS := token sm district fuzz

.PHONY: setup run test test-outside bench bundle forms-book screenshots clean

setup: $(STAMP)

$(STAMP): pyproject.toml tools/setup_system.sh
	sh tools/setup_system.sh
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[test]'
	touch $(STAMP)

run: setup
	$(BIN)/unionclient demo demo
	$(BIN)/python -m tools.show demo

test: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

# LibreOffice, a token, PostgreSQL, an input method, a minute of fuzzing: what is not there is skipped with its reason.
test-outside: $(OUTSIDE)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q tests/outside

$(OUTSIDE): $(STAMP) tools/setup_system.sh
	sh tools/setup_system.sh outside || echo "some system packages could not be installed" >&2
	for extra in $(EXTRAS); do $(BIN)/python -m pip install --quiet -e ".[$$extra]" || echo "not installed: $$extra" >&2; done
	touch $(OUTSIDE)

bench: setup
	$(BIN)/python -m benchmarks.main_job
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.district --scale 0.02 --years 2
	$(BIN)/python -m benchmarks.workbooks
	$(BIN)/python -m benchmarks.grid
	$(BIN)/python -m benchmarks.check

bundle: setup
	$(BIN)/python -m pip install --quiet -e '.[bundle]'
	$(BIN)/pyinstaller --noconfirm build.spec

forms-book: setup
	mkdir -p build
	$(BIN)/python -m tools.forms_book build/forms-book.pdf

screenshots: setup
	$(BIN)/unionclient demo demo
	$(BIN)/python -m tools.screenshots demo/store docs/screens

clean:
	rm -rf $(VENV) build dist demo
