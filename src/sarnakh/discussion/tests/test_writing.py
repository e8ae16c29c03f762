"""Typed text becomes safe HTML and comes back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.discussion.mentions import named
from sarnakh.discussion.writing import from_plain, is_empty, to_plain
from sarnakh.lib.text import clean
from sarnakh.records.rich_text import sanitized


def test_lines_become_breaks_and_blank_lines_paragraphs() -> None:
    assert from_plain("one\ntwo\n\n\nthree") == "<p>one<br>two</p><p>three</p>"


def test_markup_in_typed_text_stays_text() -> None:
    assert from_plain("<b>x</b> & y") == "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>"


@pytest.mark.parametrize(
    ("text", "link", "rest"),
    [
        ("see https://a.ir/x.", "https://a.ir/x", "."),
        ("(https://a.ir/x)", "https://a.ir/x", ")"),
        ("https://a.ir/x_(y)", "https://a.ir/x_(y)", ""),
        ("نشانی: https://a.ir/x، بعد", "https://a.ir/x", "، بعد"),
        ('https://a.ir/?q=1&b="2"', "https://a.ir/?q=1&amp;b=", "&quot;2&quot;"),
    ],
)
def test_addresses_become_links(text: str, link: str, rest: str) -> None:
    html = from_plain(text)
    assert f'<a href="{link}" dir="ltr">{link}</a>{rest}' in html


def test_other_schemes_do_not_become_links() -> None:
    assert "<a" not in from_plain("javascript:alert(1) data:text/html,x ftp://a.ir")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_words_survive_the_way_there_and_back(text: str) -> None:
    kept = to_plain(sanitized(from_plain(clean(text))))
    assert kept.split() == clean(text).split()


def test_long_closing_signs_take_no_time() -> None:
    started = time.monotonic()
    from_plain("https://a.ir/" + ")" * 90_000 + "x" + ")." * 5_000)
    assert time.monotonic() - started < 1


def test_emptiness_is_seen_through_markup() -> None:
    assert is_empty("<p><br></p><div> </div>")
    assert not is_empty('<p><img src="cid:1" alt=""></p>')


NAMES = {1: "Sara", 2: "Sara Karimi", 3: "سارا کریمی", 4: "Ali", 5: "Ali"}


def test_the_longest_name_after_the_sign_is_meant() -> None:
    assert named("Hello @Sara Karimi and @sara!", NAMES) == [2, 1]


def test_persian_names_are_found_however_they_are_typed() -> None:
    assert named("با @سارا كريمي هماهنگ شد", NAMES) == [3]


def test_a_name_is_not_found_inside_a_longer_word_or_an_address() -> None:
    assert named("@Saraswati, mail@sara and info@ali", NAMES) == []


def test_people_of_one_name_are_meant_only_when_chosen() -> None:
    assert named("@Ali", NAMES) == []
    assert named("@Ali", NAMES, chosen=[5, 2]) == [5]
