"""The scale of assessments as mathematics: any number of states, no scenario.

    un_scale_of_assessments   the method of the United Nations on a table of states and years
    low_income_adjustment     the relief for low income per head
    peacekeeping_rates        discounts by level, borne by the permanent members of the Security Council
    article_19                whether arrears suspend the vote

`aiposim.scale.adjustments` holds the arithmetic that the cost-sharing rules share with them.

Source: A/RES/55/5 B, A/RES/55/235, A/RES/76/238; Charter of the United Nations, Article 19.
"""

from aiposim.scale.adjustments import low_income_adjustment
from aiposim.scale.arrears import article_19
from aiposim.scale.assessment import ScaleOfAssessments, un_scale_of_assessments
from aiposim.scale.peacekeeping import DISCOUNTS, peacekeeping_rates

__all__ = [
    "DISCOUNTS",
    "ScaleOfAssessments",
    "article_19",
    "low_income_adjustment",
    "peacekeeping_rates",
    "un_scale_of_assessments",
]
