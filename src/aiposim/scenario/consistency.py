"""What several keys together make impossible. Each check finds all its faults; none stops another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aiposim.families import near
from aiposim.scenario.draft import Draft, Finding
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.member import FIRST_YEAR, LAST_YEAR, Member
from aiposim.scenario.schema import CostSharing

_TOLERANCE = 1e-9
_UN_METHODS = ("un_scale", "un_pk")  # the keys under which a least developed member pays at most so much:
_LEAST_DEVELOPED_CEILING = 0.0001


def faults(draft: Draft) -> Iterator[Finding]:
    """All faults of combinations, but for those that touch a key already known to be wrong."""
    for check in _CHECKS:
        for finding in check(draft):
            if not draft.wrong.intersection(finding.keys):
                yield finding


def _listed_twice(draft: Draft) -> Iterator[Finding]:
    codes = draft.assembly.codes
    for i, code in enumerate(codes):
        if code and code in codes[:i]:
            yield Finding(
                ("membership.members",),
                f"{code} is a member twice.",
                found=code,
                allowed="each state once",
                at=("membership", "members", str(i)),
            )


def _host(draft: Draft) -> Iterator[Finding]:
    host = draft.settings.membership.host
    if draft.codes and host not in draft.codes:
        guess = near(host, draft.codes)
        hint = f" Did you mean {guess!r}?" if guess else ""
        message = f"The host {host} is not a member; the members are {', '.join(draft.codes)}.{hint}"
        yield Finding(("membership.host", "membership.members"), message, found=host, allowed=", ".join(draft.codes))


def _smallest_membership(draft: Draft) -> Iterator[Finding]:
    least, count = draft.settings.membership.min_members, len(draft.assembly.codes)
    if least > count:
        message = f"The institute is dissolved below {least} members, but only {count} found it."
        yield Finding(
            ("membership.min_members", "membership.members"),
            message,
            found=least,
            allowed=f"from 2 to {count}",
        )


def _queue(draft: Draft) -> Iterator[Finding]:
    queue = draft.settings.control.director.queue
    if queue is None or sorted(queue) == sorted(draft.codes):
        return
    lacking = [code for code in draft.codes if code not in queue]
    strange = [code for code in queue if code not in draft.codes]
    twice = sorted({code for code in queue if queue.count(code) > 1})
    faults = [
        f"{text} {', '.join(codes)}"
        for text, codes in (
            ("it lacks", lacking),
            ("it names no member:", strange),
            ("it names twice", twice),
        )
        if codes
    ]
    message = f"The queue must name every member once: {'; '.join(faults)}."
    yield Finding(
        ("control.director.queue", "membership.members"),
        message,
        found=queue,
        allowed=f"an order of {', '.join(draft.codes)}",
    )


def _fixed_key(draft: Draft) -> Iterator[Finding]:
    sharing = draft.settings.control.cost_sharing
    keys = ("control.cost_sharing.key", "control.cost_sharing.rule", "membership.members")
    if sharing.rule != "fixed_key":
        return
    weights = fixed_weights(sharing, draft.assembly.members)
    known = draft.assembly.member_entries
    lacking = [code for code in known if code not in weights and f"{keys[0]}.{code}" not in draft.wrong]
    if lacking and isinstance(sharing.key, FrozenDict):
        strange = [code for code in weights if code not in draft.codes]
        guess = near(strange[0], lacking) if strange else None
        hint = f" Did you mean {guess!r} by {strange[0]!r}?" if guess else ""
        message = f"The fixed key has no share for {', '.join(lacking)}.{hint}"
        yield Finding(keys, message, found=dict(weights), allowed=f"a share for each of {', '.join(draft.codes)}")
    elif weights and sum(weights.get(code, 0) for code in draft.codes) <= 0:
        yield Finding(keys, "The fixed key gives every member nothing.", found=dict(weights), allowed="a sum above 0")


def fixed_weights(sharing: CostSharing, members: Iterable[Member]) -> dict[str, float]:
    """Shares of the fixed key as they are written, by state: CMIM's from the members' files, TCS's equal."""
    if isinstance(sharing.key, FrozenDict):
        return dict(sharing.key)
    if sharing.key == "tcs":
        return {member.code: 1.0 for member in members}
    return {member.code: member.cmim_weight for member in members}


