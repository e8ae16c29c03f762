"""The customer's page: links, reading, asking, signing, declining, paying."""

import datetime as dt
import logging
import struct
import zlib
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.activities import seed as activity_seed
from sarnakh.activities.models import Activity
from sarnakh.discussion.models import Message
from sarnakh.invoicing.models import Invoice, Payment
from sarnakh.invoicing.tests.factories import journal
from sarnakh.mail.models import Letter
from sarnakh.portal import links, payments
from sarnakh.portal.models import PageView, PaymentAttempt
from sarnakh.records.models import Change, StoredFile
from sarnakh.sales.models import Order
from sarnakh.sales.options import actions as options
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.preview import actions as preview
from sarnakh.sales.tests.factories import (
    line,
    make_contact,
    make_order,
    make_product,
    manager,
    set_trade,
)

pytestmark = pytest.mark.django_db
State = Order.State


def png(width: int = 40, height: int = 10) -> bytes:
    """A drawing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(
        b"\0" + bytes((x * y) % 251 for x in range(width * 4)) for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def by() -> Actor:
    """A salesperson."""
    return manager()


@pytest.fixture
def order(by: Actor) -> Order:
    """A quotation that was sent, to be signed."""
    customer = make_contact(
        by, name="Diba Computer", email="buyer@diba.example", language="en"
    )
    made = make_order(
        by,
        line(make_product(by, 1_000, name="Desk"), 3),
        customer=customer,
        salesperson=by.user_id,
        asks_signature=True,
        asks_payment=False,
    )
    return orders.mark_sent(made, by=by)


@pytest.fixture
def browser() -> Client:
    """A customer's, without any log-in."""
    return Client(raise_request_exception=False)


def address(order: Order, action: str = "") -> str:
    """The path of the customer's page."""
    order.refresh_from_db()
    url = links.url("order", order, "orders")
    return url[url.index("/p/") :] + action


def signing(**more: Any) -> dict[str, Any]:
    """What the form sends."""
    drawing = SimpleUploadedFile("signature.png", png(), "image/png")
    return {"name": "Sara Karimi", "signature": drawing, **more}


def counts() -> tuple[int, ...]:
    """Everything that reading must not change."""
    return (
        Message.objects.count(),
        Change.objects.count(),
        PageView.objects.count(),
        PaymentAttempt.objects.count(),
        StoredFile.objects.count(),
        Letter.objects.count(),
    )


# --- links ------------------------------------------------------------------------


