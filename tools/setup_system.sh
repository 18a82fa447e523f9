#!/bin/sh
# System packages on Debian: Qt's libraries and the light verifiers of the suite; with `outside` those of tests/outside too.
# Installed where we may, else the one command is printed.
set -eu
[ "$(uname -s)" = Linux ] || exit 0
command -v dpkg-query >/dev/null 2>&1 || exit 0
packages="libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfreetype6 libfontconfig1 libdbus-1-3 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 poppler-utils openssl xmlsec1 libnss3-tools"
[ "${1:-}" != outside ] || packages="$packages libreoffice-calc python3-uno softhsm2 postgresql xvfb dbus-daemon openbox ibus ibus-libpinyin xdotool"
missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "请先由管理员运行 / run once as administrator:" >&2
    echo "    sudo apt-get install$missing" >&2
fi
