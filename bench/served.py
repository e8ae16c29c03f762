"""The server as people start it: its start, its memory, its pace, and a browser."""

import argparse
import http.client
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import product
from people import Visitor

WORKERS = 2
HEADER = "| measure | value | aim | |\n|---|--:|--:|---|"


def measure(options: argparse.Namespace, boss: Visitor, seller: Visitor) -> None:
    """Do what the options ask for, against a server of our own."""
    print(HEADER, flush=True)
    if options.start:
        times = [_first_answer(options.port) for _ in range(5)]
        row("start to first answer (s)", statistics.median(times), 1.5, digits=2)
    if not (options.http or options.memory or options.browser):
        return
    with server(options.port) as process:
        if options.memory:
            _memory(process.pid)
        if options.http:
            _pace(options.port, boss, seller)
        if options.browser:
            import browsing

            browsing.measure(options.port, boss)


def row(
    name: str, value: float, aim: float | None, *, most: bool = True, digits: int = 0
) -> None:
    """Print a line; `most` says that the aim is a maximum."""
    verdict = ""
    if aim is not None:
        is_met = value <= aim if most else value >= aim
        verdict = "met" if is_met else "**missed**"
    sign = "" if aim is None else f"{'≤' if most else '≥'} {aim:,.{digits}f}"
    print(f"| {name} | {value:,.{digits}f} | {sign} | {verdict} |", flush=True)


@contextmanager
def server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server with two workers; it ends with the block."""
    command = [sys.executable, str(product.ROOT / "manage.py"), "serve"]
    command += ["--port", str(port), "--workers", str(WORKERS)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env=os.environ, start_new_session=True
    )
    try:
        _wait(port, process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            if get(port, "/accounts/login/")[0] == 200:
                return
        except OSError:
            time.sleep(0.005)
    raise SystemExit("The server did not start.")


def get(port: int, path: str, cookie: str = "") -> tuple[int, bytes]:
    """Status and body of one request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    return answer.status, answer.read()


def _first_answer(port: int) -> float:
    started = time.perf_counter()
    with server(port):
        return time.perf_counter() - started


# --- memory ---------------------------------------------------------------------


def _memory(parent: int) -> None:
    """What the processes share counts once: PSS, as the kernel adds it up."""
    # Both workers have answered something.
    time.sleep(5)
    total = sum(_proportional(pid) for pid in (parent, *_children(parent)))
    row(f"memory, idle, {WORKERS} workers and jobs (MB, PSS)", total / 1000, 150)


def _proportional(pid: int) -> int:
    """Kilobytes of a process, shared pages divided among those who share them."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1])


def _children(parent: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        for word in (task / "children").read_text(encoding="ascii").split():
            found += [int(word), *_children(int(word))]
    return found


# --- pace -----------------------------------------------------------------------


def _pace(port: int, boss: Visitor, seller: Visitor) -> None:
    """Mixed reads by 1, 4 and 16 clients who ask again as soon as they are answered."""
    wishes = [
        (seller, "/pipeline/?view=board&f=mine"),
        (seller, "/pipeline/?view=list&f=mine"),
        (boss, "/pipeline/?view=list"),
        (boss, "/pipeline/?view=list&q=text%3Asepehr"),
        (boss, "/pipeline/?view=list&o=-expected_revenue"),
        (seller, "/activities/mine"),
        (seller, "/contacts/"),
        (boss, f"/pipeline/{_some_lead()}"),
    ]
    asked = [(path, who.cookie) for who, path in wishes]
    for path, cookie in asked * 4:
        status, _body = get(port, path, cookie)
        if status != 200:
            raise SystemExit(f"{path} answers {status}.")
    for clients, aim in ((1, None), (4, None), (16, 100)):
        times = _crowd(port, asked, clients)
        rate = len(times) / SECONDS
        row(
            f"mixed reads, {clients} clients (requests a second)", rate, aim, most=False
        )
        print(f"|   their median answer (ms) | {statistics.median(times):,.0f} | | |")


SECONDS = 10.0


def _crowd(port: int, asked: list[tuple[str, str]], clients: int) -> list[float]:
    until = time.perf_counter() + SECONDS
    times: list[float] = []

    def visit(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        turn = first
        while time.perf_counter() < until:
            path, cookie = asked[turn % len(asked)]
            started = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} answers {answer.status}.")
            times.append((time.perf_counter() - started) * 1000)
            turn += 1

    threads = [threading.Thread(target=visit, args=(n * 3,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _some_lead() -> int:
    import truth

    return truth.number(f"SELECT MIN(id) FROM crm_lead WHERE {truth.OPEN}")
