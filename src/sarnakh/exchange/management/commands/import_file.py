"""Import a table as the wizard does, from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import User
from sarnakh.exchange import actions, decisions
from sarnakh.exchange.importing import running
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.options import (
    ALL,
    ORDERS,
    SKIP,
    Column,
    column_from,
    options_from,
)
from sarnakh.exchange.reading.sheet import ReadOptions
from sarnakh.lib.errors import Refused
from sarnakh.records.types import all_types

_PIECE = 1024 * 1024
_SHOWN_ROWS = 8


class Command(BaseCommand):
    """`import_file leads deals.csv --as you@example.ir --map Deal=name …`."""

    help = (
        "Import a table of contacts, opportunities, teams or tags. Columns that are "
        "not named with --map go where their header says, as in the wizard."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The same decisions as in the wizard."""
        add = parser.add_argument
        add("type", help="leads, contacts, teams or tags")
        add("file", type=Path)
        add("--as", dest="email", required=True, help="the user who imports")
        add("--map", action="append", default=[], metavar="HEADER=FIELD",
            help="a column and its field; several fields with commas, none to leave "
                 "the column out")  # fmt: skip
        add("--only-mapped", action="store_true", help="leave all other columns out")
        add("--value", action="append", default=[], metavar="HEADER:VALUE=VALUE",
            help="what a value of the file means here")  # fmt: skip
        add("--set", action="append", default=[], metavar="FIELD=VALUE", dest="fixed",
            help="a value for all new records")  # fmt: skip
        add("--missing", action="append", default=[], metavar="HEADER=POLICY",
            help="unknown names: error, create, empty or skip")  # fmt: skip
        add("--create-missing", action="store_true", help="make all linked records")
        add("--match-by", default="", metavar="FIELD", help="update what fits")
        add("--mode", choices=(ALL, SKIP), default=ALL)
        add("--calendar", choices=("jalali", "gregorian", "hijri"), default="")
        add("--dates", choices=ORDERS, default="", help="order of all dates")
        add("--decimal", choices=(".", ","), default=".")
        add("--sheet", default=None)
        add("--encoding", default=None)
        add("--separator", default=None)
        add("--no-header", action="store_true")
        add("--dry-run", action="store_true", help="test, and leave nothing behind")

    def handle(self, **options: Any) -> None:
        """Print what happened; CommandError when rows were refused."""
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['email']}.")
        by = actor_for(user, tuple(user.companies.values_list("pk", flat=True)))
        with translation.override(user.language):
            try:
                batch = self._decided(options, by)
                self._perform(batch, by, is_test=options["dry_run"])
            except Refused as refusal:
                raise CommandError(refusal.message) from refusal

    def _decided(self, options: dict[str, Any], by: Actor) -> ImportBatch:
        record_type = all_types().get(options["type"])
        if record_type is None or not actions.may_import(record_type, by):
            raise CommandError(f"{by.user} cannot import {options['type']}.")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        reading = ReadOptions(
            sheet=options["sheet"],
            header=not options["no_header"],
            encoding=options["encoding"],
            separator=options["separator"],
        )
        batch = actions.upload(
            record_type, path.name, _pieces(path), by=by, reading=reading
        )
        columns = [column_from(one) for one in batch.mapping]
        chosen = replace(
            options_from(batch.options),
            mode=options["mode"],
            match=options["match_by"],
            calendar=options["calendar"],
            fixed=dict(_pair(text) for text in options["fixed"]),
        )
        found = _mapped(columns, options)
        problems = decisions.problems(found, chosen, record_type, by)
        if problems:
            raise CommandError("\n".join(problems))
        return actions.decide(batch, found, chosen)

    def _perform(self, batch: ImportBatch, by: Actor, *, is_test: bool) -> None:
        to = ImportBatch.State.TESTING if is_test else ImportBatch.State.RUNNING
        ImportBatch.objects.filter(pk=batch.pk).update(state=to)
        batch.refresh_from_db()
        if is_test:
            running.test(batch, by=by)
        else:
            running.run(batch, by=by)
        self._tell(batch)
        if batch.state == ImportBatch.State.FAILED or (is_test and batch.failed):
            raise CommandError("Nothing was imported." if not is_test else "Not valid.")

    def _tell(self, batch: ImportBatch) -> None:
        for one in batch.messages:
            rows = ", ".join(
                str(first) if first == last else f"{first}–{last}"
                for first, last in one["rows"][:_SHOWN_ROWS]
            )
            more = " …" if len(one["rows"]) > _SHOWN_ROWS else ""
            where = f"{one['column']}: " if one["column"] else ""
            told = f"{one['level']}: {where}{one['text']} [{rows}{more}]"
            (self.stderr if one["level"] == "error" else self.stdout).write(told)
        self.stdout.write(
            f"import {batch.pk} {batch.state}: {batch.created} created, "
            f"{batch.updated} updated, {batch.unchanged} unchanged, "
            f"{batch.skipped} skipped, {batch.failed} refused, "
            f"{batch.linked} linked records made"
        )


def _mapped(columns: list[Column], options: dict[str, Any]) -> list[Column]:
    mapping = dict(_pair(text) for text in options["map"])
    missing = dict(_pair(text) for text in options["missing"])
    values: dict[str, dict[str, str]] = {}
    for text in options["value"]:
        header, sign, rest = text.partition(":")
        if not sign:
            raise CommandError(f"--value {text}: HEADER:VALUE=VALUE is expected.")
        left, right = _pair(rest)
        values.setdefault(header, {})[decisions.value_key(left)] = right
    known = {column.header for column in columns}
    for header in (*mapping, *missing, *values):
        if header not in known:
            listed = ", ".join(sorted(known))
            raise CommandError(f"There is no column {header}. There are: {listed}.")
    default = "create" if options["create_missing"] else "error"
    found = []
    for column in columns:
        fields = () if options["only_mapped"] else column.fields
        if column.header in mapping:
            given = mapping[column.header].split(",")
            fields = tuple(name.strip() for name in given if name.strip())
        found.append(
            replace(
                column,
                fields=fields,
                missing=missing.get(column.header, default),
                values=values.get(column.header, {}),
                order=options["dates"],
                decimal=options["decimal"],
            )
        )
    return decisions.without_rivals(found, keep=set(mapping))


def _pair(text: str) -> tuple[str, str]:
    left, sign, right = text.rpartition("=")
    if not sign or not left:
        raise CommandError(f"“{text}”: NAME=VALUE is expected.")
    return left.strip(), right.strip()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
