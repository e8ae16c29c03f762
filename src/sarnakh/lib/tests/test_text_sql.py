"""PostgreSQL computes the same keys as Python, proved on a cluster of its own."""

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sarnakh.lib import text, text_sql

PAIRS = {
    "sarnakh_letters": text.letters,
    "sarnakh_search": text.searchable,
    "sarnakh_compact": text.compact,
    "sarnakh_sort": text.sort_key,
}


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    """A connection to a throw-away cluster that listens on a socket only."""
    psycopg = pytest.importorskip("psycopg")
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's initdb is not installed")
    as_owner: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        if shutil.which("runuser") is None:
            pytest.skip("cannot start PostgreSQL as root")
        as_owner = ["runuser", "-u", "postgres", "--"]
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o777)
    cluster = str(folder / "data")
    port = str(random.randint(20_000, 60_000))

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_owner, str(binaries / program), "-D", cluster, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )

    try:
        run("initdb", "--locale=C.UTF-8", "-E", "UTF8", "-A", "trust", "-U", "postgres")
        listen = f"-p {port} -k {folder} -c fsync=off -c listen_addresses=''"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", listen, "start")
        try:
            with psycopg.connect(
                host=str(folder), port=port, user="postgres", dbname="postgres"
            ) as connected:
                connected.execute(text_sql.postgres_functions())
                yield connected
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _corpus() -> list[str]:
    every = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]
    beyond = [chr(code) for code in range(0x10000, 0x20000, 7)]
    words = [
        "يحيي",
        "رؤيا",
        "خانۀ ما",
        "خانهٔ ما",
        "می‌نویسم",
        "می نویسم abc",
        "۱٬۲۳۴٫۵ ﷼",
        "ﻻ ﷺ",
        "Straße ΣΊΣΥΦΟΣ İI ıi",
        "á\u0301\u064b\u200db e\u200d\u0301",
        "한국어 が ｶﾞ क़",
        "آب آتش اَب",
    ]
    chosen = random.Random(7)
    pool = [
        *map(chr, range(0x20, 0x250)),
        *map(chr, range(0x300, 0x400)),
        *map(chr, range(0x600, 0x700)),
        *map(chr, range(0x600, 0x700)),
        *map(chr, range(0x2000, 0x2070)),
        *map(chr, range(0xFB50, 0xFBFF)),
        *map(chr, range(0x1100, 0x1200)),
    ]
    mixed = [
        "".join(chosen.choice(pool) for _ in range(chosen.randint(1, 12)))
        for _ in range(4000)
    ]
    around = [f"a{char}ب" for char in every[:0x3000]]
    return words + every + beyond + mixed + around


def test_python_and_postgresql_agree_on_every_character(connection: Any) -> None:
    corpus = _corpus()
    connection.execute("CREATE TEMP TABLE corpus (number int, value text)")
    with connection.cursor().copy("COPY corpus FROM STDIN") as copy:
        for number, value in enumerate(corpus):
            copy.write_row((number, value))
    for name, key in PAIRS.items():
        query = f"SELECT value, {name}(value) FROM corpus"
        rows = connection.execute(query).fetchall()
        assert len(rows) == len(corpus)
        wrong = [(value, found) for value, found in rows if found != key(value)]
        assert not wrong[:5], name


def test_the_functions_can_carry_an_index_and_keep_null(connection: Any) -> None:
    connection.execute("CREATE TEMP TABLE people (name text)")
    for name in text_sql.FUNCTION_NAMES:
        connection.execute(f"CREATE INDEX ON people ({name}(name))")
        assert connection.execute(f"SELECT {name}(NULL)").fetchone() == (None,)


def test_the_sql_is_plain_ascii_without_percent_signs() -> None:
    sql = text_sql.postgres_functions()
    assert sql.isascii()
    assert "%" not in sql
    assert all(name in text_sql.drop_functions() for name in PAIRS)
