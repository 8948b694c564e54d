# make run: from a bare checkout to a working search. make test: the same set-up, then everything that is checked.
PORT ?= 8000
DATA ?= demo/.data
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint fuzz bench relock clean

run: $(VENV)/.run
	@TRACUU_TRUST_ROOTS=demo/trust $(BIN)/tracuu index demo/portal --data "$(DATA)" --quiet
	@echo
	@echo "  Tra Cứu: http://127.0.0.1:$(PORT)   (Ctrl-C ends it)"
	@echo "  Try:     khai sinh thuong tru the bhyt"
	@echo "           \"lễ hội\" OR \"đèn lồng\" -\"cấm đường\""
	@echo "           15/CT-UBND"
	@echo
	@exec $(BIN)/tracuu serve --data "$(DATA)" --host 127.0.0.1 --port "$(PORT)" --quiet

test: $(VENV)/.test lint
	@$(BIN)/python -m pytest

lint: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

fuzz: $(VENV)/.test
	@TRACUU_MUTATIONS=20000 $(BIN)/python -m pytest tests/extract/test_mutations.py

bench: $(VENV)/.test
	@$(BIN)/python -W ignore -m benchmarks $(BENCH_DATA)

$(VENV)/.run: requirements.lock pyproject.toml scripts/venv.sh scripts/system.sh
	@sh scripts/system.sh
	@sh scripts/venv.sh $(VENV) requirements.lock
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Pins and hashes for every supported Python and machine; needs uv.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet
relock:
	$(LOCK) --overrides scripts/not-at-run-time.txt -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) demo/.data .mypy_cache .ruff_cache .hypothesis
