"""Export and import, as their pages and jobs do it; each writes real files."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

import truth
from people import Visitor
from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.crm.types import LEADS
from sarnakh.exchange import actions, jobs
from sarnakh.exchange.exporting import actions as exports
from sarnakh.exchange.models import ExportFile, ImportBatch
from timing import Check, Operation

COUNT = 10_000
FIELDS = (
    "id", "name", "contact_name", "company_name", "email", "phone", "city", "country",
    "stage", "salesperson", "team", "expected_revenue", "priority", "created_at", "source",
)  # fmt: skip
HEADERS = (
    "Opportunity", "Contact Name", "Company Name", "Email", "Phone", "City", "Country",
    "Expected Revenue", "Expected Closing", "Salesperson", "Stage", "Tags", "Source",
    "Job Position", "Notes",
)  # fmt: skip
_number = count(1)


def all_of(boss: Visitor) -> Iterator[Operation]:
    """Aims are milliseconds of the whole work, files included."""
    by = actor_for(boss.user)
    for form, aim in (("xlsx", 800), ("csv", 300)):
        yield Operation(
            f"export {COUNT:,} leads, {len(FIELDS)} columns: {form}",
            aim,
            partial(_export, form, by),
            partial(_exported, form),
            runs=5,
            warm=1,
        )
    yield Operation(
        f"import {COUNT:,} csv rows: upload and run",
        8_000,
        lambda _run: _import(by),
        _imported,
        runs=1,
        warm=0,
    )
    yield Operation(
        f"import {COUNT:,} csv rows: only test",
        None,
        lambda _run: _test(by),
        _tested,
        runs=1,
        warm=0,
    )


def _export(form: str, by: Actor, _run: int) -> ExportFile:
    keys = [
        row[0]
        for row in truth.query(
            f"SELECT id FROM crm_lead WHERE {truth.OPEN} ORDER BY id LIMIT {COUNT}"
        )
    ]
    file = exports.ask(LEADS, ids=keys, by=by)
    options = {"fields": list(FIELDS), "format": form, "compatible": False}
    exports.start(file, {**options, "displayed": False}, by=by)
    exports.write(file)
    return file


def _exported(form: str) -> Check:
    def check(file: ExportFile) -> list[str]:
        path = exports.path_of(file)
        if file.state != ExportFile.State.DONE or file.done != COUNT:
            return [f"{file.state}: {file.done} rows, {file.message}"]
        if form == "csv":
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = list(csv.reader(lines))
            if len(rows) != COUNT + 1 or {len(row) for row in rows} != {len(FIELDS)}:
                return ["other rows or columns"]
        return [] if path.stat().st_size > 100_000 else ["a small file"]

    return check


def _import(by: Actor) -> ImportBatch:
    """The steps of the wizard; what its jobs do is done here and now."""
    batch = actions.start_run(_upload(by), by=by)
    jobs.perform(batch)
    batch.refresh_from_db()
    return batch


def _test(by: Actor) -> ImportBatch:
    """What the wizard tries out; nothing of it stays."""
    batch = actions.start_test(_upload(by), by=by)
    jobs.perform(batch)
    batch.refresh_from_db()
    return batch


def _upload(by: Actor) -> ImportBatch:
    text = _file(next(_number)).encode()
    return actions.upload(LEADS, "leads.csv", [text], by=by, declared_type="text/csv")


def _tested() -> Check:
    def check(batch: ImportBatch) -> list[str]:
        is_so = batch.state == ImportBatch.State.TESTED and batch.created == COUNT
        return [] if is_so else [f"{batch.state}: {batch.created} would be new"]

    return check


def _imported() -> Check:
    before = truth.number("SELECT COUNT(*) FROM crm_lead")

    def check(batch: ImportBatch) -> list[str]:
        left_out = [one["header"] for one in batch.mapping if not one["fields"]]
        now = truth.number("SELECT COUNT(*) FROM crm_lead")
        faults = [f"not recognised: {left_out}"] if left_out else []
        if batch.state != ImportBatch.State.DONE or now - before != COUNT:
            faults.append(f"{batch.state}: {now - before} new, {batch.messages[:2]}")
        return faults

    return check


def _file(number: int) -> str:
    """New leads with names, numbers and links that exist here; no two are alike."""
    people = [row[0] for row in truth.query("SELECT name FROM accounts_user")]
    stages = [
        row[0] for row in truth.query("SELECT name FROM crm_stage WHERE NOT is_won")
    ]
    tags = [row[0] for row in truth.query("SELECT name FROM sources_tag")]
    sources = [row[0] for row in truth.query("SELECT name FROM sources_source")]
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(HEADERS)
    for place in range(COUNT):
        name: Any = f"{number}-{place}"
        write.writerow(
            (
                f"Imported order {name}",
                "Sara Ahmadi" if place % 2 else "علی محمدی",
                f"Company {name}",
                f"person{name}@company{place}.example",
                f"+98 912 {place:07d}",
                "Tehran",
                "IR",
                f"{place % 900 + 100}.50",
                f"2027-0{place % 9 + 1}-15",
                people[place % len(people)],
                stages[place % len(stages)],
                tags[place % len(tags)],
                sources[place % len(sources)],
                "Manager",
                f"Note {name}",
            )
        )
    return out.getvalue()
