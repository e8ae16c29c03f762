"""JSON that is ambiguous or costly is refused before anything looks at it."""

import contextlib
import json
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.api.strict_json import DEEPEST, Malformed, parse

REFUSED = [
    (b"", "syntax"),
    (b"{", "syntax"),
    (b"[1,]", "syntax"),
    (b"{'a': 1}", "syntax"),
    (b'{"a": 1} x', "syntax"),
    (b'["tab\there"]', "syntax"),
    (b"\xef\xbb\xbf[]", "syntax"),
    (b'["\xff"]', "encoding"),
    (b'["\xed\xa0\x80"]', "encoding"),
    (b'{"a": 1, "a": 1}', "duplicate-key"),
    (b'{"x": {"a": 1, "\\u0061": 2}}', "duplicate-key"),
    (b"NaN", "number"),
    (b'{"a": Infinity}', "number"),
    (b"-Infinity", "number"),
    (b"1e5", "number"),
    (b"1E400", "number"),
    (b"1.5e1", "number"),
    (b"9223372036854775808", "number"),
    (b"-9223372036854775808", "number"),
    (b"1" * 100_000, "number"),
    (b"0." + b"1" * 11, "number"),
    (b"1" * 19 + b".0", "number"),
    (b'["\\u0000"]', "null-character"),
    (b'{"a\\u0000": 1}', "null-character"),
    (b'["\\ud800"]', "surrogate"),
    (b'["\\udc00\\ud800"]', "surrogate"),
    (b'{"\\udfff": 1}', "surrogate"),
    (b"[" * 51 + b"]" * 51, "depth"),
    (b"[" * 100_000 + b"]" * 100_000, "depth"),
    (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "depth"),
]


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_hostile_json_is_refused_at_once(source, reason):
    before = time.perf_counter()
    with pytest.raises(Malformed, match=reason):
        parse(source)
    assert time.perf_counter() - before < 1


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (b'"\\ud83d\\ude00"', "😀"),
        ('"می‌نویسم"'.encode(), "می‌نویسم"),
        (b"9223372036854775807", 2**63 - 1),
        (b"0.10", Decimal("0.10")),
        (b"-123456789012345678.0123456789", Decimal("-123456789012345678.0123456789")),
        (b"[" * DEEPEST + b"1" + b"]" * DEEPEST, None),
    ],
)
def test_plain_json_is_read_exactly(source, value):
    found = parse(source)
    if value is not None:
        assert found == value
        assert str(found) == str(value)


_scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
)


@given(
    st.recursive(
        _scalars,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.text(
                    st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
                    max_size=5,
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_what_we_write_is_what_we_read(value):
    assert parse(json.dumps(value)) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_json_or_malformed(source):
    with contextlib.suppress(Malformed):
        json.dumps(parse(source), default=str)
