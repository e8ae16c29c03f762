"""A selling company with its people, another one, and programs that call."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.api import keys
from sarnakh.api.models import ApiKey
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead, Stage
from sarnakh.sources.models import Tag

BASE = "/api/v1"
# They count requests, not business.
UNCOUNTED = {"api_apikey"}


@dataclass
class Api:
    """A program with a key."""

    written: str
    headers: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, Any] | None = None,
        raw: bytes | None = None,
        **headers: str,
    ) -> Any:
        """A request with a JSON body; headers as `If_Match="3"`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = raw
        if sent is None:
            sent = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method,
            BASE + path,
            sent,
            content_type="application/json",
            query_params=query,
            headers={
                "Authorization": f"Bearer {self.written}",
                **self.headers,
                **named,
            },
        )

    def get(self, path: str, **query: Any) -> Any:
        return self.send("GET", path, query=query or None)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.send("DELETE", path, **headers)


@dataclass
class Scene:
    """Who sells what; `owner` and `colleague` see only what is theirs."""

    company: Company
    elsewhere: Company
    people: dict[str, User]
    stage: Stage
    won: Stage
    tags: list[Tag]
    leads: dict[str, Lead]

    def api(self, who: str = "all", scope: str = "write", **values: Any) -> Api:
        """A program of that person with a key of its own."""
        _key, written = keys.create("test", scope=scope, by=self.by(who), **values)
        return Api(written)

    def by(self, who: str) -> Actor:
        """That person, acting."""
        user = self.people[who]
        return actor_for(user, (user.company_id,))


def make_scene() -> Scene:
    """People who read English, in Tehran."""
    company, elsewhere = make_company(name="Aftab"), make_company(name="Mahtab")
    people = {
        who: make_user(*roles, company=where, name=name, password=None)
        for who, roles, where, name in (
            ("owner", [Role.SALES_OWN], company, "Omid Ghaffari"),
            ("colleague", [Role.SALES_OWN], company, "Sara Karimi"),
            ("all", [Role.SALES_ALL], company, "Nima Ahmadi"),
            ("manager", [Role.SALES_MANAGER], company, "Laleh Rad"),
            ("nobody", [], company, "Arash Nik"),
            ("foreigner", [Role.SALES_MANAGER], elsewhere, "Ziba Far"),
        )
    }
    stage = Stage.objects.create(name="First talk", sequence=1)
    won = Stage.objects.create(name="Contract", sequence=9, is_won=True)
    tags = [Tag.objects.create(name=name, name_key=name) for name in ("red", "blue")]
    scene = Scene(company, elsewhere, people, stage, won, tags, leads={})
    for name, who, active in (
        ("owner", "owner", True),
        ("colleague", "colleague", True),
        ("foreign", "foreigner", True),
        ("archived", "owner", False),
    ):
        values = {"name": f"Lead of {name}", "stage": stage.pk, "active": active}
        [scene.leads[name]] = leads.create([values], by=scene.by(who))
    return scene


def make_leads(scene: Scene, count: int, **values: Any) -> list[Lead]:
    """Many leads of the owner, through the room's own door."""
    return leads.create(
        [
            {
                "name": f"Lead {number:03}",
                "salesperson": scene.people["owner"].pk,
                "stage": scene.stage.pk,
                "tags": [tag.pk for tag in scene.tags],
                **values,
            }
            for number in range(count)
        ],
        by=scene.by("manager"),
    )


def fingerprint() -> str:
    """A hash over every row of every table."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in UNCOUNTED:
                continue
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name} ORDER BY 1")
            digest.update(repr((name, cursor.fetchall())).encode())
    return digest.hexdigest()


def error_of(response: Any) -> dict[str, Any]:
    """The error of a refusal, which always has the same form."""
    found: dict[str, Any] = response.json()
    assert set(found) == {"error"}
    error: dict[str, Any] = found["error"]
    assert {"code", "message"} <= set(error) <= {"code", "message", "fields"}
    assert error["message"]
    return error


def key_of(api: Api) -> ApiKey:
    """The stored key behind a program's key."""
    return ApiKey.objects.get(digest=keys.digest(api.written))
