"""Every word that people read in figures, reports and tables, in one language.

The English text is the key of the catalogue (gettext), so English needs none; another language is the file
`locale/<language>/aiposim.po`. Numbers are written here too, so that a table and a figure never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from aiposim.measures import PARTS, describe
from aiposim.report.lines import folded as folded
from aiposim.report.rule_names import english_rule_name
from aiposim.scenario import Scenario

LOCALE = Path(__file__).parent.parent / "locale"
UNDEFINED = "–"
_TAGS = {"zh": "zh-Hans"}
_WITHOUT_SPACES = ("ja", "zh")
# The three states are named in another order in each of the three: 日中韓, 中日韩, 한중일.
_NAMED_FIRST = {"ja": ("JPN", "CHN", "KOR"), "zh": ("CHN", "JPN", "KOR"), "ko": ("KOR", "CHN", "JPN")}
_MINUS = "−"
_MOST_DECIMALS = 9
COUNTS = (
    "events per run", "persons", "persons per run", "per run", "state half-years per run", "states", "states per run",
    "years",
)  # fmt: skip
"""Units of what is counted: a whole number of them is written without decimals."""


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

    @property
    def tag(self) -> str:
        """The language as HTML names it; it decides how a browser draws Han characters."""
        return _TAGS.get(self.language, self.language)

    @property
    def notice(self) -> str:
        """That nobody who speaks the language has read the translation yet; empty in English."""
        text = self("The words of this page are a translation that has not yet been read by a native speaker.")
        return "" if self.language == "en" else text

    def state(self, code: str) -> str:
        """The name of a state."""
        return self._states.get(code, code)

    def rank(self, code: str) -> tuple[int, str]:
        """By this states are sorted as the language names them; in English by code."""
        first = _NAMED_FIRST.get(self.language, ())
        return (first.index(code) if code in first else len(first), code)

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """States in the order in which the language names them; in English as they come."""
        return sorted(codes, key=self.rank) if self.language in _NAMED_FIRST else list(codes)

    def design(self, name: str) -> str:
        """The name of a design: each of its settings in this language, as far as there are words for it."""
        scenario, colon, settings = name.rpartition(": ")
        told = self.row([self._setting(part) for part in settings.split(", ")])
        return self("{title}: {design}").format(title=scenario, design=told) if colon else told

    def _setting(self, text: str) -> str:
        key, equals, value = text.partition("=")
        return f"{self(key)}={self._choice(value)}" if equals else self._choice(text)

    def _choice(self, value: str) -> str:
        """What a design chooses; a rule may have its name of reports, where the language has no word for its own."""
        return self._catalogue.get(value) or self._catalogue.get(english_rule_name(value)) or value

    def row(self, items: Sequence[str]) -> str:
        """`A, B, C`."""
        return self(", ").join(items)

    def listed(self, items: Sequence[str]) -> str:
        """`A, B and C`."""
        if len(items) < 2:
            return "".join(items)
        return self("{all_but_last} and {last}").format(all_but_last=self.row(items[:-1]), last=items[-1])

    def series(self, items: Sequence[str]) -> str:
        """`A; B; C`, for items that hold commas themselves."""
        return self("; ").join(items)

    def remarked(self, text: str, remark: str) -> str:
        """The text with a remark in brackets behind it."""
        return self("{text} ({remark})").format(text=text, remark=remark)

    def named(self, name: str) -> str:
        """A name within a sentence, in quotation marks where the language wants them."""
        return self("{name}").format(name=name)

    def quoted(self, text: str) -> str:
        """The text in the quotation marks of the language."""
        return self("“{text}”").format(text=text)

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Sentences one after another, with a space between them where the language has one."""
        return ("" if self.language in _WITHOUT_SPACES else " ").join(filter(None, sentences))

    def half_year(self, label: str) -> str:
        """A period by its label, such as `2016H2`."""
        year, _, half = label.partition("H")
        return (self("{year}H1") if half == "1" else self("{year}H2")).format(year=year)

    def measure(self, column: str) -> str:
        """What a column of `runs` or a measure of `bands` is called, without its unit."""
        name, _, part = column.partition(".")
        label = self(describe(name).label)
        if not part:
            return label
        part = self(PARTS[part]) if part in PARTS else self.state(part)
        return self("{measure}, {part}").format(measure=label, part=part)

    def measure_and_unit(self, column: str) -> str:
        """What it is called, and its unit unless that is a share, for a share is written in per cent."""
        if is_share(column):
            return self.measure(column)
        return self("{measure} ({unit})").format(measure=self.measure(column), unit=self.unit(column))

    def unit(self, column: str) -> str:
        """Its unit; beside it a share is written in per cent."""
        return self(describe(column).unit)

    def value(self, number: float, column: str) -> str:
        """A value of a measure: a share in per cent, a whole count whole, else with about three figures that count."""
        return self._values([number], column)[0] + self._per_cent(number, column)

    def band(self, ends: Sequence[float], column: str) -> str:
        """Two values of a measure with equal decimals, as `94.1 to 96.8%`."""
        if ends[0] != ends[0] or ends[1] != ends[1]:
            return UNDEFINED
        low, high = self._values(ends, column)
        text = self("{low} to {high}%") if is_share(column) else self("{low} to {high}")
        return text.format(low=low, high=high)

    def difference(self, number: float, column: str) -> str:
        """A difference of two values, with its sign; of shares, in percentage points. Never 0 unless it is 0."""
        return self._signed(number, self._differences([number], column)[0])

    def interval(self, ends: Sequence[float], column: str) -> str:
        """Both ends of an interval of a difference, with their signs and equal decimals."""
        if ends[0] != ends[0] or ends[1] != ends[1]:
            return UNDEFINED
        low, high = map(self._signed, ends, self._differences(ends, column))
        return self("{low} to {high}").format(low=low, high=high)

    def number(self, number: float, decimals: int) -> str:
        """A number with a comma between thousands and a true minus sign, or a dash if it is undefined."""
        if number != number:
            return UNDEFINED
        text = f"{abs(number):,.{decimals}f}"
        negative = number < 0 and any(sign in "123456789" for sign in text)
        return (_MINUS if negative else "") + text

    def _values(self, numbers: Sequence[float], column: str) -> list[str]:
        if is_share(column):
            return [self.number(100 * number, 1) for number in numbers]
        if describe(column).unit in COUNTS and all(number == round(number) for number in numbers if number == number):
            return [self.number(number, 0) for number in numbers]
        decimals = _decimals(_size(numbers))
        return [self.number(number, decimals) for number in numbers]

    def _differences(self, numbers: Sequence[float], column: str) -> list[str]:
        share = is_share(column)
        scaled = [100 * number for number in numbers] if share else list(numbers)
        decimals = _enough(scaled, 1 if share else _finer(_size(scaled)))
        return [self.number(number, decimals) for number in scaled]

    def _per_cent(self, number: float, column: str) -> str:
        return "%" if is_share(column) and number == number else ""

    def _signed(self, number: float, written: str) -> str:
        return f"+{written}" if number > 0 and written.strip("0.,") else written


