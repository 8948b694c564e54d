# make run: set up a fresh checkout and start the search. make test: set up, then run all checks.
# make check: the checks to run before each commit; takes a minute or two.
PORT ?= 8000
DATA ?= demo/.data
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run check test test-all test-cluster coverage lint fuzz bench bench-check soak crash screenshots translations man relock sbom audit clean

run: $(VENV)/.run
	@TRACUU_TRUST_ROOTS=demo/trust $(BIN)/tracuu index demo/portal --data "$(DATA)" --quiet
	@echo
	@echo "  Tra Cứu: http://127.0.0.1:$(PORT)   (press Ctrl-C to stop)"
	@echo "  Try:     khai sinh thuong tru the bhyt"
	@echo "           \"lễ hội\" OR \"đèn lồng\" -\"cấm đường\""
	@echo "           15/CT-UBND"
	@echo
	@exec $(BIN)/tracuu serve --data "$(DATA)" --host 127.0.0.1 --port "$(PORT)" --quiet

# Several processes, because the tests often wait for servers and disks.
PYTEST := -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

# Lint, types, layers, the packages that use no files and processes, and the tests that all engines share.
PURE := tests/project/test_architecture.py tests/project/test_docstrings.py tests/contract tests/directives tests/engine \
	tests/highlight tests/provisions tests/query tests/vietnamese
check: $(VENV)/.test lint
	@$(BIN)/python $(PYTEST) -m "not slow and not browser and not ocr and not crash and not cluster" $(PURE)

test: $(VENV)/.test lint
	@$(BIN)/python $(PYTEST)

# All pages in all colour schemes and sizes, all news and a minute of random requests instead of samples; and the packages of the
# image, installed. Lighthouse measures the pages for search engines, if npm can install it.
test-all: $(VENV)/.test
	@sh scripts/lighthouse.sh $(VENV)
	@TRACUU_TESTS=all TRACUU_SCHEMATHESIS_SECONDS=60 $(MAKE) test
	@$(MAKE) bench-check

# All tests of the third engine, on three nodes of OpenSearch; `make test` runs a sample. Fails if there is no OpenSearch.
test-cluster: $(VENV)/.test
	@TRACUU_TESTS=cluster $(BIN)/python $(PYTEST) -m cluster

# Lines that no test runs; TESTS=tests/query limits the tests. Readers of attachments are not measured: their environment is empty.
coverage: $(VENV)/.test
	@$(BIN)/coverage erase
	@$(BIN)/coverage run $(PYTEST) $(TESTS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --skip-covered --show-missing

lint: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

fuzz: $(VENV)/.test
	@TRACUU_SCHEMATHESIS_SECONDS=300 $(BIN)/python -m pytest tests/webui/api/test_schemathesis.py
	@TRACUU_MUTATIONS=20000 $(BIN)/python -m pytest tests/extract/test_mutations.py

bench: $(VENV)/.test
	@$(BIN)/python -W ignore -m benchmarks $(BENCH_DATA)

# Compares the cost of operations relative to each other, which is the same on every machine, with the recorded costs: two minutes.
bench-check: $(VENV)/.test
	@$(BIN)/python -W ignore -m benchmarks.check

soak: $(VENV)/.test
	@$(BIN)/python -W ignore -m benchmarks.soak $(or $(BENCH_DATA),$(error make soak BENCH_DATA=FOLDER: a folder that was used by make bench)) $(MINUTES)

crash: $(VENV)/.test
	@$(BIN)/python -W ignore -m tests.crashes $(KILLS)
	@TRACUU_FLIPS=1000 $(BIN)/python -m pytest tests/upkeep/test_verify.py -k flipped

screenshots: $(VENV)/.test
	@$(BIN)/python -m tests.browser.screenshots build/screenshots

$(VENV)/.run: requirements.lock pyproject.toml scripts/venv.sh scripts/apt.sh scripts/system.sh
	@sh scripts/system.sh
	@sh scripts/venv.sh $(VENV) requirements.lock
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.lock scripts/apt.sh scripts/system-test.sh scripts/opensearch.sh scripts/opensearch/pom.xml scripts/versitygw.sh
	@sh scripts/system-test.sh $(VENV)
	@sh scripts/opensearch.sh $(VENV)
	@sh scripts/versitygw.sh $(VENV)
	@$(BIN)/python -m pip install --quiet --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Updates the English catalog from the Vietnamese messages; new messages have no translation yet.
CATALOG := webui/translations
translations: $(VENV)/.test
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F $(CATALOG)/babel.cfg -k gettext -k ngettext:1,1 -k lazy_gettext --no-location --sort-output \
		-o build/messages.pot webui
	@$(BIN)/pybabel -q update -i build/messages.pot -o $(CATALOG)/en.po -l en --no-fuzzy-matching --ignore-pot-creation-date \
		--ignore-obsolete

# Updates the man page from the options of the commands.
man: $(VENV)/.test
	@$(BIN)/python -m scripts.man_page > docs/tracuu.1

# Locks versions and hashes for every supported Python and platform; needs uv.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet
EXTRAS := pyproject.toml --extra crawl --extra redis --extra s3 --extra sql
relock:
	$(LOCK) $(EXTRAS) --overrides scripts/not-at-run-time.txt -o requirements.lock
	$(LOCK) $(EXTRAS) --extra dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) scripts/release-tools.in -o scripts/release-tools.lock

# Tools for a release, in their own environment: the list of all components (CycloneDX), and known vulnerabilities of them.
# `make audit` asks PyPI.
TOOLS := build/release-tools
$(TOOLS)/.ready: scripts/release-tools.lock
	@python3 -m venv $(TOOLS)
	@$(TOOLS)/bin/pip install --quiet --quiet --disable-pip-version-check --require-hashes -r scripts/release-tools.lock
	@touch $@

sbom: $(TOOLS)/.ready
	@python3 -m venv --clear build/runtime
	@build/runtime/bin/pip install --quiet --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(TOOLS)/bin/python scripts/sbom.py $(TOOLS)/bin/cyclonedx-py build/runtime/bin/python build/tracuu.cdx.json

audit: $(TOOLS)/.ready
	@$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock -r requirements-dev.lock

clean:
	rm -rf $(VENV) demo/.data .mypy_cache .ruff_cache .hypothesis
