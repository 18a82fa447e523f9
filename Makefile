# make setup | run | test | bench | bundle | forms-book — each does what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: setup run test bench bundle forms-book clean

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
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 --dist loadgroup

bench: setup
	$(BIN)/python -m benchmarks.main_job
	$(BIN)/python -m benchmarks.figures

bundle: setup
	$(BIN)/python -m pip install --quiet -e '.[bundle]'
	$(BIN)/pyinstaller --noconfirm build.spec

forms-book: setup
	mkdir -p build
	$(BIN)/python -m tools.forms_book build/forms-book.pdf

clean:
	rm -rf $(VENV) build dist demo
