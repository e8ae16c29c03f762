"""Every screen in a browser: no script error, no foreign request, axe content."""

import pytest

from sarnakh.config.screens import SCREENS
from tests.journeys.conftest import serious
from tests.people import World

pytestmark = pytest.mark.browser


def paths(world: World) -> list[str]:
    """Every kind of page once."""
    found = [f"/{screen.slug}/" for screen in SCREENS]
    found += [
        "/pipeline/?view=list&g=stage",
        "/pipeline/?view=board",
        f"/pipeline/{world.leads['mine'].pk}",
        f"/pipeline/{world.leads['lost'].pk}",
        "/pipeline/new",
        "/pipeline/filter?view=list",
        f"/contacts/{world.samples['contacts'].pk}",
        "/rental/schedule",
        "/rental/schedule?span=month",
        f"/rentals/{world.samples['rentals'].pk}",
        f"/deliveries/{world.samples['deliveries'].pk}",
        "/activities/mine",
        "/discussion/inbox",
        "/profile/",
        "/exchange/import/leads/",
    ]
    return found


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_screen_has_a_fault_or_a_serious_barrier(
    as_person, world: World, language: str, width: int
):
    page = as_person("manager", width=width)
    user = world.users["manager"]
    user.language = language
    user.save(update_fields=["language"])
    wrong = {}

    for path in paths(world):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        direction = page.locator("html").get_attribute("dir")
        found = serious(page) + list(page.faults)
        page.faults.clear()
        if direction != ("rtl" if language == "fa" else "ltr"):
            found.append(f"dir={direction}")
        if page.evaluate("document.documentElement.scrollWidth") > width + 1:
            found.append("wider than the screen")
        if found:
            wrong[path] = found

    assert wrong == {}


def test_the_log_in_page_is_open_to_everybody(open_page, world: World):
    page = open_page()
    for language in ("fa", "ar", "en"):
        page.goto(f"/accounts/login/?lang={language}")
        assert page.locator("html").get_attribute("lang") == language
        assert serious(page) == []
    assert page.faults == []
