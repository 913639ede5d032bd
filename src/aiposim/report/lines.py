"""Text in lines of a given width, for scripts that part words by spaces and for those that do not.

A letter of a Han character, kana or Hangul syllable is two columns wide, a Latin one is one: as on a terminal, and
about so in print.
"""

from __future__ import annotations

import re
import textwrap

from rich.cells import cell_len

_BEFORE = "（「『〈《【〔［｛“‘([{"  # what opens, and so ends no line
_AFTER = "）」』〉》】〕］｝”’)]}、。，．・：；！？～％%,.:;!?ーぁぃぅぇぉっゃゅょゎ々"  # what begins none
_ALONE = "\u3000-\u30a0\u30fb\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"  # signs between which a line may break
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
_PIECES = re.compile(
    rf"\s+|[{re.escape(_BEFORE)}]*(?:[{_KATAKANA}]+|[{_ALONE}]|[^\s{_ALONE}{_KATAKANA}{re.escape(_BEFORE)}]+)?"
    rf"[{re.escape(_AFTER)}]*"
)


def columns(text: str) -> int:
    """How wide a text without line breaks is."""
    return cell_len(text)


def filled(text: str, width: int) -> str:
    """The text in lines of at most so many columns, each as full as may be, broken where its language breaks: between
    words, or between Han characters and kana, though never before a full stop or after an opening bracket.
    """
    if columns(text) == len(text):
        return textwrap.fill(text, width, break_long_words=False)
    lines = [""]
    for piece in filter(None, _PIECES.findall(text)):
        if lines[-1] and columns((lines[-1] + piece).rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if lines[-1] or piece.strip():
            lines[-1] += piece
    return "\n".join(lines)


def folded(text: str, width: int) -> str:
    """The same for a title or a label: in a script of wide letters no line is much shorter than the others, and lines
    end with a comma where that makes no more of them.
    """
    found = filled(text, width)
    if columns(text) == len(text) or "\n" not in found:
        return found
    least = columns(text) // (found.count("\n") + 1)
    others = [_after_commas(text, width), *(filled(text, each) for each in range(least, width))]
    return next((tried for tried in others if _fits(tried, found, width)), found)


def _after_commas(text: str, width: int) -> str:
    lines = [""]
    for part in re.findall("[^、，]+[、，]?", text):
        if lines[-1] and columns(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def _fits(tried: str, found: str, width: int) -> bool:
    """Whether lines are no more than before and within the width, or at least no wider."""
    widest = max(width, *map(columns, found.split("\n")))
    return tried.count("\n") <= found.count("\n") and max(map(columns, tried.split("\n"))) <= widest
