"""Inputs are written by hand, so what people typed must not become markup."""

from types import SimpleNamespace

import pytest

from sarnakh.lib.profile import Profile
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field
from sarnakh.screens import drawing
from sarnakh.screens.inputs import Input

EVIL = "\"><script>'</script>"
PROFILE = Profile(language="en")


class Linked(SimpleNamespace):
    pk = 7
    tone = 3

    def __str__(self) -> str:
        return EVIL


def made(kind: Kind, widget: str = "", *, is_read_only: bool = False) -> Input:
    is_link = kind in {Kind.LINK, Kind.LINKS}
    return Input(
        field=Field(
            name="n", kind=kind, label=EVIL, column="n", widget=widget, help=EVIL
        ),
        name="n",
        text="" if kind == Kind.RICH_TEXT else EVIL,
        value=Linked() if is_link else EVIL,
        items=[Linked()],
        errors=[EVIL],
        is_read_only=is_read_only,
        options=[(0, EVIL), (1, EVIL), (EVIL, EVIL)],
        url=f"/contacts/7?{EVIL}",
        currency="USD",
        may_create=True,
    )


@pytest.mark.parametrize("is_read_only", [False, True])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.PROPERTIES])
def test_no_kind_of_input_lets_markup_through(kind: Kind, is_read_only: bool) -> None:
    drawn = drawing.field(made(kind, is_read_only=is_read_only), "/leads/", PROFILE)
    assert "<script" not in drawn
    assert '""' not in drawn.replace('=""', "")


@pytest.mark.parametrize("widget", ["email", "phone", "url", "percent"])
def test_no_widget_lets_markup_through(widget: str) -> None:
    drawn = drawing.field(made(Kind.TEXT, widget), "/leads/", PROFILE)
    assert "<script" not in drawn


@pytest.mark.parametrize("widget", ["stars", "tone"])
def test_stars_and_colours_hold_no_markup_either(widget: str) -> None:
    one = made(Kind.INTEGER, widget)
    one.options = [(0, EVIL), (1, EVIL)]
    one.value = 1
    drawn = drawing.field(one, "/leads/", PROFILE)
    assert "<script" not in drawn
    assert drawn.count(" checked") == 1
