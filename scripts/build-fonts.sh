#!/bin/sh
# Rebuilds the faces that Grille carries: web/static/fonts (pages and slides) and restitution/documents/pdf/templates/fonts (documents).
# Needs Node.js with npm, and Python with venv. All faces are under the SIL Open Font License, kept beside them.
set -eu

npm_fonts="@fontsource-variable/atkinson-hyperlegible-next@5.3.0 @fontsource-variable/source-serif-4@5.3.1
  @expo-google-fonts/atkinson-hyperlegible-next@0.4.1 @expo-google-fonts/source-serif-4@0.4.1
  @expo-google-fonts/noto-naskh-arabic@0.4.5 @expo-google-fonts/noto-emoji@0.4.7 @expo-google-fonts/noto-sans-symbols-2@0.4.1"
here=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

cd "$build"
# shellcheck disable=SC2086  # a list of packages
npm install --silent --no-audit --no-fund --ignore-scripts $npm_fonts
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check fonttools==4.68.0 brotli==1.2.0
env/bin/python "$here/build_fonts.py" node_modules "$here/../web/static/fonts" "$here/../restitution/documents/pdf/templates/fonts"
