"""The confined process that sets papers: `python child.py FOLDER FONTS`.

Reads one JSON object per line (template, data, format) and answers each with eight
bytes of length, one byte of success, and the PDF or the reason. Knows nothing of
Django; it ends when its parent does.
"""

import json
import struct
import sys
from pathlib import Path

MEMORY = 1_500 * 1024 * 1024


def confine() -> None:
    """Limit memory; reserved space counts too, so this is far above what is used."""
    try:
        import resource
    except ImportError:  # Windows: only the parent's time limit remains.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(folder: str, fonts: str) -> None:
    """Set papers until nobody asks any more."""
    confine()
    import typst

    # Only our fonts and those inside of typst: every machine sets alike.
    found = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
    nowhere = str(Path(folder) / "no-packages")
    compiler = typst.Compiler(
        str(Path(folder) / "document.typ"),
        root=folder,
        font_paths=found,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    source, target = sys.stdin.buffer, sys.stdout.buffer
    for line in source:
        asked = json.loads(line)
        try:
            made = compiler.compile(
                input=str(Path(folder) / asked["template"]),
                format=asked.get("format", "pdf"),
                ppi=asked.get("ppi"),
                sys_inputs={"data": asked["data"]},
            )
            pages = made if isinstance(made, list) else [made]
            answer, is_good = pages[0] or b"", True
        except Exception as error:
            answer, is_good = str(error).encode()[:4_000], False
        target.write(struct.pack(">Q?", len(answer), is_good) + answer)
        target.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
