"""Exports of other programs: each is read, or refused with a known code.

The samples are not part of the repository: they are looked for in
``SARNAKH_DATA_SAMPLES`` or beside the repository in ``shared/data``.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from sarnakh.exchange.errors import READ_ERRORS, ReadError
from sarnakh.exchange.mapping import FieldInfo, guess
from sarnakh.exchange.reading.sheet import ReadResult, read
from sarnakh.records.kinds import Kind

_BESIDE = Path(__file__).resolve().parents[5] / "shared" / "data"

LEAD_FIELDS = (
    *(
        FieldInfo(name, Kind.TEXT)
        for name in ("name", "contact_name", "company_name", "email", "phone")
    ),
    *(
        FieldInfo(name, Kind.TEXT)
        for name in ("mobile", "job_position", "street", "street2", "city", "zip")
    ),
    *(FieldInfo(name, Kind.LINK) for name in ("state", "country", "salesperson")),
    *(FieldInfo(name, Kind.LINK) for name in ("company", "stage", "team", "source")),
    FieldInfo("website", Kind.TEXT),
    FieldInfo("description", Kind.RICH_TEXT),
    FieldInfo("tags", Kind.LINKS),
    FieldInfo("expected_revenue", Kind.MONEY),
    FieldInfo("priority", Kind.CHOICE),
    FieldInfo("expected_closing", Kind.DATE),
    FieldInfo("created_at", Kind.DATETIME),
)


def _samples() -> Path | None:
    stated = os.environ.get("SARNAKH_DATA_SAMPLES")
    folder = Path(stated) if stated else _BESIDE
    return folder if (folder / "messy_import").is_dir() else None


@pytest.fixture(scope="module")
def samples() -> Path:
    folder = _samples()
    if folder is None:
        message = "No sample data: real exports are NOT tested (SARNAKH_DATA_SAMPLES)"
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    return folder


def _read(path: Path, work: Path) -> ReadResult:
    return read(path, path.name, work=work)


def test_every_messy_file_is_read_or_clearly_refused(
    samples: Path, tmp_path: Path
) -> None:
    files = [path for path in (samples / "messy_import").rglob("*.*") if path.is_file()]
    assert len(files) >= 14
    refused: dict[str, str] = {}
    for path in files:
        try:
            result = _read(path, tmp_path)
        except ReadError as error:
            refused[path.name] = error.code
            continue
        width = len(result.sheet.headers)
        assert width >= 2, path.name
        assert len(set(result.sheet.headers)) == width, path.name
        assert all(len(row.cells) == width for row in result.sheet.rows), path.name
    assert set(refused.values()) <= set(READ_ERRORS)
    assert len(refused) < len(files) / 2


@pytest.mark.parametrize(
    ("name", "rows", "first"),
    [
        ("csv/suitecrm-leads-export.csv", [2, 3], "Melissa"),
        ("csv/european-semicolon.csv", [2, 3], "Jean Dupont"),
        ("csv/fa-products-bom-quoted-comma.csv", [2, 4], "PC-09"),
        ("xlsx/x_education_data_dictionary.xlsx", [*range(4, 41)], "Prospect ID"),
    ],
)
def test_rows_are_numbered_as_in_the_file(
    samples: Path, tmp_path: Path, name: str, rows: list[int], first: str
) -> None:
    result = _read(samples / "messy_import" / name, tmp_path)
    assert [row.number for row in result.sheet.rows] == rows
    assert result.sheet.rows[0].cells[0] == first


def test_the_pipeline_sample_is_complete(samples: Path, tmp_path: Path) -> None:
    result = _read(samples / "crm" / "maven" / "sales_pipeline.csv", tmp_path)
    stage = result.sheet.headers.index("deal_stage")
    stages = [row.cells[stage] for row in result.sheet.rows]
    assert len(stages) == 8800
    assert stages.count("Won") == 4238
    assert result.problem_count == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "hubspot-contacts-faker.csv",
            {
                "First Name": "contact_name",
                "Last Name": "contact_name",
                "Mobile Phone Number": "mobile",
                "Job Title": "job_position",
                "Create Date": "created_at",
                "Contact Owner": "salesperson",
                "State/Region": "state",
                "Last Modified Date": None,
            },
        ),
        (
            "salesforce-leads.csv",
            {
                "Lead ID": "id",
                "FirstName": "contact_name",
                "Company": "company_name",
                "LeadSource": "source",
                "Status": "stage",
                "OwnerId": None,
            },
        ),
        (
            "rtl-arabic-headers.csv",
            {
                "الاسم": "contact_name",
                "البريد": "email",
                "الهاتف": "phone",
                "Company": "company_name",
                "Notes": "description",
            },
        ),
        (
            "suitecrm-leads-export.csv",
            {
                "ID": "id",
                "Account Name": "company_name",
                "Office Phone": "phone",
                "Primary Address Street": "street",
                "Opportunity Name": "name",
                "Birthdate": None,
            },
        ),
        ("excel-messy-export.csv", {"☎ Contact": None, "Sales Rep": "salesperson"}),
    ],
)
def test_headers_of_other_programs_find_their_fields(
    samples: Path, tmp_path: Path, name: str, expected: dict[str, str | None]
) -> None:
    sheet = _read(samples / "messy_import" / "csv" / name, tmp_path).sheet
    found = guess(sheet.headers, sheet.samples(), LEAD_FIELDS, {})
    mapping = dict(zip(sheet.headers, found, strict=True))
    assert {header: mapping[header] for header in expected} == expected
