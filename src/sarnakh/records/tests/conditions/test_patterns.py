"""Patterns with wildcards, in memory and in the database."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib import text
from sarnakh.records.conditions.patterns import fits, pattern_of
from sarnakh.records.database import MANY, ONE, glob_pattern, like_pattern

SIGNS = st.text(alphabet="ab%_*?[]\\", max_size=8)


@given(pattern=SIGNS, subject=st.text(alphabet="ab%_*?[]\\", max_size=8))
def test_a_pattern_fits_as_its_regular_expression_would(
    pattern: str, subject: str
) -> None:
    marked = pattern.replace("%", MANY).replace("_", ONE)
    parts = {MANY: ".*", ONE: "."}
    expression = "".join(parts.get(sign, re.escape(sign)) for sign in marked)

    assert fits(subject, marked) == bool(re.fullmatch(expression, subject, re.DOTALL))


def test_many_wildcards_do_not_take_for_ever() -> None:
    assert not fits("a" * 5_000, (MANY + "a") * 50 + "b")


def test_a_percent_sign_that_folding_brings_forth_is_text() -> None:
    marked = pattern_of("۵۰٪ %", text.letters)

    assert fits("50% off", marked)
    assert not fits("500 off", marked)


def test_signs_of_the_database_are_escaped() -> None:
    assert like_pattern("50%_\\" + MANY + ONE) == "50\\%\\_\\\\%_"
    assert glob_pattern("a*?[b]" + MANY + ONE) == "a[*][?][[]b]*?"
