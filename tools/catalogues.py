"""Translation catalogues without the gettext programs.

    python tools/catalogues.py extract              print every message in the sources
    python tools/catalogues.py update [fa ar]       bring the .po files up to date
    python tools/catalogues.py compile              write the .mo files
    python tools/catalogues.py check [fa ar]        fail on missing translations

`update` keeps translations, sorts, and writes neither line numbers nor dates, so that
a change of code shows up in a catalogue only when its words changed. Messages that
left the sources stay at the end as `#~` and come back translated when the message
does; `update --prune` drops them. `check` alone looks at the languages that must be
complete at every step.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "sarnakh"
CATALOGUES = ROOT / "locale"
COMPLETE = ("fa",)
# Django's own forms, so that its catalogue and ours agree on every number.
PLURALS = {
    "fa": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_lazy": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOT_SHOWN = {"tests", "migrations"}
SHOWN_AT_MOST = 25


def catalogue_path(language: str) -> Path:
    """Where the translations into `language` are kept."""
    return CATALOGUES / language / "LC_MESSAGES" / "django.po"


def python_form(template: str, origin: str) -> str:
    """A template as Python calls of gettext functions, fit for a Python tokenizer.

    Django blanks out everything else but keeps its spacing. The parentheses make
    that spacing meaningless, and so do plain spaces instead of no-break ones.
    """
    calls = templatize(template, origin=origin)
    return "(\n" + re.sub(r"[^\S\n]", " ", calls) + "\n)\n"


def sources() -> Iterator[Path]:
    """Every file that may hold words a user reads, in a fixed order."""
    for path in sorted(SOURCES.rglob("*")):
        inside = path.relative_to(SOURCES).parts
        if NOT_SHOWN.intersection(inside) or not path.is_file():
            continue
        if path.suffix == ".py" or (
            "templates" in inside and path.suffix in {".html", ".txt", ".xml"}
        ):
            yield path


def messages_in_sources() -> Catalog:
    """All messages of the sources, untranslated; translators' comments included."""
    found = Catalog()
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = python_form(text, origin=str(path.relative_to(ROOT)))
        try:
            rows = list(
                extract(
                    "python",
                    io.BytesIO(text.encode()),
                    keywords=KEYWORDS,
                    comment_tags=("Translators:",),
                    strip_comment_tags=True,
                )
            )
        except (SyntaxError, ValueError) as error:
            raise SystemExit(f"{path.relative_to(ROOT)}: {error}") from error
        for _line, message, comments, context in rows:
            found.add(message, context=context, auto_comments=comments)
    return found


def read_catalogue(language: str) -> Catalog:
    """The catalogue on disk, or an empty one with the right plural forms."""
    path = catalogue_path(language)
    text = path.read_text(encoding="utf-8") if path.exists() else header(language)
    return read_po(io.BytesIO(text.encode()), locale=language, domain="django")


def header(language: str) -> str:
    """The first entry of a catalogue: no date, person or machine in it."""
    lines = (
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {PLURALS[language]}",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def merged(language: str, *, prune: bool) -> Catalog:
    """The messages of the sources with the translations that exist."""
    old = read_catalogue(language)
    kept = {(m.context, m.id): m for m in _entries(old, obsolete=True)}
    new = read_po(io.BytesIO(header(language).encode()), locale=language)
    for message in _entries(messages_in_sources()):
        known = kept.pop((message.context, message.id), None)
        new.add(
            message.id,
            string=known.string if known else None,
            context=message.context,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            flags=known.flags - {"python-format"} if known else (),
        )
    if not prune:
        for message in kept.values():
            if _is_translated(message):
                new.obsolete[new._key_for(message.id, message.context)] = message
    return new


def written(catalogue: Catalog, language: str) -> str:
    """The catalogue as the text of its .po file."""
    body = io.BytesIO()
    write_po(
        body,
        catalogue,
        no_location=True,
        omit_header=True,
        sort_output=True,
    )
    return header(language) + body.getvalue().decode()


def update(languages: Iterable[str], *, prune: bool) -> None:
    """Write every named catalogue anew, when that changes it."""
    for language in languages:
        path = catalogue_path(language)
        catalogue = merged(language, prune=prune)
        entries = list(_entries(catalogue))
        missing = sum(not _is_translated(entry) for entry in entries)
        text = written(catalogue, language)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"{language}: {len(entries)} messages, {missing} to translate")


def compile_all() -> None:
    """Write the .mo file beside every .po file."""
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po")):
        draft = path.with_suffix(".mo.next")
        with draft.open("wb") as file:
            write_mo(file, read_catalogue(path.parts[-3]))
        draft.replace(path.with_suffix(".mo"))


def faults(language: str) -> Iterator[str]:
    """What keeps a catalogue from being complete, one sentence each."""
    catalogue = read_catalogue(language)
    for message in _entries(messages_in_sources()):
        known = catalogue.get(message.id, message.context)
        name = message.id if isinstance(message.id, str) else message.id[0]
        if known is None or not _is_translated(known):
            yield f"not translated: {name!r}"
        elif known.fuzzy:
            yield f"marked as unsure (fuzzy): {name!r}"
        else:
            known.flags |= message.flags
            for error in known.check(catalogue):
                yield f"{error}: {name!r}"


def check(languages: Iterable[str]) -> bool:
    """Print the faults of the named catalogues; true when there are none."""
    complete = True
    for language in languages:
        found = list(faults(language))
        complete = complete and not found
        for fault in found[:SHOWN_AT_MOST]:
            print(f"{language}: {fault}")
        if len(found) > SHOWN_AT_MOST:
            print(f"{language}: … and {len(found) - SHOWN_AT_MOST} more")
        print(f"{language}: {'complete' if not found else f'{len(found)} faults'}")
    return complete


def _entries(catalogue: Catalog, *, obsolete: bool = False) -> Iterator[Message]:
    yield from (message for message in catalogue if message.id)
    if obsolete:
        yield from catalogue.obsolete.values()


def _is_translated(message: Message) -> bool:
    if isinstance(message.string, tuple | list):
        return bool(message.string) and all(message.string)
    return bool(message.string)


def main() -> int:
    """Run one command; 1 when a check found faults."""
    parser = argparse.ArgumentParser(prog="catalogues")
    parser.add_argument("command", choices=("extract", "update", "compile", "check"))
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE")
    parser.add_argument("--prune", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.languages) - set(PLURALS):
        parser.error(f"no plural forms are known for {', '.join(sorted(unknown))}")
    if options.command == "extract":
        text = io.BytesIO()
        write_po(
            text,
            messages_in_sources(),
            no_location=True,
            omit_header=True,
            sort_output=True,
        )
        sys.stdout.write(text.getvalue().decode())
    elif options.command == "update":
        update(options.languages or PLURALS, prune=options.prune)
    elif options.command == "compile":
        compile_all()
    else:
        return 0 if check(options.languages or COMPLETE) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
