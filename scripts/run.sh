#!/bin/sh
# Everything from a bare checkout to a server: environment, database, demonstration when the database is empty.
set -eu
cd "$(dirname "$0")/.."
export PORT="${PORT:-8000}" DATA="${DATA:-instance}"

stop() {
    echo "$@" >&2
    exit 1
}

# Told before anything is installed, so that nobody waits for a refusal.
python=$(scripts/python.sh)
"$python" -c 'import sys; sys.exit(not 1 <= int(sys.argv[1]) <= 65535)' "$PORT" 2>/dev/null ||
    stop "PORT doit être un nombre de 1 à 65535, et non « $PORT » : par exemple « PORT=8001 make run »."
"$python" -c 'import socket, sys; socket.create_server(("127.0.0.1", int(sys.argv[1])))' "$PORT" 2>/dev/null ||
    stop "Le port $PORT est déjà pris ou interdit : choisissez-en un autre, par exemple « PORT=$((PORT == 8001 ? 8002 : 8001)) make run »."
{ mkdir -p "$DATA" && [ -w "$DATA" ]; } 2>/dev/null ||
    stop "Grille ne peut pas écrire dans le dossier $DATA : donnez-lui ce droit, ou choisissez-en un autre avec « DATA=/chemin make run »."

scripts/environment.sh requirements.txt
.venv/bin/python -m flask --app app database migrate
[ "${DEMO:-1}" = 0 ] || .venv/bin/python -m flask --app app demo || echo "Grille démarre sans démonstration." >&2
exec .venv/bin/python app.py
