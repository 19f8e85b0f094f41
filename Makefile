# make test installs what the tests need (through apt, where it may), runs
# everything under the race detector and closes with "N passed, N failed, N skipped".

FUZZTIME = 10s
BENCHTIME = 1s
SOAKTIME = 10m

# Packages whose benchmarks are kept and compared, and those with TestSoak...,
# which runs for as long as STANDING_SOAK says.
BENCH_PACKAGES = ./check/index ./server ./store/sqlite ./clerk .
SOAK_PACKAGES = ./clerk ./verify

# Pictures of every page, in both languages and themes, at three widths.
LOOKS = looks
looks:
	mkdir -p $(LOOKS) && STANDING_LOOKS=$(abspath $(LOOKS)) go test -run TestPortal/pages -count=1 -v -timeout 1h ./e2e/browser

.PHONY: looks test build release bench bench-packages soak fuzz generate lint

# exec: the signals that end make must reach the runner, not a shell before it.
test:
	@go build -o bin/runtests ./internal/runtests && exec bin/runtests

build:
	go build -trimpath -o bin/standing ./cmd/standing

# Archives for every platform with checksums and bills of materials in ./dist; the
# same commit and the same Go give the same bytes.
release:
	go run ./internal/release -out dist

# The register's figures as a table, with the machine; -bench of single packages
# is "make bench-packages". PARTIES=100000 makes the load shorter.
PARTIES = 1000000
bench:
	go run ./internal/bench -parties $(PARTIES)

bench-packages:
	go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -timeout 1h $(BENCH_PACKAGES)

soak:
	STANDING_SOAK=$(SOAKTIME) go test -run '^TestSoak' -v -count=1 -timeout 24h $(SOAK_PACKAGES)

# Every fuzz target for FUZZTIME each; one that runs no input fails.
fuzz:
	@go build -o bin/runtests ./internal/runtests && exec bin/runtests -fuzz $(FUZZTIME) -limit 24h

# Generated files are committed; this fails if they are not what is generated.
generate:
	@before=$$(git status --porcelain; git diff HEAD | git hash-object --stdin); \
	go generate ./... || exit 1; \
	after=$$(git status --porcelain; git diff HEAD | git hash-object --stdin); \
	test "$$before" = "$$after" || { echo "go generate changed files; look at them and commit them:"; git status --short; exit 1; }

lint:
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@latest ./...
