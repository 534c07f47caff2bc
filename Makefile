# Two commands do all: `make serve` runs the app, `make test` passes every test. What is missing is set up on the way;
# each step says what it does and is skipped when done.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.SUFFIXES:

TRUNK_VERSION := 0.22.0-beta.1
DENY_VERSION := 0.20.2
BINDGEN_VERSION := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)

TOOLS := .tools
BIN := $(TOOLS)/bin
# npm's wasm-opt has to come before an older one of the system.
export PATH := $(CURDIR)/$(BIN):$(CURDIR)/node_modules/.bin:$(PATH)
PORT ?= 8080
SHARED ?= $(CURDIR)/../shared
export RECAP_SHARED := $(SHARED)

# Tools are run a few times a day: built quickly, not for speed.
CHEAP := CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
	CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_STRIP=true CARGO_TARGET_DIR=$(CURDIR)/$(TOOLS)/target
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

say = @printf '\n== %s\n' $(1)

.PHONY: help serve build test soak bench fmt lint screens size clean hugo-answers hugo-fuzz hugo-compare \
	rust wasm-target node-modules trunk bindgen deny browser python native web

help:
	@echo "make serve   run the app on http://127.0.0.1:$(PORT)/"
	@echo "make build   the files to publish, in dist/"
	@echo "make test    every test"
	@echo "make bench   how fast it is               make soak   what of a draft survives"
	@echo "make fmt     format the code      make lint   what a review would say"
	@echo "make screens pictures for docs/   make size   bytes to first use"
	@echo "make hugo-answers   the real Hugo writes the answers of tests/hugo/cases (hugo-fuzz, hugo-compare: see there)"

# ---- set-up ---------------------------------------------------------------------------------------------------------

rust:
	@command -v cargo >/dev/null || { echo "Rust is missing. Install rustup from https://rustup.rs and try again."; exit 1; }

wasm-target: rust
	@rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown \
		|| { echo "== Adding Rust's WebAssembly target"; rustup target add wasm32-unknown-unknown; } \
		|| { echo "The target wasm32-unknown-unknown could not be added. Is the network there?"; exit 1; }

node-modules: node_modules/.stamp
node_modules/.stamp: package.json package-lock.json
	$(call say,"Installing what package.json names")
	@command -v npm >/dev/null || { echo "npm is missing. Install Node.js 20 or later and try again."; exit 1; }
	@npm ci --no-progress || { echo "npm ci failed. Is the network there?"; exit 1; }
	@touch $@

trunk: rust
	@[ "$$($(BIN)/trunk --version 2>/dev/null)" = "trunk $(TRUNK_VERSION)" ] \
		|| { echo "== Building Trunk $(TRUNK_VERSION), once; this takes some minutes"; \
			$(CHEAP) cargo install --quiet --locked --root $(TOOLS) --version $(TRUNK_VERSION) trunk; } \
		|| { echo "Trunk could not be built. The lines above say why."; exit 1; }

bindgen: rust
	@[ "$$($(BIN)/wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $(BINDGEN_VERSION)" ] \
		|| { echo "== Building wasm-bindgen $(BINDGEN_VERSION), once"; \
			$(CHEAP) cargo install --quiet --root $(TOOLS) --version $(BINDGEN_VERSION) wasm-bindgen-cli; } \
		|| { echo "wasm-bindgen could not be built. The lines above say why."; exit 1; }

deny: rust
	@[ "$$($(BIN)/cargo-deny --version 2>/dev/null)" = "cargo-deny $(DENY_VERSION)" ] \
		|| { echo "== Building cargo-deny $(DENY_VERSION), once; this takes some minutes"; \
			$(CHEAP) cargo install --quiet --locked --root $(TOOLS) --version $(DENY_VERSION) cargo-deny; } \
		|| { echo "cargo-deny could not be built. The lines above say why."; exit 1; }

browser:
	@{ command -v chromium && command -v chromedriver; } >/dev/null \
		|| { echo "== Installing Chromium and its driver"; \
			$(AS_ROOT) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(AS_ROOT) apt-get install -y -qq chromium chromium-driver >/dev/null; } \
		|| { echo "Chromium is missing and could not be installed. Install Debian's packages chromium and chromium-driver."; exit 1; }