def capital(text: str) -> str:
    """The text with its first letter large, for the beginning of a line."""
    return text[:1].upper() + text[1:]


def is_share(column: str) -> bool:
    """Whether a measure is a share of something, and so is written in per cent."""
    return describe(column).unit.split()[0] == "share"


def words_for(scenarios: Iterable[Scenario], language: str = "en") -> Words:
    """Words in a language, with the names of all states of these scenarios.

    Errors: LookupError if there is no catalogue in that language.
    """
    members = [member for scenario in scenarios for member in scenario.members]
    return Words(language, {member.code: getattr(member.names, language) for member in members})


def _decimals(size: float) -> int:
    return 0 if size >= 100 else 1 if size >= 10 else 2


def _size(numbers: Iterable[float]) -> float:
    return max((abs(number) for number in numbers if number == number), default=0.0)


def _enough(numbers: Iterable[float], decimals: int) -> int:
    """So many decimals, or more where a number that is not 0, but for rounding, would be written as 0."""
    found = [abs(number) for number in numbers if abs(number) >= 10.0**-_MOST_DECIMALS]
    while decimals < _MOST_DECIMALS and any(round(number, decimals) == 0.0 for number in found):
        decimals += 1
    return decimals


def _finer(size: float) -> int:
    """Decimals of a difference, which may be small beside what it is a difference of."""
    return 3 if size < 0.1 else _decimals(size)


@cache
def _catalogue(language: str) -> dict[str, str]:
    """Translations by English text; empty for English."""
    if language == "en":
        return {}
    from babel.messages.pofile import read_po

    with (LOCALE / language / "aiposim.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}
