"""People who log in, and the companies they work for."""

from sarnakh.accounts.models.audit import AuditEntry
from sarnakh.accounts.models.company import Company
from sarnakh.accounts.models.link import OneTimeLink
from sarnakh.accounts.models.used_code import UsedCode
from sarnakh.accounts.models.user import User

__all__ = ["AuditEntry", "Company", "OneTimeLink", "UsedCode", "User"]
