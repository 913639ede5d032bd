"""Every word that people read in figures, reports and tables, in one language.

The English text is the key of the catalogue (gettext), so English needs none; another language is the file
`locale/<language>/aiposim.po`. Numbers are written here too, so that a table and a figure never differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from aiposim.scenario import Scenario

LOCALE = Path(__file__).parent.parent / "locale"
UNDEFINED = "–"
_MINUS = "−"


def languages() -> list[str]:
    """Languages in which reports can be written, English first."""
    return ["en", *sorted(path.parent.name for path in LOCALE.glob("*/aiposim.po"))]


class Words:
    """The words of one language; call it with an English text to have it in that language.

    states    names of the member states by code, in that language; a code without a name stands for itself
    """

    def __init__(self, language: str = "en", states: Mapping[str, str] | None = None) -> None:
        """Errors: LookupError if there is no catalogue in that language."""
        if language not in languages():
            raise LookupError(f"there is no catalogue in {language!r}: there are {', '.join(languages())}")
        self.language = language
        self._states = dict(states or {})
        self._catalogue = _catalogue(language)

    def __call__(self, text: str) -> str:
        return self._catalogue.get(text) or text

    def count(self, number: int, one: str, many: str) -> str:
        """`one` or `many`, whichever the number asks for, with the number in place of {n}."""
        return self(one if number == 1 else many).format(n=self.number(number, 0))

    def state(self, code: str) -> str:
        """The name of a state."""
        return self._states.get(code, code)

    def measure(self, column: str) -> str:
        """What a column of `runs` or a measure of `bands` is called, without its unit."""
        from aiposim.measures import PARTS, describe

        name, _, part = column.partition(".")
        label = self(describe(name).label)
        if not part:
            return label
        return f"{label}, {self(PARTS[part]) if part in PARTS else self.state(part)}"

    def unit(self, column: str) -> str:
        """Its unit; a share is written in per cent."""
        from aiposim.measures import describe

        return self(describe(column).unit)

    def value(self, number: float, column: str) -> str:
        """A value of a measure: a share in per cent, else with about three figures that count."""
        return self.band([number], column)

    def difference(self, number: float, column: str) -> str:
        """A difference of two values of a measure, with its sign; of shares, in percentage points."""
        sign = "+" if number > 0 else ""
        if is_share(column):
            return sign + self.number(100 * number, 1)
        return sign + self.number(number, _decimals(number))

    def band(self, ends: Sequence[float], column: str) -> str:
        """Values of a measure that belong together, as `94.1 to 96.8%`."""
        if any(end != end for end in ends):
            return UNDEFINED
        if is_share(column):
            return f"{self('{low} to {high}').format(low=self.number(100 * ends[0], 1), high=self.number(100 * ends[-1], 1))}%" if len(ends) > 1 else f"{self.number(100 * ends[0], 1)}%"
        decimals = _decimals(max(abs(end) for end in ends))
        written = [self.number(end, decimals) for end in ends]
        return written[0] if len(ends) == 1 else self("{low} to {high}").format(low=written[0], high=written[-1])

    def number(self, number: float, decimals: int) -> str:
        """A number with a comma between thousands and a true minus sign, or a dash if it is undefined."""
        if number != number:
            return UNDEFINED
        text = f"{abs(number):,.{decimals}f}"
        negative = number < 0 and any(sign in "123456789" for sign in text)
        return (_MINUS if negative else "") + text
