"""Columns of the institution and its world: the ten of the core, and all of them."""

from __future__ import annotations

import numpy as np

from aiposim.panel.columns import (
    LIVING,
    MONEY,
    PART,
    YES,
    Column,
    Moment,
    added,
    band,
    by_area,
    of,
    row_of_bands,
    summed,
)
from aiposim.quantities import AREAS, Array
from aiposim.state import DELIVERED


def _relief_rate(now: Moment) -> Array:
    return np.where(now.state.relief >= 0, now.state.relief_rate, np.nan)


def _core_excess(now: Moment) -> Array:
    return np.where(now.added("total_reviews") > 0.0, now.state.smallest, np.nan)


CORE: tuple[Column, ...] = (
    band("budget", MONEY, "Budget in force after the decision.", stored="whole"),
    band("budget_ratio", "ratio", "Budget / efficient budget of the members, where that is positive."),
    band("timely_collection_rate", "share of dues", "Money paid in its own half-year / dues."),
    band("arrears_years", "years of dues", "Members' arrears / (2 x budget), before leavers' arrears are void."),
    band("trust", PART, "Mean over members of their mean trust in the other members."),
    band("decision_rate", "share of items settled", "Settled items / items; undefined without an item.",
          stored="listed"),
    band("delivery_ratio", "of the efficient programme's benefit", "Members' public benefit of what is delivered / "
          "that of the efficient programme; 0 after dissolution.", defined="always"),
    band("response_effectiveness", PART, "Mean value of the crises, 0 for a lost one; undefined without a crisis.",
          stored="whole"),
    band("cooperation_index", PART, "Mean of its four or five parts, times members / founders; 0 after dissolution.",
          defined="always"),
    band("members", "states", "Members during the half-year; 0 after dissolution.", "count", "always"),
)  # fmt: skip
"""The ten that say most: the money, the parts of the co-operation index, the index itself, and who is left."""

_OTHER_BANDS = (
    band("collection_rate", "share of dues", "Money paid, catch-up included / dues."),
    band("trust_founders", PART, "Mean trust over all ordered pairs of founders.", defined="always"),
    band("response_days", "days", "Mean days to the field of the crises answered; undefined without one."),
    band("incidents", "per half-year", "Incidents of all dyads of founders.", "count", "always"),
    band("secretariat_capacity", PART, "Capacity of the secretariat, before the host may leave."),
    band("women_share", "share", "Women among deployed personnel, weighted by the members' rosters."),
    *(
        Column(f"delivery.{area}", MONEY, "Programme delivered in the area; 0 after dissolution.", row_of_bands(row))
        for row, area in enumerate(AREAS, start=DELIVERED)
    ),
)

