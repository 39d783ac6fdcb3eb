#!/bin/sh
# Tries Grille on a Debian that has git and make, and nothing else: scripts/bare-debian.sh SUITE [TARGET…]
#   SUITE    bookworm or trixie
#   TARGET   of make, tried in that order; without any: run, then test. « run » is first refused, in one line, to somebody
#            who may not install Python; then the server starts and its home page is opened, twice, the second time
#            where no name can be resolved.
# The last commit is tried, not what is being written. As root, with debootstrap. The Debian is kept under BARE
# (/var/tmp/grille-bare) and copied anew each time; what is mounted in it is gone when the script ends.
set -eu
cd "$(dirname "$0")/.."

stop() {
    echo "$@" >&2
    exit 1
}

suite=${1:-}
case $suite in
bookworm | trixie) shift ;;
*) stop "Dites quelle Debian essayer : « scripts/bare-debian.sh bookworm » ou « scripts/bare-debian.sh trixie »." ;;
esac
[ "$(id -u)" -eq 0 ] || stop "Il faut être root pour installer une Debian dans un dossier."
folder=${BARE:-/var/tmp/grille-bare}
base=$folder/$suite-base root=$folder/$suite
mkdir -p "$folder"
exec 9>"$folder/$suite.lock"
flock -n 9 || stop "Un autre essai de Debian $suite tourne déjà dans $folder : attendez-le, ou donnez un autre dossier (BARE=…)."
command -v debootstrap >/dev/null || scripts/debian.sh debootstrap || stop "debootstrap manque : installez-le avec « apt install debootstrap »."

# The archive that this machine installs from, or else debootstrap's own.
mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1
}

if [ ! -e "$base/etc/debian_version" ]; then
    rm -rf "$base.part"
    debootstrap --variant=minbase --include=git,make,ca-certificates "$suite" "$base.part" "$(mirror)" >"$base.log" ||
        stop "debootstrap a échoué, voir $base.log."
    mv "$base.part" "$base"
fi
rm -rf "$root"
cp -a "$base" "$root"

# How this machine reaches the network: its names, its certificates, and what apt was told.
for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "$file" ] || cp -L "$file" "$root$file"
done
apt-config dump | grep -E '^Acquire::(https?|ftp|Check|Retries)' >"$root/etc/apt/apt.conf.d/00machine" || true
[ ! -e "$HOME/.npmrc" ] || cp -L "$HOME/.npmrc" "$root/root/.npmrc"
git clone -q --no-hardlinks . "$root/srv/grille"
cp scripts/bare-inside.sh "$root/srv/inside.sh"

[ $# -gt 0 ] || set -- run test
tried=$*
set -- chroot "$root" /srv/inside.sh "$@"
for name in PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_CERT PIP_DEFAULT_TIMEOUT npm_config_registry NODE_EXTRA_CA_CERTS OPENBLAS_CORETYPE OPENBLAS_L2_SIZE \
    http_proxy https_proxy no_proxy; do
    value=$(printenv "$name") && set -- "$name=$value" "$@"
done
unshare --mount --pid --fork --kill-child sh -eu -c '
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    mount -t tmpfs tmpfs "$1/tmp"
    shift
    exec "$@"' sh "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"
echo "Debian $suite : $tried a réussi."
