#!/bin/sh
# Everything that docs/benchmarks.md says of matching and of the check, measured here and now, as lines of its tables.
# Takes some twenty minutes on two quiet cores and 8 GiB; results also go to bench/results/ as JSON.
set -eu
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || ./setup.sh
mkdir -p results
reclaim="node ../packages/cli/src/main.ts"
$reclaim bench match --json > results/match-1m.json
$reclaim bench match --size 10000000 --alone --json > results/match-10m.json
$reclaim bench check --json > results/check-1m.json
node table.ts results/match-1m.json results/match-10m.json results/check-1m.json
