#!/bin/sh
# Renders the documents of a campaign to pictures, to look at: scripts/render-documents.sh http://127.0.0.1:8000 SLUG [FOLDER]
# Needs: apt install libreoffice-impress libreoffice-calc poppler-utils
set -eu
site=$1 slug=$2 folder=${3:-rendered}
mkdir -p "$folder"
for kind in pdf pptx xlsx; do
    curl --fail --silent --show-error --output "$folder/$slug.$kind" "$site/restitution/$slug/documents/$kind"
done
pdftoppm -r 80 -png "$folder/$slug.pdf" "$folder/$slug-report"
for kind in pptx xlsx; do
    mkdir -p "$folder/$kind"
    soffice --headless --convert-to pdf --outdir "$folder/$kind" "$folder/$slug.$kind" >/dev/null
    pdftoppm -r 60 -png "$folder/$kind/$slug.pdf" "$folder/$slug-$kind"
done
ls "$folder"
