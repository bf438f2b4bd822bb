# Tillsight. `make` lists what there is.

GO      ?= go
QUALITY ?= 11
DATA    ?= data/demo
LISTEN  ?= localhost:8000
N       ?=
SEED    ?=
FUZZTIME ?= 30s
PARTS   ?=

LDFLAGS  = -s -w
WASM     = GOOS=js GOARCH=wasm $(GO) build -trimpath -ldflags="$(LDFLAGS)"
PROGRAMS = app desk till insight
SOURCE_app     = ./app
SOURCE_desk    = ./app/manager
SOURCE_till    = ./app/worker
SOURCE_insight = ./app/insight
BUILT    = $(foreach p,$(PROGRAMS),$(if $(wildcard $(SOURCE_$p)/main*.go),$p))
MODULES  = web/node_modules
VENDOR   = $(MODULES)/echarts/dist/echarts.min.js=vendor/echarts.min.js \
	$(MODULES)/barcode-detector/dist/iife/ponyfill.js=vendor/barcode-detector.js \
	$(MODULES)/zxing-wasm/dist/reader/zxing_reader.wasm=vendor/zxing_reader.wasm

# Packages whose tests need a browser's storage, run in Chromium.
BROWSER_TESTS ?= ./app/opfs/... ./app/worker/journal/... ./app/worker/localdb/...
ENGINES = app/story/bench/engines
WASM_EXEC = $(CURDIR)/build/workertest

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.PHONY: build
build: wasm server ## build the three browser programs and the server: build/tillsight

.PHONY: server
server: ## build the server alone, with the browser programs that are there
	$(GO) build -trimpath -ldflags="$(LDFLAGS)" -o build/tillsight ./server

.PHONY: wasm
wasm: vendor $(BUILT:%=build/wasm/%.wasm) ## build and compress the browser programs; QUALITY=5 is quick
	@cmp -s "$$($(GO) env GOROOT)/lib/wasm/wasm_exec.js" web/build/wasm_exec.js || \
		cp "$$($(GO) env GOROOT)/lib/wasm/wasm_exec.js" web/build/wasm_exec.js
	$(GO) run ./web/pack -quality $(QUALITY) -out web/build $(BUILT:%=build/wasm/%.wasm) $(VENDOR)

# Go knows best what is up to date.
build/wasm/%.wasm: FORCE
	$(WASM) -o $@ $(SOURCE_$*)

.PHONY: FORCE
FORCE:

.PHONY: vendor
vendor: web/build/vendor/echarts.LICENSE.txt

web/build/vendor/echarts.LICENSE.txt: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	mkdir -p web/build/vendor
	cp web/node_modules/echarts/NOTICE web/build/vendor/echarts.NOTICE.txt
	cat $(MODULES)/barcode-detector/LICENSE $(MODULES)/zxing-wasm/LICENSE LICENSE > web/build/vendor/barcode-detector.LICENSE.txt
	cat web/node_modules/echarts/LICENSE web/node_modules/zrender/LICENSE > $@

.PHONY: run
run: build ## build, make a demo chain in DATA, serve it on LISTEN and print addresses and log-ins
	build/tillsight serve --demo --data $(DATA) --listen $(LISTEN)

.PHONY: test
test: vet test-native test-browser test-story ## everything below in this order

.PHONY: vet
vet: ## vet for both targets, formatting
	@test -z "$$(gofmt -l app server shared web *.go)" || { gofmt -l app server shared web *.go; exit 1; }
	$(GO) vet ./...
	GOOS=js GOARCH=wasm $(GO) vet ./app/... ./shared/...

.PHONY: test-native
test-native: vendor ## all Go tests that need no browser
	$(GO) test $$($(GO) list ./... | grep -v /app/story)

.PHONY: test-browser
test-browser: ## storage tests, and the prices of 10 000 baskets, as js/wasm in Chromium
	$(GO) build -o $(WASM_EXEC) ./app/worker/workertest
	GOOS=js GOARCH=wasm $(GO) test -exec $(WASM_EXEC) $(BROWSER_TESTS)
	GOOS=js GOARCH=wasm $(GO) test -exec $(WASM_EXEC) -run TestSameEverywhere ./shared/pricing

.PHONY: test-story
test-story: build ## whole stories in Chromium against the built server; each step has its own limit
	$(GO) test -count=1 -timeout=80m ./app/story/...

.PHONY: sim
sim: ## simulation of tills and server: SEED=… replays one, N=… is how many
	SEED=$(SEED) N=$(N) $(GO) test -count=1 -run Simulation -v ./server/...

.PHONY: bench
bench: build $(ENGINES)/node_modules/.package-lock.json ## measure in Chromium; prints a table, writes build/bench.json; PARTS='scan|start' measures some
	$(GO) run ./app/story/bench -only '$(PARTS)' -out $(CURDIR)/build/bench.json

# Databases that the report worker is measured beside.
$(ENGINES)/node_modules/.package-lock.json: $(ENGINES)/package-lock.json
	cd $(ENGINES) && npm ci --no-audit --no-fund --loglevel=error
	touch $@

.PHONY: fuzz
fuzz: ## each fuzz target for FUZZTIME
	@for pkg in $$(grep -rlE '^func Fuzz' --include=*_test.go app server shared | xargs -n1 dirname | sort -u); do \
		for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$pkg/*_test.go | sed 's/func //'); do \
			$(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) ./$$pkg || exit 1; \
		done; \
	done

.PHONY: lint
lint: vet ## formatting, vet, layout rules, go.mod
	$(GO) test -count=1 -run . .
	$(GO) mod verify

.PHONY: size
size: wasm ## fail when the till's download is above 5 MB of brotli
	@ls -l web/build/*.br web/build/vendor/*.br | awk '{printf "%9d %s\n", $$5, $$9}'
	@cat web/build/app.wasm.br web/build/till.wasm.br web/static/*.js web/static/*.css | wc -c | \
		awk '{printf "%9d for a till, of 5242880\n", $$1; exit $$1 > 5242880}'

.PHONY: clean
clean: ## delete what was built; data stays
	rm -rf build web/node_modules
	find web/build -mindepth 1 ! -name .gitkeep -delete
