#!/bin/sh
# Debian's Chromium, PostgreSQL, Redis, nginx and Caddy, which the tests use, and what they can do without: Java, npm and
# Prometheus check the HTML and the alerts, and a page costs Chromium's headless shell a sixth of the time that it costs
# `chromium`, which has a window to draw. Install them where allowed, else say what is missing.
set -eu

missing=""
useful=""
if ! command -v chromium-headless-shell >/dev/null; then
    if command -v chromium >/dev/null; then useful="chromium-headless-shell"; else missing="chromium-headless-shell"; fi
fi
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb /opt/homebrew/opt/postgresql@*/bin/initdb 2>/dev/null |
    grep -q . || missing="$missing postgresql"
command -v redis-server >/dev/null || missing="$missing redis-server"
command -v nginx >/dev/null || missing="$missing nginx-light"
command -v caddy >/dev/null || missing="$missing caddy"
command -v curl >/dev/null || missing="$missing curl"
command -v java >/dev/null || useful="$useful default-jre-headless"
command -v npm >/dev/null || useful="$useful npm"
command -v promtool >/dev/null || useful="$useful prometheus"
[ -z "$missing$useful" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $missing $useful …"
    # shellcheck disable=SC2086
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        $missing $useful fonts-dejavu-core >/dev/null && exit 0
fi
if [ -n "$missing" ]; then
    echo "The tests need these programs; install them (so are their packages called in Debian) and try again: $missing" >&2
    exit 1
fi
echo "Some checks are left out, or take longer, without these Debian packages: $useful"
