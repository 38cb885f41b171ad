# Everything a fresh machine with Python and make needs: `make demo`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STORE := demo/kg-store

.PHONY: demo test check compiled pure slow timed notebooks pictures reference scores bench lint types format clean

demo: $(READY) ## build the graph from seeds/, print the I-against-II answer, write a page
	@rm -rf demo && mkdir -p demo
	$(BIN)/kg build seeds --store $(STORE)
	@echo
	$(BIN)/kg compare "Machine Learning Engineer I" "Machine Learning Engineer II" --store $(STORE)
	@echo
	@$(BIN)/kg show graph -o demo/graph.html --store $(STORE) > /dev/null
	@echo "The page is demo/graph.html: open it in a browser."

test: $(READY) ## the default test suite
	$(BIN)/python -m pytest -n auto

slow: $(READY) ## the tests that need a browser or an empty environment
	$(BIN)/python -m pytest -n auto -m slow --durations=15

timed: $(READY) ## each rule on hard texts of up to a megabyte against half of it; for a quiet machine
	$(BIN)/python -m pytest -m timed

notebooks: $(READY) ## run the notebooks and store their outputs
	$(BIN)/python -m tests.notebooks

pictures: $(READY) ## take the README's pictures anew, of the seeds
	$(BIN)/python -m tests.pictures

reference: $(READY) ## write kg/reference from the sources
	$(BIN)/python -m tests.reference

scores: $(READY) ## score extraction on the annotated postings beside the project
	$(BIN)/python -m tests.bench.scores

compiled: $(READY) ## the rules as machine code in build/compiled, for who sets ROLEGRAPH_COMPILED to it
	$(BIN)/python -m tests.compiling

pure: ## take that back
	rm -rf build/compiled

bench: $(READY) ## measure beside the peers, into tests/bench/results, and write the one table
	$(BIN)/python -m tests.bench.bench_extraction
	$(BIN)/python -m tests.bench.bench_ingest
	$(BIN)/python -m tests.bench.bench_copies
	$(BIN)/python -m tests.bench.bench_readers
	$(BIN)/python -m tests.bench.bench_jsonld
	$(BIN)/python -m tests.bench.bench_incremental
	$(BIN)/python -m tests.bench.bench_growth
	$(BIN)/python -m tests.bench.summary

check: lint types test ## what must hold before a commit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) demo build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rolegraph needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	@echo "Setting up $(VENV): some 1 GB, a minute or two, once."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(READY)
