#!/bin/sh
# Debian's chromium, PostgreSQL, Redis, nginx and Caddy, which the tests use, and Java, npm and
# Prometheus, without which the HTML and the alerts go unchecked: install them where allowed, else say what is missing.
set -eu

missing=""
command -v chromium >/dev/null || missing="chromium"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb /opt/homebrew/opt/postgresql@*/bin/initdb 2>/dev/null |
    grep -q . || missing="$missing postgresql"
command -v redis-server >/dev/null || missing="$missing redis-server"
command -v nginx >/dev/null || missing="$missing nginx-light"
command -v caddy >/dev/null || missing="$missing caddy"
command -v curl >/dev/null || missing="$missing curl"
useful=""
command -v java >/dev/null || useful="default-jre-headless"
command -v npm >/dev/null || useful="$useful npm"
command -v promtool >/dev/null || useful="$useful prometheus"
[ -z "$missing$useful" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $missing $useful …"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing $useful fonts-dejavu-core >/dev/null
elif [ -n "$missing" ]; then
    echo "The tests need these programs; install them (so are their packages called in Debian) and try again: $missing" >&2
    exit 1
else
    echo "The HTML or the alerts go unchecked without these Debian packages: $useful"
fi
