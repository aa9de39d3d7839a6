# The few commands that people type. scripts/bootstrap does the setting up; every setting is in pyproject.toml.

python = .venv/bin/python
# one worker a core; the tests of one file stay together and share what they set up
pytest = $(python) -m pytest -n auto --dist loadfile -rs

.DEFAULT_GOAL = help
.PHONY: help run test lint bench fuzz trials sbom audit screenshots messages lock dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: ## set up if need be, and start Juntos
	@scripts/bootstrap
	@$(python) -m desktop $(ARGS)

test: lint ## check everything: lint, then the tests (ARGS="tests/model -k ref" for some)
	@$(pytest) $(ARGS)

lint: dev ## style, types (of each system's Python), and who may import whom
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy
	@for system in win32 darwin; do $(python) -m mypy --platform $$system --no-warn-unreachable --cache-dir .mypy_cache/$$system || exit 1; done
	@.venv/bin/lint-imports --no-logo

bench: ## measure speed and memory against yardsticks in the same run
	@scripts/bootstrap bench
	@$(python) -m benchmarks $(ARGS)

fuzz: dev ## break good files at random and read them, for a minute (ARGS="--seconds 3600 --seed 7")
	@$(python) -m scripts.fuzz $(ARGS)

trials: dev ## what must not happen, tried in the thousands, with the controls (ARGS="--share 0.01 --only saving")
	@$(python) -m scripts.trials $(ARGS)

screenshots: dev ## draw the pictures of README.md anew
	@$(python) -m scripts.screenshots

messages: dev ## gather the sentences of the program into the translations, compile these, say what is missing
	@$(python) -m scripts.messages update
	@$(python) -m scripts.messages compile
	@$(python) -m scripts.messages check

sbom: ## list what the program is made of, for whoever checks it against known faults: dist/juntos.cdx.json
	@scripts/bootstrap
	@$(python) -m scripts.sbom $(ARGS)

audit: dev ## ask the database of known faults about every library that is pinned (needs the internet)
	@$(python) -m scripts.audit $(ARGS)

lock: dev ## choose the newest libraries that pyproject.toml allows
	@scripts/lock

dev:
	@scripts/bootstrap dev
