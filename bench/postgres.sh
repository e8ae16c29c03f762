#!/bin/sh
# A private PostgreSQL with its usual settings, for measuring:
#
#   bench/postgres.sh start FOLDER   makes it if need be, starts it, prints DATABASE_URL
#   bench/postgres.sh stop FOLDER
#
# FOLDER holds everything; remove it when done. PG_BIN names the programs' folder where
# they are not on the path. As root the server runs as PG_USER (postgres).
set -eu

[ $# -eq 2 ] || { sed -n '2,9p' "$0" >&2; exit 2; }
command=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
[ -n "$bin" ] || bin=$(dirname "$(command -v postgres)")
port=${PG_PORT:-54330}

run() {
    if [ "$(id -u)" = 0 ]; then
        chown "${PG_USER:-postgres}" "$folder"
        su "${PG_USER:-postgres}" -s /bin/sh -c "cd '$folder' && $1"
    else
        sh -c "cd '$folder' && $1"
    fi
}

case $command in
start)
    if [ ! -d "$folder/data" ]; then
        run "'$bin/initdb' -D data -U bench -A trust -E UTF8 --locale=C.UTF-8 >initdb.log"
    fi
    run "'$bin/pg_ctl' -D data -w -l server.log -o '-p $port -k $folder -h 127.0.0.1' start >/dev/null"
    run "'$bin/createdb' -h 127.0.0.1 -p $port -U bench bench 2>/dev/null || true"
    echo "DATABASE_URL=postgres://bench@127.0.0.1:$port/bench"
    ;;
stop)
    run "'$bin/pg_ctl' -D data -m fast stop >/dev/null"
    ;;
*)
    sed -n '2,9p' "$0" >&2
    exit 2
    ;;
esac
