"""Columns of each founder: dues and payment, what membership is worth, moods at home."""

from __future__ import annotations

import numpy as np

from aiposim.panel.columns import LIVING, MEMBER, MONEY, PART, YES, Column, Moment, of
from aiposim.quantities import Array
from aiposim.state import SHARE


def _place(now: Moment) -> Array:
    """States that have left stand far behind the queue."""
    return np.where(now.state.member, now.state.place, -1.0)


MEMBERS: tuple[Column, ...] = (
    Column("is_member", YES, "Is a member during the half-year.", lambda now: now.inside, "flag"),
    Column("leaves", YES, "Leaves at the end of the half-year.", of("leaves"), "flag"),
    Column("notice", "half-years", "Of notice that are left; 0: none runs.", of("notice"), "count"),
    # dues
    Column("share", "share of the budget", "Scale of assessments after relief, or share of the pledges.",
           lambda now: now.state.observed[SHARE:], defined=MEMBER, stored="listed"),
    Column("key", "share of the budget", "Scale before relief; under pledges the shares of the foundation.",
           of("key"), defined=MEMBER, stored="listed"),
    Column("fair_share", "share of the budget", "What the state takes for its fair share.", of("fair_share"),
           defined=MEMBER, stored="listed"),
    Column("valuation", "M US$ per half-year and log unit", "Worth of the institute's work to the state.",
           of("valuation"), defined=LIVING, stored="listed"),
    Column("reported", "M US$ per half-year and log unit", "Valuation as the state reports it.", of("reported"),
           defined=MEMBER),
    Column("due", MONEY, "Dues, less opt-outs and credit in kind.", of("due"), defined=MEMBER, stored="whole"),
    Column("pledge", MONEY, "Pledge; 0 where contributions are assessed.", of("pledge"), defined=MEMBER),
    Column("two_year_dues", "M US$", "Dues of the four half-years before.", of("two_year_dues"), defined=MEMBER,
           stored="whole"),
    Column("opted_out", "area", "Area that the state has left.", of("opted_out"), "area"),
    # payment
    Column("propensity", PART, "Propensity to pay.", of("propensity"), defined=MEMBER),
    Column("willing", "share of dues", "That the state is willing to pay.", of("willing"), defined=MEMBER),
    Column("willing_part", PART, "Evidence of good will that the others see.", of("willing_part"), defined=MEMBER,
           stored="whole"),
    Column("paid_in_time", MONEY, "Paid of the dues of the half-year.", of("paid_in_time"), defined=MEMBER),
    Column("paid", MONEY, "Paid, catch-up included.", of("paid"), defined=MEMBER),
    Column("arrears", "M US$", "Owed at the end; void (0) when the state leaves.", of("arrears"), defined=MEMBER),
    Column("suspended", YES, "The vote is suspended for arrears.", of("suspended"), "flag", MEMBER),
    Column("waiver", "0, 1 or 2", "Waiver of a breach: not used, in force, used up.", of("waiver"), "count"),
    # Council, Director, secretariat
    Column("attended", YES, "The government attended the session.", of("attended"), "flag", MEMBER),
    Column("place_in_queue", "turns", "Before the state's turn to direct; 0: next.", _place, "count", MEMBER),
    Column("posts", "share of posts", "Of the secretariat's posts; 0 when the state leaves.", of("posts"),
           defined=MEMBER),
    # the field
    Column("deployed", "persons", "Deployed in the crises of the half-year.", of("deployed"), defined=MEMBER,
           stored="whole"),
    Column("women_share", "share", "Women among deployed personnel.", of("women_share"), stored="whole"),
    Column("civilians_serving", "persons", "Civilian experts serving in missions.", of("civilians_serving"),
           defined=LIVING, stored="whole"),
    # what membership is worth
    Column("benefit", MONEY, "Public benefit of what is delivered.", of("benefit"), defined=LIVING),
    Column("benefit_without", MONEY, "What it would be without the state's own money.", of("benefit_without"),
           defined=LIVING),
    Column("payoff", MONEY, "Payoff of membership.", of("payoff"), defined=MEMBER),
    Column("outside", MONEY, "Payoff outside the institute.", of("outside"), defined=LIVING),
    Column("surplus", "of the valuation", "Payoff less payoff outside, smoothed.", of("surplus"), defined=MEMBER),
    Column("grievance", "0 or more", "Resentment of burdens and of being outvoted.", of("grievance"), defined=MEMBER,
           stored="whole"),
    Column("welfare", "M US$, discounted", "Payoffs so far, outside ones after leaving.", of("welfare")),
    # at home, and towards the others
    Column("hawkishness", PART, "Hawkishness of opinion.", of("hawkishness")),
    Column("baseline", PART, "Hawkishness of the government in office.", of("baseline"), stored="whole"),
    Column("softened", YES, "A softer government took office.", of("softened"), "flag"),
    Column("mean_trust", PART, "Mean trust in the (other) members.", of("mean_trust"), defined=LIVING),
    Column("frozen_dyads", "dyads", "Own frozen dyads with members.", of("frozen_dyads"), "count"),
)  # fmt: skip
