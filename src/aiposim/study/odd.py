"""The model's description by the ODD protocol: prose of `odd_template.md`, tables read off the code.

`python -m aiposim.study.odd` writes docs/odd.md anew; a test says when that is due.
Source: Grimm, Railsback, Vincenot, Berger, Gallagher, DeAngelis, Edmonds, Ge, Giske, Groeneveld, Johnston,
Milles, Nabe-Nielsen, Polhill, Radchuk, Rohwaeder, Stillman, Thiele & Ayllon 2020, JASSS 23(2) 7.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from aiposim.study.odd_tables import TABLES

TEMPLATE = Path(__file__).with_name("odd_template.md")
PAGE = Path("docs") / "odd.md"
COMMAND = "python -m aiposim.study.odd"
_PLACE = re.compile(r"\{\{ (.+?) \}\}")


def odd() -> str:
    """The whole page.

    Errors: KeyError if the template asks for a table that there is not.
    """
    text = TEMPLATE.read_text(encoding="utf-8")
    return _PLACE.sub(lambda place: TABLES[place.group(1)](), text)


def asked_for() -> list[str]:
    """Names of the tables in the template, in its order."""
    return _PLACE.findall(TEMPLATE.read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    """Write the page to the file that is named, or to docs/odd.md of the checkout one stands in."""
    target = Path(arguments[0]) if arguments else PAGE
    if not target.parent.is_dir():
        sys.stderr.write(f"There is no folder {target.parent}; stand at the top of the checkout, or name a file.\n")
        return 2
    target.write_text(odd(), encoding="utf-8")
    sys.stdout.write(f"{target} written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
