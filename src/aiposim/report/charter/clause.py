"""What a scenario in words is made of: clauses, gathered in the articles of the charter or by subject of the world."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """A sentence or two that tell some settings.

    keys       dotted keys of the settings that it tells; none if it only follows from others
    default    what the model's default is, as a sentence, if a setting told differs from it; else empty
    """

    text: str
    keys: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Article:
    """An article of the charter; its paragraphs are numbered 7.1, 7.2 and so on."""

    number: int
    heading: str
    paragraphs: tuple[Clause, ...]

    def numbered(self) -> list[tuple[str, Clause]]:
        """The paragraphs with their numbers."""
        return [(f"{self.number}.{i}", paragraph) for i, paragraph in enumerate(self.paragraphs, 1)]


@dataclass(frozen=True)
class Subject:
    """What is assumed about one part of the world."""

    heading: str
    sentences: tuple[Clause, ...]
