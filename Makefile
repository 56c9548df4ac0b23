# Each target sets itself up in .venv with nothing but Python 3.11, pip and make on the machine.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/ready
BENCH := .venv-bench/bin
BENCH_READY := .venv-bench/ready

.PHONY: demo run test test-long bench sins check lock clean

demo: $(READY)       ## a shop from Thursday to Monday, against the built-in fake Telegram and Viber
	$(BIN)/python -m bot demo

run: $(READY)        ## the product with .env
	$(BIN)/python -m bot run

test: check          ## lint, types, contracts and the whole suite
	$(BIN)/python -m pytest -n 4 --dist worksteal -m "not long" tests
	@$(BIN)/python -m tests.left_out

test-long: $(READY)  ## the long loops, with their figures
	$(BIN)/python -m pytest -s -m long tests
	TEST_EVERY_PAIR=1 $(BIN)/python -m pytest -n 4 --dist worksteal -m "not long" tests/conversation tests/hostile/test_dialogues.py

sins: $(READY)       ## each deliberate breakage must turn a test red
	$(BIN)/python -m tests.sins

bench: $(BENCH_READY)  ## the benchmarks, peers side by side; writes bench/results/*.json
	$(BENCH)/python -m bench

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(READY): requirements/uv.txt requirements/dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements/dev.txt
	touch $@

# The peers have an environment of their own: installed on top of .venv, the next sync would throw them out again,
# and mypy would see other packages after a `make bench` than before it.
$(BENCH_READY): $(READY) requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip sync --quiet --compile-bytecode --python $(BENCH)/python --require-hashes requirements/bench.txt
	touch $@

lock: $(READY)       ## the lock files anew from pyproject.toml
	cd requirements && for set in "app --extra postgres --extra sentry" "dev --extra postgres --extra sentry --extra test" \
	  "bench --extra postgres --extra sentry --extra test --extra bench --constraint dev.txt"; do \
	  set -- $$set; out=$$1.txt; shift; \
	  ../$(BIN)/uv pip compile ../pyproject.toml $$@ --generate-hashes --universal --python-version 3.11 \
	    --no-emit-index-url --no-header --quiet --upgrade -o $$out; done
	echo uv | $(BIN)/uv pip compile - --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-header --quiet --upgrade -o requirements/uv.txt

clean:
	rm -rf .venv .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis
