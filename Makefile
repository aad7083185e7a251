# Everything is set up by the targets that need it; `make` alone lists them.
# What is done stands in stamp files, so that a second time costs nothing.

BIN := .venv/bin
# An environment that was made for development stays one.
PACKAGES = $(if $(wildcard .venv/.dev),dev,run)
ASSETS_STAMP := $(if $(wildcard package-lock.json),node_modules/.stamp)
TESTS ?= tests
JOBS ?= auto

# Fetch over TLS as the machine trusts it, the certificate authority of a municipality included.
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1
# Whoever has an environment of his own activated keeps it as it is: ours is meant, always.
unexport VIRTUAL_ENV
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

.PHONY: help
help:
	@echo 'make run      start Loket, with a demo municipality on the first run; Ctrl-C stops it'
	@echo 'make test     lint, types, import contracts and every test: what CI runs'
	@echo 'make check    make test, and whether the docs and our OpenAPI are up to date'
	@echo 'make format   format the code'
	@echo 'make docs     write the reference pages and pictures, and build the manual'
	@echo 'make oas      write our OpenAPI and compare it with the published one'
	@echo 'make bench    measure what a request costs beside a bare loop'
	@echo 'make soak     the long runs: kills, scale and fuzz'
	@echo 'make lock     lock the dependencies; UPGRADE=1 takes newer versions'
	@echo 'make clean    remove what was installed and built; the data in var/ stays'
	@echo
	@echo 'PYTHON=/path/to/python3 chooses the interpreter, TESTS=tests/site what to test,'
	@echo 'JOBS=1 how many tests run side by side.'

# --- set-up --------------------------------------------------------------------------------

.venv/.uv: requirements/uv.txt scripts/make-environment
	scripts/make-environment
	@touch $@

.venv/.run: .venv/.uv requirements/run.txt pyproject.toml
	@$(call install,$(PACKAGES))
	@touch $@

.venv/.dev: .venv/.uv requirements/dev.txt pyproject.toml
	@$(call install,dev)
	@touch .venv/.run $@

# The build back-end is locked too: building in isolation would fetch it unlocked.
install = $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements/$(1).txt \
	&& $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable . \
	&& $(BIN)/python -m compileall -q -j 0 src/loket

PAGES := $(wildcard src/loket/channels/portaal/style/*.css) \
	$(wildcard src/loket/channels/portaal/locale/*/LC_MESSAGES/*.po)

node_modules/.stamp: package.json package-lock.json $(PAGES) .venv/.run
	npm ci --silent --omit=dev --omit=optional
	loket assets
	@touch $@

# What checks the code and what subscribers read us with come by npm too, only where it is tested.
node_modules/.dev: $(ASSETS_STAMP) .venv/.dev
	npm ci --silent --omit=optional
	@touch node_modules/.stamp $@

.PHONY: browser servers
browser:
	@scripts/find-browser

servers:
	@scripts/find-servers

# --- use -----------------------------------------------------------------------------------

.PHONY: run
run: .venv/.run $(ASSETS_STAMP)
	@exec loket run

.PHONY: bench soak
bench soak: .venv/.dev $(ASSETS_STAMP)
	@exec loket $@

# --- checks --------------------------------------------------------------------------------

.PHONY: lint types contracts drift tests
lint: .venv/.dev
	ruff check
	ruff format --check

types: .venv/.dev node_modules/.dev
	mypy
	node_modules/.bin/pyright --pythonpath $(BIN)/python

contracts: .venv/.dev
	lint-imports

drift: .venv/.dev $(ASSETS_STAMP)
	loket oas --check
	loket docs --check

tests: .venv/.dev node_modules/.dev browser servers
	pytest --numprocesses $(JOBS) $(TESTS)

.PHONY: test check
test: lint types contracts tests
check: lint types contracts drift tests

# --- upkeep --------------------------------------------------------------------------------

.PHONY: format docs oas
format: .venv/.dev
	ruff check --quiet --select I --fix
	ruff format

docs: .venv/.dev $(ASSETS_STAMP) browser
	loket docs --screens

oas: .venv/.dev $(ASSETS_STAMP)
	loket oas

# One list is a part of the other, so that what is tested is what runs.
lock_options = --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: .venv/.uv
	uv pip compile $(lock_options) --group uv --output-file requirements/uv.txt
	uv pip compile $(lock_options) pyproject.toml --group set-up --output-file requirements/run.txt
	uv pip compile $(lock_options) pyproject.toml --group set-up --group dev \
		--constraint requirements/run.txt --output-file requirements/dev.txt

.PHONY: clean
clean:
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache build dist
