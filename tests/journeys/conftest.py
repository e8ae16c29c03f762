"""A real browser on the real product."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sarnakh.accounts.tests.factories import PASSWORD
from tests.people import World, make_world

# The driver runs its own event loop in this thread; our calls are not inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = Path(__file__).resolve().parents[2] / "build" / "test" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without one these tests are skipped, loudly."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        warnings.warn("NO BROWSER FOUND: the journeys are not tested", stacklevel=1)
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def world(transactional_db: None) -> World:
    """The people of the tests, reading Persian."""
    found = make_world()
    for user in found.users.values():
        user.language, user.digits, user.calendar = "fa", "fa", "jalali"
        user.save(update_fields=["language", "digits", "calendar"])
    return found


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """Opens pages that note everything that should not happen on them."""
    contexts = []

    def opened(width: int = 1440, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=live_server.url,
            locale="fa-IR",
            timezone_id="Asia/Tehran",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.faults = []  # type: ignore[attr-defined]
        page.on(
            "console",
            lambda message: (
                page.faults.append(message.text)  # type: ignore[attr-defined]
                if message.type == "error" and "status of 4" not in message.text
                else None
            ),
        )
        page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
        page.on(
            "request",
            lambda request: (
                page.faults.append(request.url)  # type: ignore[attr-defined]
                if not request.url.startswith((live_server.url, "data:", "blob:"))
                else None
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def as_person(open_page: Any, world: World) -> Any:
    """A page on which a person has logged in through the log-in form."""

    def logged_in(role: str, **options: Any) -> Page:
        page = open_page(**options)
        page.goto("/accounts/login/?lang=fa")
        page.fill("[name=login]", world.users[role].email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/pipeline/**")
        return page

    return logged_in


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on a page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']}))"
        ".violations.filter(v => ['serious', 'critical'].includes(v.impact))"
        ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target).join(' | '))"
    )
    return list(found)
