"""What stands in the address and the headers, read strictly."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from sarnakh.api import strict_json
from sarnakh.api.errors import ApiError, bad_request

LONGEST_DOMAIN = 100_000
BIGGEST = 2**63 - 1


class Parameters:
    """The query parameters; any name beyond the expected ones is refused."""

    def __init__(self, query: QueryDict, *expected: str) -> None:
        self.values: dict[str, str] = {}
        for name, values in query.lists():
            if name not in expected:
                raise bad_request(
                    "unknown-parameter",
                    _("There is no parameter “%(name)s”.") % {"name": name[:100]},
                )
            if len(values) > 1:
                raise _misfit(name)
            self.values[name] = str(values[0])

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """The text, "" when the parameter is missing."""
        return self.values.get(name, "")

    def words(self, name: str) -> list[str]:
        """Names between commas, each once; none when the parameter is missing."""
        found = [word.strip() for word in self.text(name).split(",")]
        return list(dict.fromkeys(word for word in found if word))

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number in Latin digits within limits."""
        if name not in self.values:
            return default
        written = self.values[name]
        if not (0 < len(written) <= 19 and written.isascii() and written.isdigit()):
            raise _misfit(name)
        number = int(written)
        if not least <= number <= most:
            message = _("“%(name)s” must be from %(least)s to %(most)s.")
            values = {"name": name, "least": least, "most": most}
            raise bad_request("limit", message % values)
        return number

    def flag(self, name: str) -> bool:
        """`true` or `false`; missing means false."""
        written = self.values.get(name, "false")
        if written not in ("true", "false"):
            raise _misfit(name)
        return written == "true"

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        """One of the words, "" when the parameter is missing."""
        written = self.values.get(name, "")
        if written and written not in choices:
            raise _misfit(name)
        return written

    def condition(self, name: str) -> list[Any]:
        """A condition in JSON; everything when the parameter is missing."""
        written = self.text(name)
        if len(written) > LONGEST_DOMAIN:
            raise _misfit(name)
        found = json_value(written) if written else []
        if not isinstance(found, list):
            raise _misfit(name)
        return found


def json_value(source: bytes | str) -> Any:
    """Strict JSON; 400 naming what is wrong with it."""
    try:
        return strict_json.parse(source)
    except strict_json.Malformed as error:
        message = _("This is not acceptable JSON: %(reason)s.")
        raise bad_request("json", message % {"reason": error}) from error


def seen_version(request: HttpRequest) -> int | None:
    """The version in `If-Match`, with or without quotes; None for any."""
    written = request.headers.get("If-Match", "").strip()
    if written in ("", "*"):
        return None
    number = written.removeprefix("W/").strip('"')
    if not (0 < len(number) <= 18 and number.isascii() and number.isdigit()):
        message = _("If-Match holds the version of the record, a number.")
        raise bad_request("if-match", message)
    return int(number)


def _misfit(name: str) -> ApiError:
    message = _("The parameter “%(name)s” is not acceptable.")
    return bad_request("parameter", message % {"name": name})
