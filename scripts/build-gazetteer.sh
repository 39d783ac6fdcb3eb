#!/bin/sh
# Rebuilds storage/campaigns/data/territoires-2026.csv.gz: the communes and the intercommunalities (EPCI) of France, from the npm
# package @etalab/decoupage-administratif. Needs Node.js with npm, and the environment's Python.
set -eu

version=6.0.0
year=2026
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

cd "$build"
npm install --silent --no-audit --no-fund --ignore-scripts "@etalab/decoupage-administratif@$version"
"$root/.venv/bin/python" "$root/scripts/build_gazetteer.py" \
  node_modules/@etalab/decoupage-administratif/data "$root/storage/campaigns/data/territoires-$year.csv.gz" "$version" "$year"
wc -c < "$root/storage/campaigns/data/territoires-$year.csv.gz" | xargs printf 'territoires: %s bytes\n'
