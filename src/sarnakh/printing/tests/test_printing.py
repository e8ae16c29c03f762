"""Papers become PDF in every language, and nothing typed becomes markup."""

import os
import signal
import threading
import time

import pytest

from sarnakh.printing import CannotPrint, render, typesetter
from sarnakh.printing.papers import Fact, Paper, Party, Row
from sarnakh.printing.prose import blocks
from sarnakh.printing.rendering import TEMPLATES
from sarnakh.printing.tests.pictures import is_picture_with_ink
from sarnakh.printing.tests.samples import sample

OFFICIAL = {
    "seller": [{"label": "نام", "value": "آذر چوب"}],
    "buyer": [{"label": "نام", "value": "دیبا"}],
    "settlement_label": "شرایط فروش",
    "settlement": [{"label": "نقدی", "on": True}],
    "remarks_label": "توضیحات",
    "remarks": "",
}


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_template_gives_a_pdf_with_ink_on_it_in_every_language(
    template: str, language: str
) -> None:
    paper = sample(language, more=OFFICIAL, in_words="یک")
    assert render(template, paper, language=language).startswith(b"%PDF-")
    picture = render(template, paper, language=language, kind="png")
    assert is_picture_with_ink(picture)


def test_typed_markup_stays_text() -> None:
    hostile = '#read("/etc/passwd") $x$ *b* \\ #panic("x") `code` @ref <label>'
    plain = sample("en", title=hostile, company=Party(hostile, (hostile,)))
    assert render("document", plain, language="en").startswith(b"%PDF-")
    quotes = sample(
        "en", rows=[Row(cells=('"}],"lang":"', "1", "\\", "{", "[", "]", "#"))]
    )
    assert render("document", quotes, language="en").startswith(b"%PDF-")


def test_control_signs_and_endless_words_do_no_harm() -> None:
    paper = sample("fa", lines=1, number="\x00\x07\x1b" + "ا" * 5_000)
    assert render("document", paper, language="fa").startswith(b"%PDF-")


def test_a_long_document_goes_on_over_pages() -> None:
    short = render("document", sample("fa", 3), language="fa")
    long = render("document", sample("fa", 150), language="fa")
    assert long.count(b"/Type/Page/") + long.count(b"/Type /Page\n") >= 3 or (
        len(long) > 2 * len(short)
    )


def test_a_template_reads_nothing_outside_of_its_folder() -> None:
    setter = typesetter.Typesetter()
    try:
        home = setter_home(setter)
        for path in ("/etc/hostname", "../../etc/hostname"):
            (home / "thief.typ").write_text(f'#read("{path}")', encoding="utf-8")
            with pytest.raises(CannotPrint) as refusal:
                setter.compile("thief", {}, {})
            reason = str(refusal.value.__cause__)
            assert any(w in reason for w in ("denied", "not found", "escape")), reason
        (home / "package.typ").write_text('#import "@preview/example:0.1.0": *')
        with pytest.raises(CannotPrint):
            setter.compile("package", {}, {})
    finally:
        setter.close()


def test_a_child_that_hangs_is_killed_and_the_next_paper_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typesetter, "SECONDS", 1.0)
    setter = typesetter.Typesetter()
    try:
        home = setter_home(setter)
        (home / "endless.typ").write_text(
            "#for a in range(10000) { for b in range(10000) { let c = calc.sin(a * b) } }"
        )
        started = time.monotonic()
        with pytest.raises(CannotPrint):
            setter.compile("endless", {}, {})
        assert time.monotonic() - started < 10
        monkeypatch.setattr(typesetter, "SECONDS", 20.0)
        (home / "easy.typ").write_text("easy")
        assert setter.compile("easy", {}, {}).startswith(b"%PDF-")
    finally:
        setter.close()


def test_a_child_that_was_killed_while_idle_is_replaced() -> None:
    setter = typesetter.Typesetter()
    try:
        (setter_home(setter) / "easy.typ").write_text("easy")
        assert setter.compile("easy", {}, {})
        process = setter._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert setter.compile("easy", {}, {})
    finally:
        setter.close()


def test_threads_wait_for_each_other() -> None:
    made: list[bytes] = []
    threads = [
        threading.Thread(
            target=lambda: made.append(render("document", sample("en"), language="en"))
        )
        for _number in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert all(one.startswith(b"%PDF-") for one in made)


def test_pictures_that_are_none_are_left_out() -> None:
    paper = sample("en", logo="logo", pictures={"logo": b"<svg onload=alert(1)>"})
    assert render("document", paper, language="en").startswith(b"%PDF-")


def test_an_empty_paper_is_a_paper() -> None:
    paper = Paper(title="", number="", company=Party(""), totals=[Fact("", "")])
    assert render("document", paper, language="fa").startswith(b"%PDF-")


def test_prose_keeps_paragraphs_lists_and_bold() -> None:
    found = blocks("<p>a <b>b</b></p><ol><li>x</li><li>y</li></ol><script>z</script>")
    assert [(one["kind"], one["number"]) for one in found] == [
        ("text", 0),
        ("number", 1),
        ("number", 2),
    ]
    assert found[0]["runs"] == [
        {"text": "a ", "bold": False},
        {"text": "b", "bold": True},
    ]


def setter_home(setter: typesetter.Typesetter):
    """The folder of a typesetter, made by asking for something that fails."""
    with pytest.raises(CannotPrint):
        setter.compile("missing", {}, {})
    assert setter._folder is not None
    return setter._folder
