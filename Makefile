# hongbang: everything that is built, shown or tested starts here.
#
#   make demo    sets everything up, makes a signed, made-up list, builds the app and serves it on it (PORT=8080)
#   make test    sets everything up and runs every check
#
# What is needed beforehand: a Rust toolchain with cargo and rustup, node with npm, python3. The rest is installed
# here: by cargo and npm in pinned versions into folders that git ignores, by apt where a C linker, Python's venv or a
# browser is missing and this user may.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8080
TARGET := wasm32-unknown-unknown
NODE_MODULES := tests/browser/node_modules
VENV := .tools/venv

TRUNK_VERSION := 0.21.14
MUTANTS_VERSION := 27.1.0
# wasm-bindgen's command line must be of exactly the library's version.
BINDGEN_VERSION := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/^version = "\(.*\)"$$/\1/p}' Cargo.lock)

export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/$(NODE_MODULES)/.bin:$(HOME)/.cargo/bin:$(PATH)
export CARGO_TERM_COLOR ?= auto
TARGET_FOLDER := $(or $(CARGO_TARGET_DIR),target)
HONGBANG := $(TARGET_FOLDER)/release/hongbang

TRUNK := .tools/installed/trunk-$(TRUNK_VERSION)
BINDGEN := .tools/installed/wasm-bindgen-$(BINDGEN_VERSION)
MUTANTS := .tools/installed/cargo-mutants-$(MUTANTS_VERSION)
NPM := $(NODE_MODULES)/.package-lock.json
RUST_TARGET := .tools/installed/$(TARGET)-with-source

# What Rust's wasm32 target uses, by name: all of them at once would allow what no browser reads yet.
WASM_FEATURES := --enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue --enable-mutable-globals \
	--enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext
# Making the control flow anew, then small again, saves 0.8 %; that nothing lies in the lowest kilobyte, where only a
# stack that overflows comes, another 0.4 %. Functions called from one place stay functions where they are long: a browser
# optimises a function at a time, and a list would have been open before the one into which all of decoding went was
# ready. By their names those lie side by side that are alike: 0.3 %. www/hooks/post_build.mjs says the same of the app.
WASM_PASSES := --one-caller-inline-max-function-size=50 -Oz --flatten --rereloop -Oz -Oz --reorder-functions-by-name -Oz \
	--low-memory-unused --strip-producers --strip-target-features

# What browsers load has its own standard library, built for size, without the texts of panics, which no page shows, and
# without `{:?}`, which src/quoted.rs stands in for: a tenth less to download than with the one that rustup brings.
# These options are called unstable; the stable compiler takes them where RUSTC_BOOTSTRAP says so. A few loops in which a
# browser spends its time while a list opens are built for speed all the same: hongbang_small says that they may say so.
SMALL := RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS='-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none --cfg hongbang_small'

.PHONY: help bench-rule bench-search bench-trust bench-size bench-open bench-build bench-growth demo test tools app cli browser size lint unit interop interop-parquet browser-tests package package-tests licences shots speed lighthouse fuzz conformance mutants clean FORCE

help:
	@sed -n 's/^#   \(make .*\)/\1/p' Makefile
	@echo "make tools | cli | app | browser | lint | unit | interop | interop-parquet | browser-tests | package | package-tests | size | licences | shots | speed | lighthouse | bench-rule | bench-search | bench-trust | bench-size | bench-open | bench-build | bench-growth | fuzz | conformance | mutants"

# ---- What people call ------------------------------------------------------------------------------------------

demo: cli app
	@echo
	@echo "  红榜 is at http://127.0.0.1:$(PORT)/  (示例: the list is made up)"
	@echo "  Stop it with Ctrl-C."
	@echo
	$(HONGBANG) serve dist --port $(PORT)

test: lint unit licences app size interop package-tests browser-tests

clean:
	rm -rf dist .demo .demo-*

# ---- Tools -----------------------------------------------------------------------------------------------------

tools: $(TRUNK) $(BINDGEN) $(NPM) $(RUST_TARGET)

