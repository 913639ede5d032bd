"""The settings of a scenario: membership, scope, centralisation, control, flexibility, and the world.

The five blocks are the dimensions of Koremenos, Lipson & Snidal 2001 (IO 55:761-99). Defaults, symbols and
plausible ranges: MODEL sections 1 and 14.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from aiposim.scenario.fields import (
    Block,
    CostSharingRule,
    DirectorRule,
    ReversionRule,
    Review,
    SanctionRule,
    StateCode,
    VotingRule,
    number,
    setting,
    share,
)
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.world import World

MONEY = "M US$ per half-year"


class Membership(Block):
    """Who founds the institute, and how one leaves."""

    members: Annotated[tuple[str, ...], Field(min_length=2, max_length=10)] = setting(
        ("JPN", "CHN", "KOR"), "founding states: codes of shipped members, or paths of member files"
    )
    host: StateCode = setting("JPN", "state in which the institute stands")
    exit_allowed: bool = setting(True, "may a state leave")
    notice: int = number(4, "time between notice and exit", unit="periods", ge=1, le=8)
    min_members: int = number(2, "with fewer members the institute is dissolved", unit="members", ge=2, le=10)
    overrides: FrozenDict[str, FrozenDict[str, Any]] = setting(
        FrozenDict(), "other figures for a member: overrides.JPN.robustness_cap"
    )
    pairs: FrozenDict[str, Any] = setting(
        FrozenDict(), "figures of pairs of members, as JPN-XYZ; needed for states of one's own"
    )


class Scope(Block):
    """What the institute does."""

    optout: Literal["none", "area"] = setting("none", "may a state stay out of one area and its costs")
    coordination: Literal["off", "on"] = setting("off", "do trained civilians shorten technical responses")


class Centralisation(Block):
    """What the institute may do by itself, and with what."""

    autonomy: float = number(
        0.3,
        "delegation of crises to the Director",
        symbol="autonomy",
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 0.8),
    )
    founding_budget: float = number(
        6.0, "budget at the start", symbol="B0", unit=MONEY, gt=0, le=10_000, plausible=(3, 12)
    )
    external_funds: float = number(
        0.0,
        "money of the UN, ASEAN and other partners, without dues or votes",
        symbol="external_funds",
        unit=MONEY,
        ge=0,
        le=10_000,
        plausible=(0, 3),
    )
    fixed_cost: float = number(1.5, "cost of existing", symbol="C0", unit=MONEY, ge=0, le=10_000, plausible=(0.75, 3))
    deputies: Literal["net", "per_state"] = setting(
        "net", "Deputy Directors: counted in the Director's partiality, or one by one"
    )


class Voting(Block):
    """How the Council decides (MODEL section 9)."""

    rule: VotingRule = setting("unanimity", "voting rule", family="rules.voting")
    qualified_share: float = number(
        0.67, "part of the seats voting that qmv asks for", symbol="qm", unit="share", ge=0.5, le=1
    )
    weighted_share: float = number(
        0.60, "part of the key that weighted asks for", symbol="wq", unit="share", ge=0.5, le=1
    )
    voters: Literal["all", "governments"] = setting("all", "who votes where seats are counted")
    casting_vote: bool = setting(True, "does the chair break a tie", symbol="casting")


class Council(Block):
    """Who sits in the Governing Council."""

    ngo: Literal["one", "per_state"] = setting("one", "seats of non-governmental organisations")
    reserved: tuple[Literal["key", "admission", "host"], ...] = setting(
        ("key", "admission", "host"), "matters that always need every government"
    )


class CostSharing(Block):
    """Who pays what (MODEL section 8)."""

    rule: CostSharingRule = setting("fixed_key", "cost-sharing rule", family="rules.cost_sharing")
    key: Literal["cmim", "tcs"] | FrozenDict[str, Annotated[float, Field(ge=0)]] = setting(
        "cmim", "fixed shares: cmim, tcs, or a number for each state"
    )
    equal_part: float = share(0.5, "equal part of the hybrid key", symbol="hybrid", plausible=(0, 1))
    claims_ratio: float = number(
        1.5,
        "sum of claims against what is to be raised",
        symbol="claims_ratio",
        unit="ratio",
        ge=1,
        le=100,
        plausible=(1, 3),
    )
    valuation_error: float = number(
        0.15,
        "error in reported valuations",
        symbol="val_err",
        unit="log units",
        ge=0,
        le=3,
        plausible=(0, 0.3),
    )
    ceiling: float = number(1.0, "largest share", unit="share", gt=0, le=1)
    floor: float = number(0.0, "smallest share", unit="share", ge=0, lt=1)


class Director(Block):
    """Who directs (MODEL section 10)."""

    rule: DirectorRule = setting("rotation", "how the Director is found", family="rules.director")
    term: int = number(10, "term of office", symbol="term", unit="periods", ge=1, le=600, plausible=(4, 20))
    queue: tuple[StateCode, ...] | None = setting(None, "order of turns; the order of members unless given")
    agenda_power: float = share(0.4, "weight of the Director in the proposal", symbol="agenda", plausible=(0, 0.9))
    partiality: float = share(0.35, "mean leaning of the Director to his own state", symbol="bD", plausible=(0.1, 0.7))


class Control(Block):
    """Who decides, who pays, who directs."""

    voting: Voting = Voting()
    council: Council = Council()
    cost_sharing: CostSharing = CostSharing()
    director: Director = Director()


class Reversion(Block):
    """The budget when none is adopted."""

    rule: ReversionRule = setting("rollover", "last budget, or three quarters of it", family="rules.reversion")


class Sanction(Block):
    """What happens to a state in arrears (MODEL section 11)."""

    rule: SanctionRule = setting("art19", "sanction", family="rules.sanction")
    waiver: bool = setting(False, "is a first breach after a late payment beyond its control excused")


class Flexibility(Block):
    """How the agreement bends."""

    review: Review = number(
        6,
        "time between reviews of the key, or never",
        symbol="review",
        unit="periods",
        ge=1,
        le=600,
        plausible=(2, None),
    )
    renegotiation: bool = setting(True, "may an overcharged state ask for relief before a review")
    relief: Literal["tenth", "rubinstein"] = setting(
        "tenth", "size of a relief: a tenth of the share, or what alternating offers would settle on"
    )
    bargaining_discount: float = number(
        0.98,
        "discount factor between two offers of a bargain",
        symbol="del",
        unit="a round",
        gt=0,
        le=1,
        plausible=(0.8, 1),
    )
    reversion: Reversion = Reversion()
    erosion: float = number(
        0.01,
        "loss of a budget that rolls over",
        symbol="erosion",
        unit="per half-year",
        ge=0,
        lt=0.5,
        plausible=(0, 0.03),
    )
    sanction: Sanction = Sanction()
    host_premium: float = share(
        0.0, "part of the budget that the host pays beforehand", symbol="host_premium", plausible=(0, 0.3)
    )
    inkind_credit: float = share(
        0.0,
        "largest part of the dues that persons deployed can pay",
        symbol="inkind_credit",
        plausible=(0, 0.5),
    )


class Settings(Block):
    """All that can be set, block by block; an attribute path is a key path."""

    membership: Membership = Membership()
    scope: Scope = Scope()
    centralisation: Centralisation = Centralisation()
    control: Control = Control()
    flexibility: Flexibility = Flexibility()
    world: World = World()
