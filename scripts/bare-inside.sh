#!/bin/sh
# What scripts/bare-debian.sh does once inside: each target of make in turn.
set -eu
cd /srv/grille
export PORT=$((20000 + $(date +%s) % 10000))

# Whoever may not install Python reads one line that says what to install.
refused() {
    ! su -s /bin/sh -c 'make run' nobody >/srv/refused 2>&1
    cat /srv/refused
    [ "$(grep -cv '^make: ' /srv/refused)" = 1 ]
    grep -q 'apt install python3 python3-venv' /srv/refused
}

# The title of the home page, as soon as it answers; nothing when the server has stopped.
home_page() {
    while kill -0 "$1" 2>/dev/null; do
        python3 -c 'import re, sys, urllib.request as web
page = web.urlopen(sys.argv[1]).read().decode()
print(re.search("<title>(.*?)</title>", page, re.DOTALL)[1].strip())' "http://127.0.0.1:$PORT/" 2>/dev/null && return 0
        sleep 1
    done
    return 1
}

run() {
    make run &
    server=$!
    home_page "$server"
    kill "$server"
    wait "$server" || true
}

run_without_network() {
    cp /etc/resolv.conf /srv/resolv.conf
    : >/etc/resolv.conf
    run
    cp /srv/resolv.conf /etc/resolv.conf
}

for target; do
    echo "== make $target"
    if [ "$target" = run ]; then
        command -v python3 >/dev/null || refused
        run
        run_without_network
    else
        make "$target"
    fi
done