# $(call apt,PACKAGES,WHAT FOR): installs Debian packages, or says what to install.
define apt
	if [ "$$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo='sudo -n'; else \
		echo "expected $(2); install it: apt-get install $(1)" >&2; exit 1; fi; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update -qq; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $(1) >&2
endef

.tools/installed/linker:
	@command -v cc >/dev/null || { $(call apt,build-essential,a C linker); }
	@mkdir -p $(@D) && touch $@

.tools/installed/node:
	@command -v npm >/dev/null || { $(call apt,nodejs npm,node with npm); }
	@mkdir -p $(@D) && touch $@

$(RUST_TARGET): | .tools/installed/linker
	rustup target add $(TARGET)
	rustup component add clippy rustfmt rust-src
	@touch $@

# Built without what they are not used for (downloads over TLS) and without debug information, which takes minutes
# less than the default. Not --locked for wasm-bindgen: its lock file may name a version that was withdrawn.
$(TRUNK): | .tools/installed/linker
	CARGO_PROFILE_DEV_DEBUG=0 cargo install trunk --version $(TRUNK_VERSION) --locked --debug --no-default-features --root .tools
	@touch $@

$(BINDGEN): | .tools/installed/linker
	CARGO_PROFILE_DEV_DEBUG=0 cargo install wasm-bindgen-cli --version $(BINDGEN_VERSION) --debug --no-default-features --root .tools
	@touch $@

$(MUTANTS): | .tools/installed/linker
	CARGO_PROFILE_DEV_DEBUG=0 cargo install cargo-mutants --version $(MUTANTS_VERSION) --locked --debug --root .tools
	@touch $@

$(NPM): tests/browser/package.json tests/browser/package-lock.json | .tools/installed/node
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund
	@touch $@

$(VENV)/installed: tests/interop/requirements.txt tests/interop/requirements-certificate.txt
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { $(call apt,python3 python3-venv,python3 with venv); }
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check $(addprefix -r ,$^)
	@touch $@

# The browser for the tests: CHROME, else one on the PATH, else Debian's.
browser:
	@if [ -z "$${CHROME:-}" ] && ! command -v chromium google-chrome-stable google-chrome chromium-browser >/dev/null; then \
		$(call apt,chromium,a browser: set CHROME to the path of Chromium or Chrome); fi
CHROME_OF_PATH = $${CHROME:-$$(command -v chromium google-chrome-stable google-chrome chromium-browser | head -n 1)}

# ---- Builds ----------------------------------------------------------------------------------------------------

cli: $(HONGBANG)

# FEATURES=parquet makes one that reads and writes datasets. It compiles as much again, so `make demo` does without.
FEATURES ?=
$(HONGBANG): FORCE | .tools/installed/linker
	cargo build --release --locked --features "$(FEATURES)"
FORCE:

# The made-up list on which the app starts: its root is pinned in the app, its newest edition is the starter. Made
# anew by a new command line, and before its signatures expire.
$(shell find .demo/root.json -mtime +30 -delete 2>/dev/null)
.demo/root.json: $(HONGBANG)
	rm -rf .demo
	$(HONGBANG) demo --out .demo

app: tools .demo/root.json
	$(SMALL) cargo build --locked --profile web --target $(TARGET) --bin hongbang
	$(SMALL) NO_COLOR=true trunk build

# ---- Checks ----------------------------------------------------------------------------------------------------

lint: $(RUST_TARGET)
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --all-targets --features parquet -- -D warnings
	@# A `{:?}` says nothing in what browsers load: see SMALL.
	cargo clippy --locked --target $(TARGET) --lib --bins --example trust-core -- -D warnings -D clippy::use_debug
	cargo clippy --locked --target $(TARGET) --features scanner -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --document-private-items

unit: .tools/installed/linker
	cargo test --locked --features parquet

licences: .tools/installed/node
	cargo metadata --locked --format-version 1 --features scanner --filter-platform $(TARGET) | node tests/licences.mjs
	cargo metadata --locked --format-version 1 --features parquet --filter-platform x86_64-unknown-linux-gnu | node tests/licences.mjs

size: .tools/installed/node
	node tests/size.mjs dist

# TUF's clients in Python and JavaScript read what we publish; a stock CWT library and a QR reader read our certificates.
interop: .demo/root.json $(VENV)/installed tests/interop/node_modules/.package-lock.json
	$(VENV)/bin/python tests/interop/python_tuf.py .demo/repository .demo/root.json
	node tests/interop/tuf_js.mjs .demo/repository .demo/root.json
	HONGBANG_PYTHON=$(CURDIR)/$(VENV)/bin/python cargo test --locked --features parquet --test certificate other_programs

# DuckDB and pyarrow write our dataset anew, and the same edition comes of it. Not in `make test`, since these two are
# more to download than everything else.
interop-parquet: $(VENV)/bench
	BENCH_PYTHON3=$(CURDIR)/$(VENV)/bin/python cargo test --locked --features parquet --test dataset

tests/interop/node_modules/.package-lock.json: tests/interop/package.json tests/interop/package-lock.json | .tools/installed/node
	npm ci --prefix tests/interop --ignore-scripts --no-audit --no-fund
	@touch $@

# TUF's conformance suite, which no package registry has: CONFORMANCE is a checkout of its repository.
conformance: .tools/installed/linker
	@test -d "$(CONFORMANCE)/tuf_conformance" || { \
		echo "expected a checkout of the suite, found none: git clone https://github.com/theupdateframework/tuf-conformance," \
			"then make conformance CONFORMANCE=ITS_FOLDER" >&2; exit 1; }
	@command -v faketime >/dev/null || { $(call apt,faketime,faketime (the suite turns the clock with it)); }
	cargo build --locked --features conformance --example tuf-client
	@test -d .tools/conformance || python3 -m venv .tools/conformance
	.tools/conformance/bin/pip install --quiet --disable-pip-version-check "$(CONFORMANCE)"
	cp tests/interop/conformance.xfails $(CONFORMANCE_CLIENT).xfails
	.tools/conformance/bin/pytest -q -p no:cacheprovider "$(CONFORMANCE)/tuf_conformance" --entrypoint "$(CONFORMANCE_CLIENT)"
CONFORMANCE_CLIENT = $(abspath $(TARGET_FOLDER))/debug/examples/tuf-client

# Each mutant is a change to the code that decides whom to believe; a test must fail by it. Which code and which tests says
# .cargo/mutants.toml. All of it takes hours: FILE=src/trust/updater.rs is one file, SHARD=0/8 one part of all.
mutants: $(MUTANTS)
	CARGO_PROFILE_DEV_OPT_LEVEL=0 CARGO_PROFILE_DEV_DEBUG=0 nice cargo mutants --output .tools --baseline skip --timeout 60 \
		$(if $(FILE),--file $(FILE)) $(if $(SHARD),--shard $(SHARD)) \
		-- -- $(addprefix --skip ,publish:: search:: app:: snapshot:: edition:: rule:: firm:: sampling:: day:: scan::)

# The npm package: the checker built for JavaScript, into pkg/dist.
package: tools
	$(SMALL) cargo rustc --locked --lib --crate-type cdylib --profile web --target $(TARGET) --features npm
	wasm-bindgen --target web --out-dir pkg/dist --out-name hongbang $(TARGET_FOLDER)/$(TARGET)/web/hongbang.wasm
	wasm-opt $(WASM_PASSES) $(WASM_FEATURES) pkg/dist/hongbang_bg.wasm -o pkg/dist/hongbang_bg.wasm

package-tests: package .demo/root.json
	HONGBANG="$(HONGBANG)" node --test pkg/test/

browser-tests: app browser
	CHROME="$(CHROME_OF_PATH)" HONGBANG="$(HONGBANG)" node tests/browser/run.mjs

# How soon the app answers on a slow device, and what keeps it busy after that.
speed: app browser
	CHROME="$(CHROME_OF_PATH)" HONGBANG="$(HONGBANG)" node tests/browser/speed.mjs

# What Lighthouse says of a first visit with a phone.
lighthouse: app browser benches/lighthouse/node_modules/.package-lock.json
	CHROME="$(CHROME_OF_PATH)" HONGBANG="$(HONGBANG)" node benches/lighthouse/run.mjs dist

# The search against its peers, in one run of Chromium.
bench-search: package browser benches/search/browser/node_modules/.package-lock.json
	CHROME="$(CHROME_OF_PATH)" cargo bench --locked --bench search

benches/%/node_modules/.package-lock.json: benches/%/package-lock.json | .tools/installed/node
	npm ci --prefix benches/$* --ignore-scripts --no-audit --no-fund
	@touch $@

# The rule engine against a JavaScript loop and DuckDB, in one run.
bench-rule: .tools/installed/node $(VENV)/bench
	BENCH_PYTHON3=$(CURDIR)/$(VENV)/bin/python cargo bench --locked --bench rule

# The bytes of a TUF client and nothing else, as a browser would load it.
bench-trust: tools
	$(SMALL) cargo build --locked --profile web --target $(TARGET) --example trust-core
	wasm-bindgen --target web --out-dir .tools/trust-core --out-name core $(TARGET_FOLDER)/$(TARGET)/web/examples/trust_core.wasm
	wasm-opt $(WASM_PASSES) $(WASM_FEATURES) .tools/trust-core/core_bg.wasm -o .tools/trust-core/core_bg.wasm
	node benches/trust/size.mjs .tools/trust-core/core_bg.wasm .tools/trust-core/core.js

# These measure Parquet as well.
bench-size bench-build: FEATURES := parquet

# The bytes of editions against NDJSON, CSV, JSON and Parquet of the same content.
bench-size: .demo/root.json .demo-20000/root.json $(VENV)/bench .tools/installed/node
	HONGBANG="$(HONGBANG)" BENCH_PYTHON3=$(VENV)/bin/python node benches/snapshot/size.mjs .demo/editions/* .demo-20000/editions/2025-10-31.hongbang

# How long a list takes to open in Chromium, against JSON of the same content, in one run.
bench-open: package browser .demo/root.json .demo-100000/root.json $(VENV)/bench
	CHROME="$(CHROME_OF_PATH)" HONGBANG="$(HONGBANG)" BENCH_PYTHON3=$(VENV)/bin/python node benches/snapshot/open.mjs .demo .demo-100000

# Ten million samplings of a million firms from CSV to a signed edition, against DuckDB over the same tables.
bench-build: .demo-675000/root.json $(VENV)/bench
	HONGBANG="$(HONGBANG)" $(VENV)/bin/python benches/snapshot/build.py .demo-675000

# How bytes, opening time and memory grow: benches/snapshot/growth.md and its plot.
GROWN := .demo-1000 .demo .demo-20000 .demo-100000
bench-growth: package browser $(addsuffix /root.json,$(GROWN))
	CHROME="$(CHROME_OF_PATH)" HONGBANG="$(HONGBANG)" node benches/snapshot/growth.mjs $(GROWN)

# Larger made-up lists, for benches.
.demo-%/root.json: $(HONGBANG)
	rm -rf .demo-$*
	$(HONGBANG) demo --firms $* --out .demo-$*

$(VENV)/bench: benches/requirements.txt $(VENV)/installed
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# Each fuzz target for TIME seconds, from a few small seeds. What one finds lies in fuzz/artifacts.
FUZZ_VERSION := 0.13.2
FUZZ := .tools/installed/cargo-fuzz-$(FUZZ_VERSION)
FUZZ_TARGETS := snapshot delta metadata certificate search ingest
FUZZ_BUILT = $(or $(CARGO_TARGET_DIR),fuzz/target)/$(shell rustc -vV | sed -n 's/^host: //p')/release
TIME ?= 60

$(FUZZ): | .tools/installed/linker
	CARGO_PROFILE_DEV_DEBUG=0 cargo install cargo-fuzz --version $(FUZZ_VERSION) --locked --debug --root .tools
	rustup toolchain install nightly --profile minimal
	@mkdir -p $(@D) && touch $@

fuzz: $(FUZZ)
	cargo +nightly fuzz build
	$(FUZZ_BUILT)/seeds
	for target in $(FUZZ_TARGETS); do cargo +nightly fuzz run $$target -- -max_total_time=$(TIME) -rss_limit_mb=2048; done

shots: app browser
	@fc-list :lang=zh | grep -q . || { $(call apt,fonts-noto-cjk,a Chinese font); }
	CHROME="$(CHROME_OF_PATH)" HONGBANG="$(HONGBANG)" node tests/browser/shots.mjs $(ONLY)
