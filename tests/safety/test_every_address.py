"""Every address of the product: log-in first, safe headers, no change by reading."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from sarnakh.crm.models import Lead
from sarnakh.records.models import Change
from tests.people import World

# Addresses that strangers may open, each with its reason.
OPEN = {
    "accounts/login/": "to log in",
    "accounts/password/reset/": "to ask for a new password",
    "accounts/password/reset/done/": "the answer to that",
    "accounts/password/reset/sent/": "the answer to that",
    "accounts/inactive/": "says that an account is archived",
    "link/<str:token>/": "invitations and resets",
    "sales/terms/<int:company>": "what customers agree to",
    "p/<str:token>/": "a customer's page behind a secret link",
    "p/<str:token>/<slug:action>": "the same",
    "pay/<str:opaque>": "the way back from a payment provider",
    "bank/<str:opaque>": "the invented bank of the demo",
    "healthz": "whether the process lives",
    "readyz": "whether it can work",
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def addresses() -> list[str]:
    """Every route of the product."""
    found: list[str] = []

    def walk(patterns: list, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                found.append(route)

    walk(get_resolver().url_patterns, "")
    return sorted(set(found))


def filled(route: str) -> str:
    """An address with something in every place."""
    values = {"int": "1", "str": "x", "slug": "leads", "path": "x", "uuid": "0" * 32}
    route = re.sub(r"<(\w+):\w+>", lambda m: values.get(m[1], "1"), route)
    return "/" + re.sub(r"[\^$]|\\Z", "", route)


def test_strangers_are_sent_to_the_log_in(world: World):
    browser = world.client("anonymous")
    wrong = []

    for route in addresses():
        answer = browser.get(filled(route))
        if route.startswith("api/"):
            fine = answer.status_code in {401, 404, 405}
        elif route in OPEN or not route:
            fine = answer.status_code < 500
        elif answer.status_code == 302:
            fine = "login" in answer["Location"]
        else:
            fine = answer.status_code in {301, 404, 405}
        if not fine:
            wrong.append((route, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("role", ["anonymous", "manager"])
def test_every_answer_carries_the_safety_headers(world: World, role: str):
    browser = world.client(role)
    wrong = []

    for route in addresses():
        answer = browser.get(filled(route))
        policy = answer.headers.get("Content-Security-Policy", "")
        missing = [
            name
            for name, start in HEADERS.items()
            if not answer.headers.get(name, "").startswith(start)
            and not (name == "Content-Security-Policy" and "sandbox" in policy)
        ]
        if missing or answer.status_code >= 500:
            wrong.append((route, answer.status_code, missing))

    assert wrong == []


def test_reading_every_page_changes_nothing(world: World):
    browser = world.client("manager")
    leads = list(Lead.objects.order_by("pk").values())
    changes = Change.objects.count()

    for route in addresses():
        browser.get(filled(route))

    assert list(Lead.objects.order_by("pk").values()) == leads
    assert Change.objects.count() == changes


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(world: World):
    from sarnakh.accounts.tests.factories import log_in

    browser = world.client("anonymous")
    log_in(browser, world.users["own"])

    cookie = browser.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("path", ["/", "/nothing-here", "/pipeline/999999"])
def test_error_pages_are_plain_and_safe(world: World, path: str):
    answer = world.client("manager").get(path)

    assert answer.status_code in {302, 404}
    assert "Traceback" not in answer.content.decode()
