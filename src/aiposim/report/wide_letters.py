"""Room for Han characters, kana and Hangul on a figure, whatever fonts this machine has.

Matplotlib measures writing with a font, and the one it brings has no wide letters. `wide.ttf` is a font of 692 bytes
in which each of them is a box as wide as the writing is high (1 em), which no font for reading exceeds. With it
behind DejaVu Sans a figure is laid out alike on every machine, and the reader's fonts fill the room.

    python -m aiposim.report.wide_letters

writes the font anew.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.text import Text

FONT = Path(__file__).parent / "wide.ttf"
FAMILY = "Aiposim Wide"
# Unicode blocks: Hangul Jamo; CJK radicals to Yi; Hangul; CJK compatibility; vertical forms; full-width forms.
_BLOCKS = (
    (0x1100, 0x11FF), (0x2E80, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFE6),
)  # fmt: skip


def measure_wide_letters(figure: Figure) -> None:
    """Gives all that is written on the figure so far, and every tick to come, the wide font behind the usual one."""
    _known()
    family = ["DejaVu Sans", FAMILY]
    for axes in figure.axes:
        axes.tick_params(labelfontfamily=family)
    for text in figure.findobj(Text):
        if isinstance(text, Text):
            text.set_fontfamily(family)


@cache
def _known() -> None:
    from dataclasses import replace

    from matplotlib.font_manager import fontManager

    fontManager.addfont(FONT)
    regular = next(entry for entry in fontManager.ttflist if entry.name == FAMILY)
    fontManager.ttflist.append(replace(regular, weight=700))  # for bold writing the box is as wide


def made() -> bytes:
    """The font: one glyph, a box, for all wide letters."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    pen = TTGlyphPen(None)
    corners = ((60, -60), (60, 820), (940, 820), (940, -60))
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "wide"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "wide": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "wide": (1000, 60)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    many_to_one = CmapSubtable.newSubtable(13)
    many_to_one.platformID, many_to_one.platEncID, many_to_one.language = 3, 10, 0
    many_to_one.cmap = {code: "wide" for first, last in _BLOCKS for code in range(first, last + 1)}
    builder.font["cmap"].tables = [many_to_one]
    builder.font["head"].created = builder.font["head"].modified = 0
    written = io.BytesIO()
    builder.font.save(written)
    return written.getvalue()


if __name__ == "__main__":
    FONT.write_bytes(made())
