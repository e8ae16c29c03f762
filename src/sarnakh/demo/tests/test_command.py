"""`demo` on the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sarnakh.demo.logins import Login


def run(**options: object) -> str:
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()


def test_a_later_start_prints_the_same_log_ins(demo: list[Login]) -> None:
    told = run()
    for one in demo:
        assert f"{one.email} " in told
        assert f" {one.password} " in told
    assert "Loading" not in told


def test_the_wanted_language_comes_first(demo: list[Login]) -> None:
    lines = run(language="ar").splitlines()
    assert lines[1].split()[:2] == ["Arabic", "layla@sidra.example"]


def test_a_production_system_is_left_alone(demo: list[Login], settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="production"):
        run()
