"""The pictures of README.md, drawn anew over a generated year of work: `make screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.demo import pictures
from desktop.i18n import use
from scripts.year import Year

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
WANTED = {
    "en": {"1-today": "today", "3-ledger": "ledger", "5-recommendation": "recommendation"},
    "ja": {"1-today": "today-ja"},
}
"""By language: the pages that the README shows, and how their pictures are called there."""


def main() -> None:
    """Draw the pages and put the wanted ones where the README finds them."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "santiago.juntos"
        Year(workspace).run().close()
        for language, wanted in WANTED.items():
            use(language)
            drawn = {picture.stem: picture for picture in pictures(workspace, Path(folder) / language)}
            for page, name in wanted.items():
                target = TARGET / f"{name}.png"
                target.write_bytes(drawn[page].read_bytes())
                print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
