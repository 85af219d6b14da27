# make          build the program
# make test     what the README promises
# make help     all targets

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
LDFLAGS := -s -w -X main.version=$(VERSION)
PLATFORMS := linux/amd64 linux/arm64 linux/arm darwin/amd64 darwin/arm64 windows/amd64
FUZZTIME ?= 20s

# PortAudio is built in where its C library and a C compiler are there.
TAGS := $(shell pkg-config --exists portaudio-2.0 2>/dev/null && [ "$$(go env CGO_ENABLED)" = 1 ] && echo portaudio)
WITH_TAGS := $(if $(TAGS),-tags $(TAGS))
# The race detector checks pointers too, and finds fault with a number that PortAudio's binding passes as one.
RACE := -race $(if $(TAGS),-gcflags=github.com/gordonklaus/portaudio=-d=checkptr=0)

.PHONY: build test race lint fuzz cover measure bench-quick bench recordings man dist clean help

build: ## build ./rtty
ifeq ($(TAGS),)
	@echo 'without PortAudio, sound is by PulseAudio or PipeWire alone; for it: apt install gcc pkg-config portaudio19-dev, or brew install pkgconf portaudio'
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o rtty ./cmd/rtty
else
	go build $(WITH_TAGS) -trimpath -ldflags '$(LDFLAGS)' -o rtty ./cmd/rtty
endif

test: ## run all tests
	go test $(WITH_TAGS) ./...

race: ## run all tests with the race detector
	go test $(WITH_TAGS) $(RACE) ./...

lint: ## gofmt, go vet, staticcheck
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'gofmt would change these files'; exit 1; }
	go vet $(WITH_TAGS) ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.7.0 $(WITH_TAGS) ./...

fuzz: ## run every fuzz target for FUZZTIME (20s)
	@grep -rl --include=*_test.go '^func Fuzz' . | xargs -n1 dirname | sort -u | while read -r dir; do \
		for target in $$(grep -h '^func Fuzz' $$dir/*_test.go | sed 's/func \([A-Za-z0-9_]*\).*/\1/'); do \
			echo "$$dir $$target"; \
			go test $$dir -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) || exit 1; \
		done; \
	done

cover: ## write coverage.html
	go test $(WITH_TAGS) -coverprofile coverage.out ./... && go tool cover -html coverage.out -o coverage.html

measure: ## measure what the live station takes: CPU time, memory, bytes to the terminal, delays
	go test -count 1 -v -run 'TestTheLiveScreen|TestDecodingTakes' ./cmd/rtty -measure 30s
	go test -count 1 -v -run 'Soon|ThreeSeconds|Endured|TheLinkCarries' ./station ./ui

bench-quick: build ## measure error curves in under two minutes
	./rtty bench --suite quick --out bench-out

bench: build ## the standard suite and the Go benchmarks
	./rtty bench --suite standard --out bench-out
	go test -run '^$$' -bench . ./...

recordings: ## make the recordings in testdata/ again (see testdata/README.md)
	testdata/make.sh

man: build ## write dist/rtty.1
	mkdir -p dist && ./rtty man >dist/rtty.1

dist: man ## build for all platforms into dist/
	@for platform in $(PLATFORMS); do \
		os=$${platform%/*} arch=$${platform#*/}; \
		ext=; [ $$os != windows ] || ext=.exe; \
		echo "dist/rtty-$(VERSION)-$$os-$$arch$$ext"; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build -trimpath -ldflags '$(LDFLAGS)' \
			-o "dist/rtty-$(VERSION)-$$os-$$arch$$ext" ./cmd/rtty || exit 1; \
	done
	cd dist && sha256sum rtty-* >SHA256SUMS

clean: ## remove what make made
	rm -rf rtty dist bench-out coverage.out coverage.html

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14
