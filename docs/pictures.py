"""Make the pictures of the documentation from a demo that runs for this only.

    .venv/bin/python docs/pictures.py             all of them
    .venv/bin/python docs/pictures.py board-fa    only those that are named

The demo gets a port and a data folder of its own, and both are gone afterwards.
Playwright drives the Chromium that is installed (one of NAMES). pngquant makes the
pictures smaller where it is present; without it they must fit as they are.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDE, PHONE = (1440, 860), (390, 780)
SELLER = "sales-manager"
SENT = "/quotations/?view=list&f=quotations"
GROUPED = "/pipeline/?view=list&f=mine&g=stage"
# Whoever clones the source loads every picture.
LARGEST = 250_000
# Seconds for the set-up, the loading of the demo and the first answer.
PATIENCE = 600


@dataclass(frozen=True)
class Picture:
    """What to look at, as whom, and what to do before the shot."""

    name: str
    language: str
    path: str
    size: tuple[int, int] = WIDE
    scheme: str = "light"
    role: str = ""
    before: Callable[[Page], None] | None = None


def first_card(page: Page) -> None:
    """Open the first opportunity of the third column."""
    page.goto(page.locator(".column").nth(2).locator(".card h3 a").first.evaluate(
        "link => link.href"
    ))  # fmt: skip


def search_menu(page: Page) -> None:
    """Open the menu of filters, groupings and favourites."""
    page.locator("summary.search-open").click()


def sent(page: Page) -> None:
    """Open the newest quotation that a customer has."""
    row = page.locator(
        "tbody tr", has_text=re.compile("ارسال شده|Quotation sent")
    ).first
    page.goto(row.locator("a").first.evaluate("link => link.href"))


def paid(page: Page) -> None:
    """Open the newest invoice that is paid."""
    row = page.locator("tbody tr", has_text=re.compile(r"^\s*INV/.*پرداخت‌شده")).first
    page.goto(row.locator("a").first.evaluate("link => link.href"))


def as_customer(page: Page) -> None:
    """The page that its customer sees."""
    sent(page)
    number = page.url.split("?")[0].rsplit("/", 1)[1]
    page.goto(f"/sales/preview/{number}")


PICTURES = (
    Picture("dashboard-fa", "fa", "/dashboard/", role=SELLER),
    Picture("quotation-fa", "fa", SENT, role=SELLER, before=sent),
    Picture("quotation-en", "en", SENT, scheme="dark", before=sent),
    Picture("preview-phone-fa", "fa", SENT, PHONE, role=SELLER, before=as_customer),
    Picture("rental-schedule-fa", "fa", "/rental/schedule", role=SELLER),
    Picture("invoice-fa", "fa", "/invoices/?view=list", role=SELLER, before=paid),
    Picture("team-fa", "fa", "/teams/1", role=SELLER),
    Picture("board-fa", "fa", "/pipeline/", role=SELLER),
    Picture("board-en", "en", "/pipeline/", scheme="dark"),
    Picture("board-phone-fa", "fa", "/pipeline/", PHONE, role=SELLER),
    Picture("record-fa", "fa", "/pipeline/", role=SELLER, before=first_card),
    Picture("record-en", "en", "/pipeline/", before=first_card),
    Picture("record-phone-en", "en", "/pipeline/", PHONE, "dark", before=first_card),
    Picture("search-fa", "fa", GROUPED, role=SELLER, before=search_menu),
    Picture("search-en", "en", GROUPED, before=search_menu),
)


def main(wanted: list[str]) -> int:
    """Make the pictures; 1 when one of them is too large."""
    chosen = [one for one in PICTURES if not wanted or one.name in wanted]
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="sarnakh-pictures-") as data,
        demo(Path(data)) as site,
        chromium() as browser,
    ):
        logins = json.loads((Path(data) / "demo-logins.json").read_text("utf-8"))
        for picture in chosen:
            take(picture, browser, site, logins)
    sizes = {one.name: path_of(one).stat().st_size for one in chosen}
    for name, size in sizes.items():
        sys.stdout.write(f"{name}.png: {size // 1000} kB\n")
    return 1 if any(size > LARGEST for size in sizes.values()) else 0


@contextlib.contextmanager
def demo(data: Path) -> Iterator[str]:
    """A demo server with a folder of its own; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    command = [sys.executable, str(ROOT / "sarnakh"), "demo", "--port", str(port)]
    foreign = ("SARNAKH_ADDRESS", "SARNAKH_PRODUCTION", "DATABASE_URL")
    environment = {name: os.environ[name] for name in os.environ.keys() - foreign}
    environment["SARNAKH_DATA"] = str(data)
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(site, server)
        yield site
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def wait_for(site: str, server: subprocess.Popen[bytes]) -> None:
    """Return when pages are answered; SystemExit when that will not happen."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urlopen(f"{site}/readyz") as answer:  # noqa: S310
            if answer.status == 200:
                return
        time.sleep(0.5)
    raise SystemExit("The demo did not start.")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The installed browser."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit(f"No browser was found; looked for {', '.join(NAMES)}.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def take(
    picture: Picture, browser: Browser, site: str, logins: list[dict[str, str]]
) -> None:
    """Log in, go there, and write the picture."""
    login = next(
        one
        for one in logins
        if one["language"] == picture.language and picture.role in ("", one["role"])
    )
    width, height = picture.size
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"/accounts/login/?lang={picture.language}")
    page.fill("[name=login]", login["email"])
    page.fill("[name=password]", login["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/pipeline/**")
    page.goto(picture.path)
    if picture.before:
        picture.before(page)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path_of(picture), animations="disabled")
    context.close()
    shrink(path_of(picture))


def shrink(path: Path) -> None:
    """Fewer colours, where pngquant is installed."""
    if program := shutil.which("pngquant"):
        command = [program, "--force", "--skip-if-larger", "--output", str(path)]
        subprocess.run([*command, str(path)], check=False)


def path_of(picture: Picture) -> Path:
    """Where a picture lies."""
    return FOLDER / f"{picture.name}.png"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