def test_a_link_opens_its_document_and_says_nothing_of_itself(order, browser, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = browser.get(address(order))

    assert answer.status_code == 200
    text = answer.content.decode()
    assert order.number in text
    assert "Desk" in text
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    token = links.token("order", "orders", order.pk, order.link_generation)
    assert len(token) >= 40
    title = text[text.index("<title>") : text.index("</title>")]
    assert token not in title
    assert token not in caplog.text


def test_wrong_expired_revoked_and_deleted_links_get_one_and_the_same_answer(
    order, by, browser
):
    def asked(path: str) -> tuple[int, bytes, dict[str, str]]:
        answer = browser.get(path)
        return answer.status_code, answer.content, dict(answer.headers)

    good = address(order)
    token = links.token("order", "orders", order.pk, order.link_generation)
    wrong = [
        "/p/x/",
        f"/p/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}/",
        f"/p/{links.token('invoice', 'orders', order.pk, 1)}/",
        f"/p/{links.token('order', 'invoices', order.pk, 1)}/",
        f"/p/{links.token('order', 'orders', order.pk + 999, 1)}/",
        f"/p/{links.token('other', 'orders', order.pk, 1)}/",
        f"/p/{'é' * 50}/",
        good + "nothing",
    ]
    answers = [asked(path) for path in wrong]

    Order.objects.filter(pk=order.pk).update(
        expires_on=timezone.now().date() - dt.timedelta(days=32)
    )
    answers.append(asked(good))
    Order.objects.filter(pk=order.pk).update(expires_on=None)
    assert asked(good)[0] == 200
    links.revoke(order, by=by)
    answers.append(asked(good))
    renewed = address(order)
    assert asked(renewed)[0] == 200
    orders.cancel(order, by=by)
    answers.append(asked(renewed))
    orders.delete([order], by=by)
    answers.append(asked(renewed))

    assert {status for status, _content, _headers in answers} == {404}
    assert len({content for _status, content, _headers in answers}) == 1
    assert len({tuple(sorted(headers)) for _s, _c, headers in answers}) == 1


def test_a_link_opens_no_other_document(order, by, browser):
    other = make_order(by, line(make_product(by, 5, name="Secret thing")))
    text = browser.get(address(order)).content.decode()
    assert other.number not in text
    assert "Secret thing" not in text
    swapped = links.token("order", "orders", other.pk, 7)
    assert browser.get(f"/p/{swapped}/").status_code == 404


def test_looking_and_fetching_ahead_change_nothing(order, browser):
    before = counts()
    for path in (address(order), address(order, "pdf"), address(order, "accept")):
        browser.get(path)
        browser.head(path)
        browser.get(path, headers={"Sec-Purpose": "prefetch"})
    assert counts() == before
    order.refresh_from_db()
    assert order.state == State.SENT


def test_strangers_are_slowed_down(order, browser):
    statuses = [browser.get(f"/p/wrong{number}/").status_code for number in range(25)]
    assert statuses[:20] == [404] * 20
    assert 429 in statuses[20:]


def test_the_first_look_of_a_day_is_told_once(order, by, browser):
    for _number in range(3):
        answer = browser.post(address(order, "seen"))
        assert answer.status_code == 204
    told = Message.objects.filter(record_id=order.pk, kind="note")
    assert told.filter(author_name="Diba Computer").count() == 1
    inside = Client()
    inside.force_login(by.user)
    PageView.objects.all().delete()
    inside.post(address(order, "seen"))
    assert PageView.objects.count() == 0


def test_the_page_speaks_the_customers_language(order, browser):
    order.customer.language = "fa"
    order.customer.save()
    text = browser.get(address(order), headers={"Accept-Language": "en"})
    assert '<html lang="fa" dir="rtl"' in text.content.decode()
    assert text["Content-Language"] == "fa"
    assert "۳" in text.content.decode()
    order.customer.language = "en"
    order.customer.save()
    text = browser.get(address(order), headers={"Accept-Language": "fa"})
    assert '<html lang="en" dir="ltr"' in text.content.decode()


def test_notes_and_history_stay_inside(order, by, browser):
    from sarnakh.discussion import actions as discussion
    from sarnakh.records.types import by_name

    discussion.post(order, by_name("orders"), "note", "<p>Margin is huge</p>", by=by)
    discussion.post(order, by_name("orders"), "message", "<p>Hello there</p>", by=by)
    text = browser.get(address(order)).content.decode()
    assert "Hello there" in text
    assert "Margin is huge" not in text


def test_browsers_that_hide_where_they_come_from_may_act(order):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        address(order, "ask"), {"question": "When?"}, headers={"Origin": "null"}
    )
    assert answer.status_code == 302


# --- asking ------------------------------------------------------------------------


