"""Every refusal as JSON: `{"error": {"code", "message", "fields"?}}`."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    SuspiciousOperation,
)
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused
from sarnakh.records.conditions import Invalid
from sarnakh.records.errors import Conflict, InvalidValues

logger = logging.getLogger(__name__)

# What the database says when it stops a statement that took too long.
STOPPED = ("interrupted", "statement timeout")
BUSY = ("locked", "lock timeout", "deadlock")


class ApiError(Exception):
    """An answer other than the wished one; nothing was written."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        fields: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.headers = headers or {}


def bad_request(code: str, message: str, **fields: str) -> ApiError:
    """The request itself cannot be understood."""
    return ApiError(400, code, message, fields=fields or None)


def unprocessable(
    message: str, fields: Mapping[str, Any] | None = None, code: str = "invalid"
) -> ApiError:
    """The request is clear, but its values do not fit."""
    return ApiError(422, code, message, fields=fields)


def not_found() -> ApiError:
    """Missing or out of reach; nobody can tell which."""
    return ApiError(404, "not-found", _("There is no such thing here."))


def forbidden() -> ApiError:
    """The user's roles do not allow it."""
    return ApiError(403, "forbidden", _("You are not allowed to do this."))


def changed_meanwhile(fields: Mapping[str, Any] | None = None) -> ApiError:
    """The record has another version; `fields` holds both values by name."""
    message = _("Somebody else changed the record meanwhile.")
    return ApiError(409, "conflict", message, fields=fields)


def answer(error: Exception) -> JsonResponse:
    """The response to anything that a view may raise."""
    found = _worded(error)
    inside: dict[str, Any] = {"code": found.code, "message": str(found.message)}
    if found.fields:
        inside["fields"] = dict(found.fields)
    response = JsonResponse({"error": inside}, status=found.status)
    for name, value in found.headers.items():
        response.headers[name] = value
    return response


def _worded(error: Exception) -> ApiError:
    match error:
        case ApiError():
            return error
        case Http404():
            return not_found()
        case PermissionDenied():
            return forbidden()
        case Refused():
            return _refused(error)
        case MultiPartParserError() | SuspiciousOperation():
            return bad_request("body", _("The request cannot be read."))
        case IntegrityError() | ObjectDoesNotExist():
            return unprocessable(
                _("This clashes with another record, or names one that is gone."),
                code="clash",
            )
        case DataError() | OverflowError():
            return unprocessable(_("A value is too large."))
        case OperationalError():
            return _database(error)
    return _bug(error)


def _refused(error: Refused) -> ApiError:
    match error:
        case Invalid():
            return bad_request(error.code, error.message)
        case Conflict():
            return changed_meanwhile()
        case InvalidValues() if set(error.errors) == {""}:
            return changed_meanwhile()
        case InvalidValues():
            return unprocessable(error.message, error.errors, error.code)
    return unprocessable(error.message, code=error.code)


def _database(error: OperationalError) -> ApiError:
    said = str(error).lower()
    if any(word in said for word in BUSY):
        return ApiError(
            503,
            "busy",
            _("The database is busy. Nothing was lost; try again in a moment."),
            headers={"Retry-After": "2"},
        )
    if any(word in said for word in STOPPED):
        return bad_request("too-slow", _("This takes too long; ask for less."))
    return _bug(error)


def _bug(error: Exception) -> ApiError:
    logger.error("API request failed", exc_info=error)
    return ApiError(500, "internal", _("Something went wrong on our side."))