def _bounds_on_shares(draft: Draft) -> Iterator[Finding]:
    sharing, count = draft.settings.control.cost_sharing, len(draft.assembly.codes)
    ceiling, floor = "control.cost_sharing.ceiling", "control.cost_sharing.floor"
    members = "membership.members"
    if count == 0:
        return
    least = sum(member.least_developed for member in draft.members.values()) if sharing.rule in _UN_METHODS else 0
    raised = sharing.ceiling * (count - least) + min(sharing.ceiling, _LEAST_DEVELOPED_CEILING) * least
    if least < count and raised < 1 - _TOLERANCE:
        spared = f", {least} of them least developed," if least else ""
        message = (
            f"A ceiling of {sharing.ceiling:g} for {count} members{spared} raises at most {raised:.3g} of the budget."
        )
        needed = (1 - _LEAST_DEVELOPED_CEILING * least) / (count - least)
        yield Finding(
            (ceiling, members),
            message,
            found=sharing.ceiling,
            allowed=f"at least {needed:.4g}" + ("" if least else " (1 / members)"),
        )
    if sharing.floor * count > 1 + _TOLERANCE:
        message = f"A floor of {sharing.floor:g} for {count} members raises more than the budget."
        yield Finding((floor, members), message, found=sharing.floor, allowed=f"at most {1 / count:.4g} (1 / members)")
    elif sharing.floor > sharing.ceiling:
        message = f"The floor {sharing.floor:g} is above the ceiling {sharing.ceiling:g}."
        yield Finding(
            (floor, ceiling),
            message,
            found=sharing.floor,
            allowed=f"at most the ceiling, {sharing.ceiling:g}",
        )


def _published_rates(draft: Draft) -> Iterator[Finding]:
    if draft.settings.control.cost_sharing.rule != "un_scale_published":
        return
    for code, member in draft.members.items():
        if not member.un_scale_rate or min(member.un_scale_rate.values()) <= 0.0:
            found = dict(member.un_scale_rate)
            message = f"{code} has no published UN rate above 0 for every period, which the key reads."
            yield _of_member(draft, code, "un_scale_rate", message, found, "rates above 0 by first year")


def _cost_of_money(draft: Draft) -> Iterator[Finding]:
    valuation = draft.settings.world.valuation
    returned, cost = valuation.joint_product, valuation.cost_of_funds
    if returned >= cost:
        message = (
            f"A dollar paid returns {returned:g} to the payer and costs {cost:g}, "
            "so no budget would be too large; the cost of funds must exceed the joint product."
        )
        keys = ("world.valuation.joint_product", "world.valuation.cost_of_funds")
        yield Finding(keys, message, found=returned, allowed=f"below {cost:g}")


def _founding_budget(draft: Draft) -> Iterator[Finding]:
    money = draft.settings.centralisation
    if money.founding_budget < money.fixed_cost:
        message = (
            f"A founding budget of {money.founding_budget:g} does not cover the fixed cost of {money.fixed_cost:g}."
        )
        keys = ("centralisation.founding_budget", "centralisation.fixed_cost")
        yield Finding(keys, message, found=money.founding_budget, allowed=f"at least {money.fixed_cost:g}")


def _luck(draft: Draft) -> Iterator[Finding]:
    owners: dict[int, str] = {}
    for code, member in draft.members.items():
        other = owners.setdefault(member.luck, code)
        if other != code:
            message = f"{code} and {other} have the same luck, {member.luck}; their draws would be the same."
            yield _of_member(draft, code, "luck", message, member.luck, "a number of its own")


def _mixes(draft: Draft) -> Iterator[Finding]:
    for code, member in draft.members.items():
        total = sum(member.ideal_mix)
        if abs(total - 1) > 1e-6:
            message = f"The ideal mix of {code} sums to {total:.6g}, not to 1."
            yield _of_member(draft, code, "ideal_mix", message, member.ideal_mix._asdict(), "five parts that sum to 1")


def _incomes(draft: Draft) -> Iterator[Finding]:
    """The first key reads the three years that ended two years before; years before 2007 count as 2007."""
    start = draft.settings.world.start
    asked = {max(FIRST_YEAR, year) for year in range(start - 4, start - 1)}
    for code, member in draft.members.items():
        allowed = f"years {FIRST_YEAR} to {LAST_YEAR}, {LAST_YEAR} among them"
        if LAST_YEAR not in member.gni:
            message = f"The income of {code} lacks {LAST_YEAR}, from which later years are reckoned."
            yield _of_member(draft, code, "gni", message, sorted(member.gni), allowed)
        elif max(asked) <= LAST_YEAR and not asked.intersection(member.gni):
            years = ", ".join(str(year) for year in sorted(asked))
            message = f"The income of {code} has none of the years that the first key reads: {years}."
            yield _of_member(draft, code, "gni", message, sorted(member.gni), f"one of {years}")


def _of_member(draft: Draft, code: str, figure: str, message: str, found: object, allowed: str) -> Finding:
    """A fault in a member's figure, in its own file or in the scenario that changes it."""
    override = f"membership.overrides.{code}.{figure}"
    key = override if draft.written(override) else figure
    place = draft.assembly.member_entries[code].nearest((figure,)).place
    return Finding((key,), message, found=found, allowed=allowed, place=place)


_CHECKS = (
    _listed_twice,
    _host,
    _smallest_membership,
    _queue,
    _fixed_key,
    _bounds_on_shares,
    _published_rates,
    _cost_of_money,
    _founding_budget,
    _luck,
    _mixes,
    _incomes,
)