def test_a_hostile_question_is_text_and_reaches_the_salesperson(order, by, browser):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} \"'>"
    answer = browser.post(address(order, "ask"), {"question": hostile})

    assert answer.status_code == 302
    (message,) = Message.objects.filter(record_id=order.pk, kind="message")
    assert message.author is None
    assert message.author_name == "Diba Computer"
    assert "<script" not in message.body
    assert "<img" not in message.body
    assert message.notifications.filter(user=by.user).exists()
    text = browser.get(address(order)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    inside = Client()
    inside.force_login(by.user)
    shown = inside.get(f"/orders/{order.pk}").content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("question", ["", "   ", "x" * 5_001])
def test_an_empty_or_endless_question_comes_back_with_what_was_typed(
    order, browser, question
):
    answer = browser.post(address(order, "ask"), {"question": question})
    assert answer.status_code == 422
    assert not Message.objects.filter(record_id=order.pk, kind="message").exists()


# --- signing -----------------------------------------------------------------------


def test_signing_confirms_the_order_with_name_drawing_and_signed_pdf(
    order, by, browser
):
    answer = browser.post(address(order, "accept"), signing())

    assert answer.status_code == 302
    order.refresh_from_db()
    assert order.state == State.SALE
    assert order.signed_by == "Sara Karimi"
    assert order.signed_at is not None
    assert len(order.signature_digest) == 64
    note = Message.objects.get(record_id=order.pk, author_name="Sara Karimi")
    (file,) = StoredFile.objects.filter(message_id=note.pk)
    assert file.media_type == "application/pdf"
    (letter,) = Letter.objects.filter(record_id=order.pk)
    assert letter.purpose == "order-confirmation"
    assert letter.recipient == "buyer@diba.example"
    assert letter.is_automatic
    page = browser.get(address(order)).content.decode()
    assert "Sara Karimi" in page
    assert 'name="signature"' not in page
    picture = browser.get(address(order, "signature"))
    assert picture["Content-Type"] == "image/png"


def test_signing_twice_has_one_effect(order, browser):
    path = address(order, "accept")
    first = browser.post(path, signing())
    second = browser.post(path, signing(name="Somebody Else"))

    assert first.status_code == second.status_code == 302
    order.refresh_from_db()
    assert order.signed_by == "Sara Karimi"
    assert Change.objects.filter(record_id=order.pk, event="confirmed").count() == 1
    assert Letter.objects.filter(record_id=order.pk).count() == 1


def test_who_cannot_draw_signs_with_the_typed_name(order, browser):
    refused = browser.post(address(order, "accept"), {"name": "Sara"})
    assert refused.status_code == 422
    order.refresh_from_db()
    assert order.state == State.SENT
    fine = browser.post(address(order, "accept"), {"name": "Sara", "typed": "1"})
    assert fine.status_code == 302
    order.refresh_from_db()
    assert (order.state, order.signed_by) == (State.SALE, "Sara")
    assert order.signature_digest == ""


@pytest.mark.parametrize(
    "data",
    [
        b"x" * (5 * 1024 * 1024),
        b"<svg onload=alert(1)>",
        b"\x89PNG\r\n\x1a\nbroken",
        b"",
    ],
    ids=["5 MB", "svg", "broken", "empty"],
)
def test_an_unusable_signature_gets_a_clear_message_and_loses_nothing(
    order, browser, data
):
    drawing = SimpleUploadedFile("signature.png", data, "image/png")
    answer = browser.post(address(order, "accept"), signing(signature=drawing))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in text
    assert "Sara Karimi" in text
    order.refresh_from_db()
    assert (order.state, order.signed_by) == (State.SENT, "")


def test_a_fault_comes_as_a_part_so_that_the_drawing_stays(order, browser):
    answer = browser.post(
        address(order, "accept"), {"name": ""}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert b"<html" not in answer.content
    assert b'role="alert"' in answer.content


def test_an_expired_offer_is_shown_but_not_signed(order, browser):
    yesterday = order.company.profile().today() - dt.timedelta(days=1)
    Order.objects.filter(pk=order.pk).update(expires_on=yesterday)
    text = browser.get(address(order)).content.decode()
    assert "Expired" in text
    assert "s-sign" not in text
    answer = browser.post(address(order, "accept"), signing())
    assert answer.status_code == 422
    order.refresh_from_db()
    assert order.state == State.SENT


def test_what_the_house_refuses_keeps_the_signature_and_says_nothing_outside(
    order, browser, monkeypatch
):
    from sarnakh.lib.errors import Refused
    from sarnakh.sales.orders import states

    def refuse(order: Order, *, by: Actor) -> None:
        raise Refused("secret credit limit", "over-credit")

    monkeypatch.setattr(states, "CHECKS", [refuse])
    answer = browser.post(address(order, "accept"), signing(), follow=True)
    assert "secret credit limit" not in answer.content.decode()
    order.refresh_from_db()
    assert (order.state, order.signed_by) == (State.SENT, "Sara Karimi")
    told = Message.objects.filter(record_id=order.pk, body__contains="secret credit")
    assert told.filter(kind="note").count() == 1


# --- declining ------------------------------------------------------------------------


def test_declining_cancels_with_the_reason(order, browser):
    path = address(order, "decline")
    assert browser.post(path, {"reason": "  "}).status_code == 422
    order.refresh_from_db()
    assert order.state == State.SENT
    answer = browser.post(path, {"reason": "<b>Too</b> expensive"})
    assert answer.status_code == 200
    order.refresh_from_db()
    assert order.state == State.CANCELLED
    message = Message.objects.get(record_id=order.pk, kind="message")
    assert "&lt;b&gt;Too" in message.body
    assert browser.get(address(order)).status_code == 404


def test_after_acceptance_nobody_declines(order, browser):
    browser.post(address(order, "accept"), signing())
    answer = browser.post(address(order, "decline"), {"reason": "No"})
    assert answer.status_code == 422
    order.refresh_from_db()
    assert order.state == State.SALE


# --- options -----------------------------------------------------------------------------


def test_options_are_added_changed_and_taken_off_until_it_is_signed(order, by, browser):
    lamp = make_product(by, 200, name="Lamp")
    (option,) = options.create([{"order": order.pk, "product": lamp.pk}], by=by)
    path = address(order, "option")
    before = Order.objects.get(pk=order.pk).untaxed

    browser.post(path, {"option": option.pk, "quantity": "2"})
    assert Order.objects.get(pk=order.pk).untaxed == before + 400
    browser.post(path, {"option": option.pk, "quantity": "5"})
    assert Order.objects.get(pk=order.pk).untaxed == before + 1_000
    assert browser.post(path, {"option": option.pk, "quantity": "x"}).status_code == 422
    browser.post(path, {"option": option.pk, "quantity": "0"})
    assert Order.objects.get(pk=order.pk).untaxed == before
    assert order.lines.count() == 1

    browser.post(address(order, "accept"), signing())
    refused = browser.post(path, {"option": option.pk, "quantity": "1"})
    assert refused.status_code == 422
    assert Order.objects.get(pk=order.pk).untaxed == before


def test_options_of_another_order_are_out_of_reach(order, by, browser):
    other = make_order(by, line(make_product(by, 5)))
    lamp = make_product(by, 200)
    (option,) = options.create([{"order": other.pk, "product": lamp.pk}], by=by)
    answer = browser.post(address(order, "option"), {"option": option.pk})
    assert answer.status_code == 404
    assert order.lines.count() == 1


# --- paying --------------------------------------------------------------------------------


@pytest.fixture
def payable(order: Order) -> Order:
    """To be paid by half before it is confirmed."""
    bank = journal(order.company)
    bank.account_number = "IR062960000000100324200001"
    bank.save()
    activity_seed.seed()
    Order.objects.filter(pk=order.pk).update(
        asks_signature=False, asks_payment=True, prepayment_percent=Decimal(50)
    )
    order.refresh_from_db()
    return order


def test_paying_online_confirms_once_however_often_the_bank_sends_back(
    payable, browser, settings
):
    settings.PAYMENT_PROVIDERS = ["demo"]
    answer = browser.post(address(payable, "pay"), {"provider": "demo"})
    attempt = PaymentAttempt.objects.get()
    assert answer.status_code == 303
    assert answer["Location"].endswith(f"/bank/{attempt.opaque}")
    assert attempt.amount == 1_500

    browser.post(f"/bank/{attempt.opaque}", {"answer": "pay"})
    for _number in range(3):
        back = browser.get(f"/pay/{attempt.opaque}")
        assert back.status_code == 302
    payable.refresh_from_db()
    assert payable.state == State.SALE
    (booked,) = Payment.objects.all()
    assert (booked.amount, booked.state) == (1_500, Payment.State.POSTED)
    assert booked.external_reference == f"DEMO-{attempt.pk}"
    assert booked.memo == payable.number


@pytest.mark.parametrize(
    "books",
    [
        {},
        {"status": "cancelled", "reference": "R", "amount": 1_500, "currency": "IRR"},
        {"status": "paid", "reference": "R", "amount": 1, "currency": "IRR"},
        {"status": "paid", "reference": "R", "amount": 1_500, "currency": "USD"},
        {"status": "paid", "reference": "", "amount": 1_500, "currency": "IRR"},
    ],
    ids=["unknown", "cancelled", "cheaper", "other currency", "no reference"],
)
def test_a_payment_that_does_not_fit_pays_nothing(payable, browser, settings, books):
    settings.PAYMENT_PROVIDERS = ["demo"]
    browser.post(address(payable, "pay"), {"provider": "demo"})
    attempt = PaymentAttempt.objects.get()
    attempt.details = {"bank": books}
    attempt.save()
    # Whatever the browser claims.
    browser.post(f"/pay/{attempt.opaque}", {"status": "OK", "amount": "1500"})
    payable.refresh_from_db()
    assert payable.state == State.SENT
    assert Payment.objects.count() == 0
    assert PaymentAttempt.objects.get().state == PaymentAttempt.State.FAILED


def test_one_payment_of_the_bank_pays_one_attempt(payable, browser, settings):
    settings.PAYMENT_PROVIDERS = ["demo"]
    books = {"status": "paid", "reference": "R1", "amount": 1_500, "currency": "IRR"}
    attempts = []
    for _number in range(2):
        browser.post(address(payable, "pay"), {"provider": "demo"})
        attempt = PaymentAttempt.objects.order_by("-pk")[0]
        attempt.details = {"bank": books}
        attempt.save()
        attempts.append(attempt)
    for attempt in attempts:
        browser.get(f"/pay/{attempt.opaque}")
    states = sorted(PaymentAttempt.objects.values_list("state", flat=True))
    assert states == ["done", "failed"]
    assert Payment.objects.count() == 1


def test_providers_that_are_turned_off_take_nothing(payable, browser, settings):
    settings.PAYMENT_PROVIDERS = []
    answer = browser.post(address(payable, "pay"), {"provider": "demo"})
    assert answer.status_code == 422
    assert PaymentAttempt.objects.count() == 0


def test_a_transfer_waits_for_the_salesperson_who_confirms_it(payable, by, browser):
    bank = journal(payable.company)
    path = address(payable, "transfer")
    assert browser.post(path, {"account": bank.pk, "note": ""}).status_code == 422
    for _number in range(2):
        browser.post(path, {"account": bank.pk, "note": "998877"})
    attempt = PaymentAttempt.objects.get()
    assert (attempt.state, attempt.amount) == ("pending", 1_500)
    payable.refresh_from_db()
    assert payable.state == State.SENT
    assert Activity.objects.filter(record_id=payable.pk, user=by.user).count() == 1

    inside = Client()
    inside.force_login(by.user)
    shown = inside.get(f"/orders/{payable.pk}").content.decode()
    assert "998877" in shown
    for _number in range(2):
        inside.post(f"/payments/{attempt.pk}/confirm")
    payable.refresh_from_db()
    assert payable.state == State.SALE
    assert Payment.objects.filter(amount=1_500).count() == 1


@pytest.mark.parametrize(("percent", "total"), [(100, 3_000), (50, 1_500)])
def test_what_was_paid_online_is_invoiced_where_the_company_wants_it(
    payable, browser, settings, percent, total
):
    settings.PAYMENT_PROVIDERS = ["demo"]
    set_trade(payable.company, invoices_online_payments=True)
    Order.objects.filter(pk=payable.pk).update(prepayment_percent=Decimal(percent))
    browser.post(address(payable, "pay"), {"provider": "demo"})
    attempt = PaymentAttempt.objects.get()
    browser.post(f"/bank/{attempt.opaque}", {"answer": "pay"})
    for _number in range(2):
        browser.get(f"/pay/{attempt.opaque}")
    (invoice,) = Invoice.objects.all()
    assert (invoice.state, invoice.total, invoice.residual) == ("posted", total, 0)
    assert Letter.objects.filter(purpose="invoice").count() == 1


def test_both_are_asked_sign_first_then_pay(payable, browser, settings):
    settings.PAYMENT_PROVIDERS = ["demo"]
    Order.objects.filter(pk=payable.pk).update(asks_signature=True)
    refused = browser.post(address(payable, "pay"), {"provider": "demo"})
    assert refused.status_code == 422
    browser.post(address(payable, "accept"), signing())
    payable.refresh_from_db()
    assert payable.state == State.SENT
    browser.post(address(payable, "pay"), {"provider": "demo"})
    attempt = PaymentAttempt.objects.get()
    browser.post(f"/bank/{attempt.opaque}", {"answer": "pay"})
    browser.get(f"/pay/{attempt.opaque}")
    payable.refresh_from_db()
    assert payable.state == State.SALE


def test_the_same_money_is_not_received_twice_by_two_at_once(payable, by):
    attempt = payments.announce(
        payable,
        "orders",
        company=payable.company,
        method="bank",
        journal_id=journal(payable.company).pk,
        amount=1_500,
        currency="IRR",
        reference=payable.number,
        note="1",
        by=system_actor(payable.company),
    )
    from sarnakh.portal.payments.actions import AlreadyDecided

    stale = PaymentAttempt.objects.get(pk=attempt.pk)
    payments.confirm_receipt(attempt, by=by)
    with pytest.raises(AlreadyDecided):
        payments.confirm_receipt(stale, by=by)
    with pytest.raises(AlreadyDecided):
        payments.reject(stale, by=by)
    assert Payment.objects.count() == 1


# --- letters and papers ----------------------------------------------------------------------


def test_sending_by_email_makes_a_draft_sent_and_keeps_the_pdf(by, browser):
    customer = make_contact(by, name="دیبا", email="buyer@diba.example", language="fa")
    draft = make_order(by, line(make_product(by, 1_000)), customer=customer)
    inside = Client()
    inside.force_login(by.user)

    page = inside.get(f"/mail/write/order/{draft.pk}")
    assert page.status_code == 200
    assert "buyer@diba.example" in page.content.decode()
    refused = inside.post(
        f"/mail/write/order/{draft.pk}", {"to": "nobody", "subject": "x", "body": "y"}
    )
    assert refused.status_code == 422
    assert Order.objects.get(pk=draft.pk).state == State.DRAFT
    forged = inside.post(
        f"/mail/write/order/{draft.pk}",
        {"to": "a@b.example", "subject": "x\r\nBcc: v@example.com", "body": "y"},
    )
    assert forged.status_code == 422
    assert Letter.objects.count() == 0

    sent = inside.post(
        f"/mail/write/order/{draft.pk}",
        {"to": "Sara <a@b.example>", "subject": "پیش‌فاکتور", "body": "<p>سلام</p>"},
    )
    assert sent.status_code == 302
    assert Order.objects.get(pk=draft.pk).state == State.SENT
    (letter,) = Letter.objects.all()
    assert (letter.recipient, letter.language) == ("a@b.example", "fa")
    assert letter.files.get().media_type == "application/pdf"
    stored = f"{letter.subject}{letter.body}{letter.summary}{letter.link_label}"
    assert "/p/" not in stored, "the secret link is stored nowhere"
    shown = inside.get(f"/orders/{draft.pk}").content.decode()
    assert "پیش‌فاکتور" in shown


def test_the_letter_carries_the_link_when_it_leaves(order, by):
    from sarnakh.mail.building import built
    from sarnakh.mail.composing import send_by_itself

    (letter,) = send_by_itself(order, "order", by=by)
    message = built(letter)
    assert links.url("order", order, "orders") in message.body
    html = next(
        one.content for one in message.alternatives if one.mimetype == "text/html"
    )
    assert links.url("order", order, "orders") in html


@pytest.mark.parametrize("query", ["", "?pro-forma=1"])
def test_printing_gives_a_pdf_to_those_who_may_read(order, by, browser, query):
    inside = Client()
    inside.force_login(by.user)
    answer = inside.get(f"/sales/print/{order.pk}{query}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert browser.get(f"/sales/print/{order.pk}").status_code == 302
    assert inside.get("/sales/print/999999").status_code == 404
    outside = browser.get(address(order, "pdf"))
    assert outside.content.startswith(b"%PDF-")


def test_the_typed_signature_survives_a_reset_only_as_history(order, by, browser):
    browser.post(address(order, "accept"), {"name": "Sara", "typed": "1"})
    orders.cancel(Order.objects.get(pk=order.pk), by=by)
    again = orders.reset_to_quotation(Order.objects.get(pk=order.pk), by=by)
    assert again.signed_by == ""
    assert preview.standing.of(again).may_sign
