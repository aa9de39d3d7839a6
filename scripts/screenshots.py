"""The pictures of README.md, drawn anew over a generated year of work: `make screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.demo import pictures
from desktop.i18n import use
from scripts.year import Year

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def main() -> None:
    """Draw each page of the window in English, and the first one in Japanese."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "santiago.juntos"
        Year(workspace).run().close()
        for language, wanted in (("en", "*"), ("ja", "1-*")):
            use(language)
            for picture in pictures(workspace, Path(folder) / language):
                if picture.match(f"{wanted}.png"):
                    name = picture.stem.split("-", 1)[-1].replace("_", "-")
                    suffix = "" if language == "en" else f"-{language}"
                    target = TARGET / f"{name}{suffix}.png"
                    target.write_bytes(picture.read_bytes())
                    print(target.relative_to(TARGET.parent.parent))


if __name__ == "__main__":
    main()
