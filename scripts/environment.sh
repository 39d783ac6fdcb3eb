#!/bin/sh
# Creates .venv/ and installs the requirements file named into it, each only when it is needed: no network otherwise.
set -eu
cd "$(dirname "$0")/.."
requirements=${1:-requirements.txt}

stop() {
    echo "$@" >&2
    exit 1
}

is_installed() {
    .venv/bin/python -c '' 2>/dev/null && cmp -s "$requirements" ".venv/installed-$requirements"
}

can_write() {
    [ -w . ] && { [ ! -e .venv ] || [ -w .venv ]; }
}

create() {
    python=$(scripts/python.sh)
    "$python" -c 'import ensurepip, venv' 2>/dev/null || add_venv "$python"
    echo "Création de l’environnement dans .venv/…"
    "$python" -m venv --clear .venv || stop "L’environnement .venv/ n’a pas pu être créé : voyez le message ci-dessus."
}

add_venv() {
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    scripts/debian.sh "$package" && "$1" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "Il manque à $1 de quoi créer un environnement : installez-le avec « apt install $package », puis recommencez."
}

install() {
    echo "Installation de $requirements, une minute environ…"
    rm -f .venv/installed-*
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "$requirements" ||
        stop "L’installation de $requirements a échoué : vérifiez l’accès au réseau et la place sur le disque, puis recommencez."
    # The development requirements hold the others.
    for name in requirements.txt "$requirements"; do
        cp "$name" ".venv/installed-$name.part"
        mv ".venv/installed-$name.part" ".venv/installed-$name"
    done
}

is_installed && exit 0
can_write || stop "Grille ne peut pas écrire dans le dossier $PWD, où elle crée .venv/ : donnez-lui ce droit, ou copiez-la ailleurs."
.venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || create
install
