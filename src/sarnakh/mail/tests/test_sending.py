"""Letters over a real mail server: delivered, refused, stalled, down, killed."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.jobs import actions as jobs
from sarnakh.jobs.models import Job
from sarnakh.mail import actions, errors, sending
from sarnakh.mail.models import Letter
from sarnakh.mail.purposes import Attachment, Recipient
from sarnakh.mail.tests.conftest import Server, queue, wait_until, worker

State, Failure = Letter.State, Letter.Failure


def work() -> None:
    """Run what is due, as a worker would."""
    jobs.run_due(lanes=("mail",))


def make_due(letter: Letter) -> None:
    """Let the pause before the next attempt pass."""
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(next_at=now)
    Job.objects.filter(state="ready").update(run_after=now)


def test_a_letter_arrives_in_persian_with_its_pdf(server: Server, writer: Actor):
    pdf = b"%PDF-1.7 " + b"x" * 1_000
    (letter,) = queue(writer, attachments=[Attachment("پیش‌فاکتور.pdf", pdf)])
    assert letter.state == State.OUTGOING
    assert server.taken == []

    work()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.failure) == (State.SENT, 1, "")
    (message,) = server.taken
    assert message["Subject"] == "پیش‌فاکتور S00079"
    assert message["To"].addresses[0].display_name == "شرکت دیبا"
    assert message["To"].addresses[0].addr_spec == "buyer@diba.example"
    assert message["From"].addresses[0].display_name == "رعنا معتمدی"
    assert message["From"].addresses[0].addr_spec == "sales@azar.example"
    assert message["Reply-To"].addresses[0].addr_spec == "rana@azar.example"
    assert message["Message-ID"] == f"<{letter.opaque}@azar.example>"
    assert message["Auto-Submitted"] is None
    html = message.get_body(("html",)).get_content()
    assert 'dir="rtl"' in html
    assert "سلام <b>دنیا</b>" in html
    assert "سلام دنیا" in message.get_body(("plain",)).get_content()
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "پیش‌فاکتور.pdf"
    assert attached.get_content() == pdf


def test_automatic_letters_say_so(server: Server, writer: Actor):
    queue(writer, is_automatic=True)
    work()
    assert server.taken[0]["Auto-Submitted"] == "auto-generated"


def test_everybody_gets_a_letter_of_their_own(server: Server, writer: Actor):
    people = [Recipient(f"p{n}@diba.example") for n in range(3)]
    letters = queue(writer, *people, Recipient("P0@Diba.example"))
    assert len(letters) == 3
    work()
    told = sorted(message["To"] for message in server.taken)
    assert told == ["p0@diba.example", "p1@diba.example", "p2@diba.example"]
    assert len({message["Message-ID"] for message in server.taken}) == 3


def test_a_busy_server_is_asked_again_with_growing_pauses(
    server: Server, writer: Actor
):
    server.behave("busy")
    (letter,) = queue(writer)
    for pause in (1, 5, 30, 120, 480):
        before = timezone.now()
        work()
        letter.refresh_from_db()
        assert (letter.state, letter.failure) == (State.OUTGOING, Failure.BUSY)
        assert "451" in letter.reason
        assert letter.next_at is not None
        waited = (letter.next_at - before).total_seconds() / 60
        assert waited == pytest.approx(pause, abs=0.2)
        work()
        assert Letter.objects.get(pk=letter.pk).attempts == letter.attempts
        make_due(letter)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.next_at) == (State.FAILED, 6, None)
    assert server.taken == []


@pytest.mark.parametrize(
    ("mode", "failure", "word"),
    [("no-mailbox", Failure.ADDRESS, "550"), ("refuse", Failure.REFUSED, "554")],
)
def test_what_is_refused_for_good_is_not_tried_again(
    server: Server, writer: Actor, mode: str, failure: str, word: str
):
    server.behave(mode)
    (letter,) = queue(writer)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.failure, letter.attempts) == (
        State.FAILED,
        failure,
        1,
    )
    assert letter.reason.startswith(word)
    assert not Job.objects.filter(state="ready").exists()

    server.behave("take")
    actions.retry(letter, by=writer)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.failure, letter.reason) == (State.SENT, "", "")
    assert len(server.taken) == 1


def test_a_server_that_says_nothing_holds_nobody_up(server: Server, writer: Actor):
    server.behave("stall")
    (letter,) = queue(writer)
    before = timezone.now()
    work()
    assert timezone.now() - before < timedelta(seconds=10)
    letter.refresh_from_db()
    assert (letter.state, letter.failure) == (State.OUTGOING, Failure.SERVER)


def test_while_the_server_is_down_letters_wait_and_leave_once_when_it_is_back(
    server: Server, writer: Actor
):
    server.stop()
    letters = queue(writer, Recipient("a@b.example"), Recipient("c@d.example"))
    work()
    for letter in letters:
        letter.refresh_from_db()
        assert (letter.state, letter.failure) == (State.OUTGOING, Failure.SERVER)

    server.start()
    for letter in letters:
        make_due(letter)
    work()
    work()

    assert {one.state for one in Letter.objects.all()} == {State.SENT}
    assert len(server.taken) == 2


def test_a_letter_whose_job_was_lost_is_found_by_the_sweep(
    server: Server, writer: Actor
):
    (letter,) = queue(writer)
    Job.objects.all().delete()
    assert sending.sweep() == 1
    assert sending.sweep() == 1, "the same job, no second one"
    assert Job.objects.count() == 1
    work()
    letter.refresh_from_db()
    assert letter.state == State.SENT
    assert len(server.taken) == 1


def test_the_same_letter_on_two_workers_leaves_once(server: Server, writer: Actor):
    (letter,) = queue(writer)
    Letter.objects.filter(pk=letter.pk).update(
        claimed_until=timezone.now() + timedelta(minutes=1)
    )
    sending.deliver(letter.pk)
    assert server.taken == []
    Letter.objects.filter(pk=letter.pk).update(claimed_until=timezone.now())
    sending.deliver(letter.pk)
    sending.deliver(letter.pk)
    assert len(server.taken) == 1


def test_a_cancelled_letter_stays(server: Server, writer: Actor):
    (letter,) = queue(writer)
    actions.cancel(letter, by=writer)
    work()
    letter.refresh_from_db()
    assert letter.state == State.CANCELLED
    assert server.taken == []
    with pytest.raises(errors.NotWaiting):
        actions.cancel(letter, by=writer)
    with pytest.raises(errors.NotFailed):
        actions.retry(letter, by=writer)


def test_an_hour_takes_only_so_many_letters(
    server: Server, writer: Actor, settings: object
):
    settings.MAIL_PER_HOUR = 2  # type: ignore[attr-defined]
    queue(writer, *(Recipient(f"p{n}@diba.example") for n in range(3)))
    work()
    states = sorted(Letter.objects.values_list("state", "attempts"))
    assert states == [("outgoing", 0), ("sent", 1), ("sent", 1)]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_sending_loses_nothing(
    server: Server, transactional_db: None, tmp_path: Path
):
    from sarnakh.accounts.tests.factories import make_actor, make_company

    by = make_actor(company=make_company(mail_domain="azar.example"))
    server.behave("take-and-stall")
    (letter,) = queue(by)

    first = worker()
    wait_until(lambda: len(server.taken) == 1, 30)
    first.kill()
    first.wait()
    letter.refresh_from_db()
    assert letter.state == State.OUTGOING, "nobody knows whether it arrived"

    server.behave("take")
    past = timezone.now() - timedelta(seconds=1)
    Letter.objects.update(claimed_until=past)
    Job.objects.all().delete()
    sending.sweep()
    work()

    letter.refresh_from_db()
    assert letter.state == State.SENT
    ids = [message["Message-ID"] for message in server.taken]
    assert len(ids) == 2
    assert len(set(ids)) == 1, "readers see it once"


# --- headers --------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\0", "\u2028", "\x85"])
@pytest.mark.parametrize("place", ["subject", "name", "address"])
def test_line_ends_in_headers_are_refused_and_nothing_is_kept(
    writer: Actor, place: str, end: str
):
    bad = f"x{end}Bcc: victim@example.com"
    person = Recipient(
        f"a@b.example{end}Bcc: v@example.com" if place == "address" else "a@b.example",
        bad if place == "name" else "A",
    )
    with pytest.raises((errors.BrokenHeader, errors.WrongAddress)):
        queue(writer, person, subject=bad if place == "subject" else "x")
    assert Letter.objects.count() == 0
    assert Job.objects.count() == 0


def test_a_name_full_of_syntax_stays_a_name(server: Server, writer: Actor):
    queue(writer, Recipient("a@b.example", 'Eve" <eve@evil.example>, x'))
    work()
    (message,) = server.taken
    assert [one.addr_spec for one in message["To"].addresses] == ["a@b.example"]


@pytest.mark.parametrize("address", ["", "x", "a@", "@b", "a b", "a@b@c"])
def test_what_is_no_address_is_refused(writer: Actor, address: str):
    with pytest.raises((errors.WrongAddress, errors.NoRecipient)):
        queue(writer, Recipient(address))
    assert Letter.objects.count() == 0


def test_at_most_fifty_at_once(writer: Actor):
    people = [Recipient(f"p{n}@diba.example") for n in range(51)]
    with pytest.raises(errors.TooManyRecipients):
        queue(writer, *people)
    assert Letter.objects.count() == 0
    assert len(queue(writer, *people[:50])) == 50


def test_attachments_have_a_limit(writer: Actor):
    with pytest.raises(errors.AttachmentTooLarge):
        queue(writer, attachments=[Attachment("a.pdf", b"x" * (10 * 1024 * 1024 + 1))])
    assert Letter.objects.count() == 0


def test_script_in_the_text_does_not_leave(server: Server, writer: Actor):
    queue(writer, body='<p>a</p><script>alert(1)</script><a href="javascript:x">b</a>')
    work()
    html = server.taken[0].get_body(("html",)).get_content()
    assert "script" not in html
    assert base64.b64encode(b"script") not in html.encode()
