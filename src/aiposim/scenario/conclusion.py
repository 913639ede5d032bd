"""What a scenario claims: of two of its designs, which is higher in an outcome. It moves no number."""

from __future__ import annotations

from typing import Literal

from aiposim.scenario.fields import Block, Outcome, number, setting


class Conclusion(Block):
    """One claim, about the mean over runs of an outcome under two designs on the same worlds."""

    outcome: Outcome = setting(about="a measure, or one of a member as welfare.KOR")
    design: str = setting(about="a design of the scenario")
    relation: Literal["higher", "lower", "same"] = setting(about="what the outcome is under the design")
    than: str = setting(about="the design that it is compared with")
    within: float | None = number(
        None,
        "largest difference that still counts as the same, in the unit of the outcome; "
        "a twentieth of the mean unless given",
        gt=0,
    )
