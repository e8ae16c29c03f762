"""Numbers without gaps, also when ten people take one at once."""

import threading

import pytest
from django.db import connection, transaction

from sarnakh.records.numbering import next_number


@pytest.mark.django_db
def test_series_count_on_their_own():
    assert [next_number("a"), next_number("a"), next_number("b")] == [1, 2, 1]


@pytest.mark.django_db
def test_a_number_taken_back_is_given_again():
    next_number("a")
    with transaction.atomic():
        next_number("a")
        transaction.set_rollback(True)

    assert next_number("a") == 2


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_leave_no_gap_and_no_double():
    taken: list[int] = []

    def take() -> None:
        taken.extend(next_number("invoice") for _time in range(5))
        connection.close()

    people = [threading.Thread(target=take) for _person in range(10)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(taken) == list(range(1, 51))
