"""All English texts of reports, figures and tables, for those who translate them.

    python -m aiposim.report.messages > aiposim.pot

writes a template; a translation of it is `locale/<language>/aiposim.po`. The texts are read from the source, so
there is no list to keep.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from aiposim import families
from aiposim.measures import PARTS, describe
from aiposim.report.plates import TEMPLATES
from aiposim.report.rule_names import english_rule_name
from aiposim.scenario import load, shipped
from aiposim.scenario.keys import member_keys, pair_keys, setting_keys
from aiposim.study.assumption_texts import MEMBER_TEXTS, TEXTS, Why

_PACKAGE = Path(__file__).parent.parent
_CALLED = ("words", "self")  # `words("...")`, and within Words itself `self("...")`


def messages() -> list[str]:
    """Every English text once, in alphabetical order."""
    texts = {text for path in _PACKAGE.rglob("*.py") for text in _in_python(path)}
    texts |= {text for path in TEMPLATES.glob("*.jinja") for text in _in_template(path)}
    texts |= set(_of_measures()) | set(_of_rules()) | set(_of_scenarios()) | set(_of_settings())
    texts |= {*TEXTS.values(), *MEMBER_TEXTS.values()}  # what assumptions are called
    texts |= {why.value for why in Why}  # and why they are left out
    return sorted(texts)


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLED:
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def _in_template(path: Path) -> Iterator[str]:
    for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "words":
            yield from (arg.value for arg in call.args if isinstance(arg, nodes.Const))


def _of_measures() -> Iterator[str]:
    for name in families.names("measures"):
        yield from (describe(name).label, describe(name).unit)
    yield from PARTS.values()


def _of_rules() -> Iterator[str]:
    for family in families.CHOSEN_BY:
        yield family  # as the name of a design has it
        for name in families.shipped(f"rules.{family}"):
            yield english_rule_name(name)


def _of_scenarios() -> Iterator[str]:
    """Titles, questions and readings of the shipped scenarios, and what their designs are called."""
    for scenario in map(load, shipped()):
        yield from filter(None, (scenario.title, scenario.question.strip(), scenario.reading.strip()))
        for design in scenario.design_names:
            yield from filter(_has_words, re.split(", |=", design))


def _has_words(setting: str) -> bool:
    """Not a number, and not the codes of states."""
    return bool(re.search("[a-z]", setting))


def _of_settings() -> Iterator[str]:
    """What a setting or a figure is about, and its unit, where two scenarios are compared."""
    for key in (*setting_keys().values(), *member_keys().values(), *pair_keys().values()):
        yield from (text for text in (key.about, key.unit) if text)


def template() -> bytes:
    """The template of a translation (gettext)."""
    import io

    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(project="aiposim", charset="utf-8")
    for text in messages():
        catalogue.add(text, flags=["python-brace-format"] if "{" in text else [])
    written = io.BytesIO()
    write_po(written, catalogue, width=120)
    return written.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(template())
