"""The demo companies by language."""

from sarnakh.demo.script import Script
from sarnakh.demo.scripts.arabic import ARABIC
from sarnakh.demo.scripts.english import ENGLISH
from sarnakh.demo.scripts.persian import PERSIAN

SCRIPTS: dict[str, Script] = {"fa": PERSIAN, "en": ENGLISH, "ar": ARABIC}