python: $(TOOLS)/venv/.stamp
$(TOOLS)/venv/.stamp: tests/requirements.txt
	$(call say,"Installing the reference programs for the tests: Hugo and PyYAML")
	@python3 -m venv $(TOOLS)/venv || { echo "Python 3 with venv is missing. Install Debian's python3-venv."; exit 1; }
	@$(TOOLS)/venv/bin/pip install --quiet --disable-pip-version-check -r $< || { echo "pip failed. Is the network there?"; exit 1; }
	@touch $@

# ---- the app --------------------------------------------------------------------------------------------------------

serve: wasm-target node-modules trunk bindgen
	$(call say,"Building; then the app is at http://127.0.0.1:$(PORT)/")
	@trunk serve --offline --port $(PORT)

build: wasm-target node-modules trunk bindgen
	$(call say,"Building the files to publish")
	@trunk build --release --offline

size: build
	@node scripts/size.mjs dist

# ---- tests ----------------------------------------------------------------------------------------------------------

test: native web
	@echo
	@echo "Passed: formatting, lints (native and wasm32), native tests, licences and sources, release build, browser tests."
	@if [ -d "$(SHARED)/corpus" ]; then echo "Skipped: nothing."; \
		else echo "Skipped: what needs the real posts, which are not in $(SHARED)."; fi
	@cat $(TOOLS)/advisories 2>/dev/null || true

lint: rust wasm-target
	$(call say,"Formatting and lints")
	@cargo fmt --all --check || { echo "Run make fmt."; exit 1; }
	@cargo clippy --quiet --workspace --all-targets -- -D warnings
	@cargo clippy --quiet --target wasm32-unknown-unknown --lib --bins -- -D warnings

native: lint python deny
	$(call say,"Native tests")
	@PATH="$(CURDIR)/$(TOOLS)/venv/bin:$$PATH" cargo test --quiet
	$(call say,"Licences and sources of the dependencies")
	@cargo deny --log-level error check licenses bans sources
	@if cargo deny --log-level error check advisories >$(TOOLS)/advisories.log 2>&1; then echo "Advisories: none that concern us." >$(TOOLS)/advisories; \
		elif grep -qi 'failed to fetch\|unable to\|network\|failed to load advisory' $(TOOLS)/advisories.log; then \
			echo "Skipped: advisories, since their list could not be fetched." >$(TOOLS)/advisories; \
		else cat $(TOOLS)/advisories.log; exit 1; fi

web: build browser
	$(call say,"Browser tests against the release build")
	@cargo run --quiet -p web-tests
	@cargo run --quiet -p web-tests -- --soak short

hugo-answers: python
	@$(TOOLS)/venv/bin/python tests/hugo/answers.py --update

hugo-fuzz: rust python
	@PATH="$(CURDIR)/$(TOOLS)/venv/bin:$$PATH" RECAP_LONG=1 RECAP_SEED=$(SEED) RECAP_ROUNDS=$(ROUNDS) \
		cargo test --quiet --test it hugo::fuzz::mutants -- --nocapture

hugo-compare: rust python
	@PATH="$(CURDIR)/$(TOOLS)/venv/bin:$$PATH" RECAP_POSTS="$(abspath $(POSTS))" \
		cargo test --quiet --test it hugo::fuzz::posts_of_a_folder -- --nocapture

screens: build browser python
	@cargo run --quiet -p web-tests -- --screens docs
	@$(TOOLS)/venv/bin/python scripts/shrink.py docs

soak: build browser
	$(call say,"What is promised about drafts: browsers killed, pages left, a full storage; this takes half an hour")
	@cargo run --quiet -p web-tests -- --soak

bench: build browser
	$(call say,"Benches in the browser")
	@cargo run --quiet -p web-tests -- --bench
	$(call say,"Benches of the core")
	@cargo bench

fmt: rust
	@cargo fmt --all

clean:
	@rm -rf dist target
