#!/bin/sh
# Rebuilds web/static/vendor/plotly-grille.min.js and its stylesheet: plotly.js with the four traces that our pages draw.
# Needs Node.js with npm. The version is the one that Python's plotly (requirements.txt) carries, so that both speak the same figures.
set -eu

plotly=4.1.1
esbuild=0.28.2
vendor=$(cd "$(dirname "$0")/../web/static/vendor" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

cd "$build"
npm install --silent --no-audit --no-fund --ignore-scripts "plotly.js@$plotly" "esbuild@$esbuild"
cat > entry.js <<'JS'
'use strict';
var Plotly = require('plotly.js/lib/core');
Plotly.register([
  require('plotly.js/lib/scatterpolar'),
  require('plotly.js/lib/bar'),
  require('plotly.js/lib/heatmap'),
  require('plotly.js/lib/locales/fr'),
]);
module.exports = Plotly;
JS
npx esbuild entry.js --bundle --minify --format=iife --global-name=Plotly --target=es2020 --legal-comments=none \
  --define:global=window --define:define.amd=false --define:process.env.NODE_DEBUG=false \
  --alias:regl=@plotly/regl --alias:stream=stream-browserify --log-level=warning \
  --banner:js="/*! plotly.js $plotly (scatter, scatterpolar, bar, heatmap). Copyright 2012-2026, Plotly, Inc. MIT licence: plotly-LICENSE.txt */" \
  --outfile="$vendor/plotly-grille.min.js"
rm -f "$vendor/plotly-grille.min.css"
# The rules that plotly would write into a <style> element, which our Content-Security-Policy forbids.
node -e '
const rules = {};
const source = require("fs").readFileSync("node_modules/plotly.js/build/plotcss.js", "utf8");
const table = new Function(source.slice(source.indexOf("var rules"), source.indexOf("for(")) + "return rules;")();
for (const [selector, body] of Object.entries(table))
  rules[selector.replace(/^,/, " ,").replace(/X/g, ".js-plotly-plot .plotly").replace(/Y/g, ".plotly-notifier")] = body;
console.log(Object.entries(rules).map(([s, b]) => s + "{" + b + "}").join("\n"));
' > "$vendor/plotly-grille.css"
cp node_modules/plotly.js/LICENSE "$vendor/plotly-LICENSE.txt"
gzip -9 -c "$vendor/plotly-grille.min.js" | wc -c | xargs printf 'plotly-grille.min.js: %s bytes compressed\n'
