"""The board in a browser that has seen nothing of us yet."""

import statistics
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from people import Visitor
from served import row

RUNS = 5
# Notes the moment at which a painted frame first holds a card.
WATCH = """
const look = () => {
    const card = document.querySelector('.card');
    if (card && card.getBoundingClientRect().height > 0) {
        requestAnimationFrame(() => { window.cardsAt = performance.now(); });
    } else {
        requestAnimationFrame(look);
    }
};
requestAnimationFrame(look);
"""


def measure(port: int, who: Visitor) -> None:
    """Cards visible, bytes and requests; the median of several cold visits."""
    with sync_playwright() as playwright:
        browser = _launched(playwright)
        visits = [_visit(browser, port, who) for _ in range(RUNS)]
        browser.close()
    seconds, size, requests = (
        statistics.median(values) for values in zip(*visits, strict=True)
    )
    row("browser, board, cold cache: cards visible (s)", seconds, 0.8, digits=2)
    row("browser, board, cold cache: kB", size / 1000, 300)
    row("browser, board, cold cache: requests", requests, 12)


def _launched(playwright: Any) -> Browser:
    """The system's Chromium, else the one that Playwright brought."""
    for path in ("/usr/bin/chromium", "/usr/bin/google-chrome", None):
        try:
            return playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox"]
            )
        except Exception as error:
            reason = error
    raise SystemExit(f"No browser: {reason}")


def _visit(browser: Browser, port: int, who: Visitor) -> tuple[float, float, float]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    name, _sign, value = who.cookie.partition("=")
    address = f"http://127.0.0.1:{port}"
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.add_init_script(WATCH)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on(
        "Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"])
    )
    page.goto(f"{address}/pipeline/?view=board", wait_until="networkidle")
    page.wait_for_function("window.cardsAt")
    seconds = page.evaluate("window.cardsAt") / 1000
    context.close()
    return seconds, sum(sizes), float(len(sizes))
