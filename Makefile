# make chat   set everything up and open the chat     make test   install what tests need, run all
# make setup  the same without opening the chat       make clean  remove the environment
#
# PYTHON            the interpreter to build the environment with (3.11 or 3.12)
# TORCH_CPU_INDEX   where the CPU build of PyTorch is taken from when pip would bring CUDA libraries
# HOST, PORT        where the chat listens

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
TORCH_CPU_INDEX ?= https://download.pytorch.org/whl/cpu
HOST ?= 127.0.0.1
PORT ?= 7860

VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check -qq
TORCH := $(shell grep '^torch==' requirements.txt)
AGAIN := check the network and the free disk space (7 GB), then run make again: what is done is kept

.PHONY: chat setup test check docs lock clean

chat: setup
	@$(VENV)/bin/ungp chat --host $(HOST) --port $(PORT)

setup: $(VENV)/.installed
	@$(VENV)/bin/ungp models
	@$(VENV)/bin/ungp index

# Marked when it is whole: an environment that was interrupted half-way is made again.
$(VENV)/.created:
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' \
	  2>/dev/null || { echo "Python 3.11 or 3.12 is needed$(if $(PYTHON), ($(PYTHON) is not)); \
	install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Creating the environment in $(VENV)"
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

# A plain `pip install torch` on Linux can bring gigabytes of CUDA libraries. pip is asked first
# what it would install; only if that holds CUDA is the CPU build taken from its own index.
$(VENV)/.torch: $(VENV)/.created requirements.txt
	@echo "Installing PyTorch for CPU (about 200 MB)"
	@if $(PIP) install --dry-run --report - $(TORCH) | grep -qE '"name": "(nvidia|cuda)-'; \
	  then $(PIP) install $(TORCH) --index-url $(TORCH_CPU_INDEX); \
	  else $(PIP) install $(TORCH); fi || \
	  { echo "PyTorch could not be installed; $(AGAIN)" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.torch requirements.txt pyproject.toml
	@echo "Installing the pinned packages (about 400 MB, a few minutes the first time)"
	@$(PIP) install -r requirements.txt || \
	  { echo "The packages could not be installed; $(AGAIN)" >&2; exit 1; }
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo "Installing what the tests need"
	@$(PIP) install -r requirements-dev.txt || \
	  { echo "The packages could not be installed; $(AGAIN)" >&2; exit 1; }
	@touch $@

# The browser tests drive Chromium: Debian's where there is one, else the one playwright fetches.
$(VENV)/.chromium: $(VENV)/.installed-dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  command -v google-chrome >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	    apt-get install -y -qq chromium >/dev/null; } || \
	  $(VENV)/bin/playwright install chromium || \
	  { echo "Chromium could not be installed; do it by hand (sudo apt-get install chromium) and \
	run make again" >&2; exit 1; }
	@touch $@

check: $(VENV)/.installed-dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

test: check $(VENV)/.chromium
	@$(VENV)/bin/ungp models
	@$(VENV)/bin/python -m pytest

docs: $(VENV)/.installed
	@$(VENV)/bin/python -m ui.cli.docs

# Pins what pyproject.toml asks for, and all that it brings; local labels (2.13.0+cpu) are left out.
REPORT := install --dry-run --ignore-installed --report -
PINS := import json, sys; print(*sorted(i["metadata"]["name"].lower() + "==" + \
  i["metadata"]["version"].split("+")[0] for i in json.load(sys.stdin)["install"] \
  if i["metadata"]["name"] != "ungp-assistant"), sep="\n")

lock: $(VENV)/.created
	@$(PIP) $(REPORT) . | $(VENV)/bin/python -c '$(PINS)' > requirements.txt
	@$(PIP) $(REPORT) '.[dev]' | $(VENV)/bin/python -c '$(PINS)' | \
	  grep -vxFf requirements.txt > requirements-dev.txt

clean:
	@rm -rf $(VENV)