INSTITUTION: tuple[Column, ...] = (
    *CORE,
    *_OTHER_BANDS,
    Column("alive", YES, "The institute lives during the half-year.", lambda now: now.lives, "flag"),
    Column("dissolved", YES, "It is dissolved, at the end of this half-year or before.",
           lambda now: ~now.state.alive, "flag"),
    Column("exits", "states", "Members that leave at the end of the half-year.", added("total_exits"), "count"),
    # the index and other measures by half-year
    Column("cooperation_index_without_decisions", PART, "The co-operation index without the decision rate.",
           of("index_without_decisions")),
    Column("burden_gini", PART, "Gini coefficient of payment / valuation among the members.", of("burden_gini"),
           defined=LIVING),
    Column("joint_statement_share", "share of UN issues", "Issues on which the members made a joint statement.",
           added("total_joint"), defined=LIVING, stored="listed"),
    Column("influence_index", "relative to all founders as one", "Influence in the United Nations.", of("influence"),
           defined=LIVING, stored="listed"),
    Column("core_excess", MONEY, "Smallest surplus of a coalition over what it could reach alone; at reviews, "
           "up to six founders.", _core_excess, defined=LIVING),
    # money
    Column("efficient_budget", MONEY, "Efficient (Samuelson) budget of the members.", of("efficient"), defined=LIVING),
    Column("due", MONEY, "Dues of all members, less opt-outs and credit in kind.", of("total_due"), defined=LIVING,
           stored="whole"),
    Column("collected", MONEY, "Money paid by the members, catch-up included.", of("collected"), defined=LIVING),
    Column("received", MONEY, "Money collected and external funds.", of("received"), defined=LIVING),
    Column("pledged", MONEY, "Sum of the pledges; 0 where contributions are assessed.", of("pledged"), defined=LIVING),
    Column("total_valuation", "M US$ per half-year and log unit", "Sum of the members' valuations.",
           of("total_valuation"), defined=LIVING, stored="listed"),
    Column("new_key", YES, "The scale of assessments is set anew: at a review or after an exit.", of("rescaled"),
           "flag"),
    Column("relief", "state", "State in whose favour relief is in force.", of("relief"), "state", LIVING),
    Column("relief_rate", "part of its key", "From which that state is relieved.", _relief_rate, defined=LIVING),
    Column("reliefs", "number", "Reliefs granted, in force from the coming review.", added("total_reliefs"), "count"),
    # the Director
    Column("director", "state", "State of the Director.", of("director"), "state", LIVING),
    Column("director_selected", YES, "A Director was selected in the half-year.", of("selects"), "flag"),
    Column("acting", YES, "The Director only acts: no agenda power.", of("acting"), "flag", LIVING),
    Column("competence", PART, "Competence of the Director.", of("competence"), defined=LIVING, stored="whole"),
    Column("partiality", PART, "Weight of the Director's own state in what the Director sponsors.", of("partiality"),
           defined=LIVING, stored="whole"),
    # the Council
    Column("absent", "governments", "Member governments absent from the session.", of("absent"), "count"),
    Column("suspensions", "states", "Members whose vote is suspended.", of("suspensions"), "count"),
    Column("items", "number", "Items put to a vote: budget or programme, and crises not delegated.", of("items"),
           "count"),
    Column("settled_items", "number", "Of these, settled.", of("settled_items"), "count"),
    Column("adopted", YES, "A budget (first half of the year) or programme of work (second) was adopted.",
           lambda now: now.state.adopted & now.state.settled & now.lives, "flag", LIVING),
    Column("settled", YES, "It was adopted, or what is in force is near enough to what was sponsored.",
           lambda now: now.state.settled, "flag", LIVING),
    *by_area("mix", "share of the programme", "Voted programme of work.", "mix", "whole"),
    *by_area("working_mix", "share of the programme", "Programme the money follows; under pledges half is earmarked.",
              "working_mix", "whole"),
    # crises
    Column("crises", "number", "Crises that broke out.", of("crisis_number"), "count"),
    Column("answered_crises", "number", "Of these, answered.", of("answered_crises"), "count"),
    Column("crisis_items", "number", "Crises put to a vote, not delegated to the Director.", of("crisis_items"),
           "count"),
    Column("crises_settled", "number", "Of these, passed at first reading.", of("crises_settled"), "count"),
    Column("crises_value", "number", "Sum over crises of magnitude x value.", of("crises_value"), defined=LIVING,
           stored="whole"),
    Column("sharing_events", "number", "Times that two contingents shared supplies or information.",
           added("total_sharing"), "count"),
    Column("backlashes", "number", "Times that sharing was followed by protest at home.", added("total_backlashes"),
           "count"),
    # the secretariat and its programme
    Column("efficiency", "effective M US$ per M US$", "What the secretariat makes of money.", of("efficiency"),
           defined=LIVING),
    *by_area("efficient_delivery", MONEY, "What the efficient budget would deliver in the area.",
              "efficient_delivery"),
    Column("efficient_benefit", MONEY, "Members' benefit of the efficient programme.", of("efficient_benefit"),
           defined=LIVING),
    Column("network", PART, "Stock of the information network.", of("network"), defined=LIVING),
    Column("consortium", PART, "Stock of the consortium for humanitarian work.", of("consortium"), defined=LIVING),
    Column("training", PART, "Stock of the training centres.", of("training"), defined=LIVING),
    Column("trained", "persons", "Civilian experts trained.", added("total_trained"), defined=LIVING),
    Column("civilians_serving", "persons", "The members' civilian experts serving in missions.",
           of("civilians_sum"), defined=LIVING),
    Column("civilian_women_share", "share", "Women among civilian experts.", of("civilian_women"), defined=LIVING),
    Column("field_coordination", PART, "Stock of joint operations and analysis in the field.",
           of("coordination_stock"), defined=LIVING),
    # the world
    Column("cooperation", PART, "Experience of co-operation, which calms the world.", of("cooperation")),
    Column("incident_rate", "per half-year", "Incidents expected, all dyads of founders.", summed("incident_rate")),
    Column("major_incidents", "dyads", "Dyads of founders with a major incident.", summed("major"), "count"),
    Column("frozen_dyads", "dyads", "Frozen dyads between members.", lambda now: summed("frozen_dyads")(now) / 2.0,
           "count"),
    Column("frozen_dyads_founders", "dyads", "Frozen dyads of founders, members or not.", summed("frozen"), "count"),
    Column("summit", YES, "A leaders' summit is held in the year that ends with this half-year.",
           lambda now: now.added("total_summits") > 0.0, "flag"),
    Column("years_since_summit", "years", "Full years since the last summit, counted when a year ends.", of("gap"),
           "count"),
)  # fmt: skip
