"""What is legal but odd. Warnings never stop a run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from aiposim import families
from aiposim.scenario.consistency import fixed_weights
from aiposim.scenario.draft import Draft, Finding
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.keys import setting_keys

_TOLERANCE = 1e-9  # as in the voting rules (MODEL section 9)

# Keys that only one rule reads: key -> (key of the rule, the rules that read it).
_READ_BY = {
    "control.voting.qualified_share": ("control.voting.rule", ("qmv",)),
    "control.voting.weighted_share": ("control.voting.rule", ("weighted",)),
    "control.voting.casting_vote": ("control.voting.rule", ("majority",)),
    "control.cost_sharing.key": ("control.cost_sharing.rule", ("fixed_key",)),
    "control.cost_sharing.floor": ("control.cost_sharing.rule", ("un_scale", "un_pk")),
    "control.cost_sharing.equal_part": ("control.cost_sharing.rule", ("hybrid",)),
    "control.cost_sharing.claims_ratio": (
        "control.cost_sharing.rule",
        ("cea", "cel", "talmud", "proportional"),
    ),
    "control.cost_sharing.valuation_error": (
        "control.cost_sharing.rule",
        ("benefit", "shapley", "nucleolus"),
    ),
}
_NOT_UNDER_PLEDGES = {
    "scope.optout": "Opt-outs have no effect under voluntary pledges: nobody owes anything.",
    "flexibility.sanction.waiver": "A waiver has no effect under voluntary pledges: there are no arrears.",
    "flexibility.relief": "Relief has no effect under voluntary pledges: there is no key to be relieved of.",
    "control.council.reserved": "reserved has no effect under voluntary pledges: there is no key to vote on.",
    "flexibility.sanction.rule": "Sanctions have no effect under voluntary pledges: there are no arrears.",
    "flexibility.reversion.rule": "The reversion has no effect under voluntary pledges: no budget is voted.",
    "control.cost_sharing.ceiling": "A ceiling has no effect under voluntary pledges: there is no key.",
    "flexibility.host_premium": "A host premium has no effect under voluntary pledges: there is no key.",
}


def oddities(draft: Draft) -> Iterator[Finding]:
    for check in (
        _implausible,
        _implausible_figures,
        _unused,
        _under_pledges,
        _same_votes,
        _proportions,
        _never_reached,
        _breeding,
        _unread_pairs,
    ):
        yield from check(draft)


def _value(draft: Draft, dotted: str) -> object:
    here: object = draft.settings
    for step in dotted.split("."):
        here = getattr(here, step)
    return here


def _outside(value: object, plausible: tuple[float | None, float | None] | None) -> str:
    """The plausible range in words, if the value lies outside."""
    if plausible is None or not isinstance(value, int | float):
        return ""
    low, high = plausible
    if (low is not None and value < low - _TOLERANCE) or (high is not None and value > high + _TOLERANCE):
        return (
            f"{low:g} to {high:g}"
            if low is not None and high is not None
            else f"at least {low:g}"
            if low is not None
            else f"at most {high:g}"
        )
    return ""


def _implausible(draft: Draft) -> Iterator[Finding]:
    for key in setting_keys().values():
        value = _value(draft, key.key)
        outside = _outside(value, key.plausible)
        if outside and draft.written(key.key):
            name = key.key.rsplit(".", 1)[-1]
            message = f"{name} is {value}, outside the plausible range ({outside}); the run goes on."
            yield Finding((key.key,), message, found=value, allowed=f"plausible: {outside}", severity="warning")


def _implausible_figures(draft: Draft) -> Iterator[Finding]:
    """Interests that sum to more than twice the founders' 1 are figures on another scale."""
    total = sum(member.revealed_interest for member in draft.members.values())
    if total > 2:
        message = f"The revealed interests of the members sum to {total:.3g}; those shipped sum to about 1."
        yield Finding(("membership.members",), message, found=total, allowed="a sum of about 1", severity="warning")


def _unused(draft: Draft) -> Iterator[Finding]:
    for key, (rule_key, readers) in _READ_BY.items():
        rule = str(_value(draft, rule_key))
        # What a rule of the user's own reads, only its file knows.
        own = families.own_rule(f"rules.{rule_key.split('.')[-2]}", rule) is not None
        if draft.written(key) and rule not in readers and not own:
            name = key.rsplit(".", 1)[-1]
            message = f"{name} has no effect: the rule is {rule}, and it is read only by {' and '.join(readers)}."
            yield Finding((key, rule_key), message, found=_value(draft, key), severity="warning", unused=True)
    director = draft.settings.control.director
    if director.queue is not None and director.rule == "merit":
        yield Finding(
            ("control.director.queue",),
            "The queue has no effect: merit chooses the ablest.",
            found=director.queue,
            severity="warning",
            unused=True,
        )
    yield from _unused_beside_them(draft)
    membership = draft.settings.membership
    if draft.written("membership.notice") and not membership.exit_allowed:
        yield Finding(
            ("membership.notice",),
            "notice has no effect: nobody may leave.",
            found=membership.notice,
            severity="warning",
            unused=True,
        )


def _unused_beside_them(draft: Draft) -> Iterator[Finding]:
    """Keys that do nothing beside the value of another key."""
    flexibility, world = draft.settings.flexibility, draft.settings.world
    reserved = draft.settings.control.council.reserved
    idle = [matter for matter in ("admission", "host") if matter not in reserved]
    if draft.written("control.council.reserved") and idle:
        message = f"{' and '.join(idle)} need not be reserved: nobody is admitted later, and the host does not move."
        yield Finding(("control.council.reserved",), message, found=reserved, severity="warning", unused=True)
    if flexibility.relief == "rubinstein" and "key" not in reserved:
        yield Finding(
            ("flexibility.relief", "control.council.reserved"),
            "It makes no difference that key is not reserved: a bargained relief is one that every member would bear.",
            found=reserved,
            severity="warning",
            unused=True,
        )
    if draft.written("flexibility.bargaining_discount") and flexibility.relief != "rubinstein":
        yield Finding(
            ("flexibility.bargaining_discount", "flexibility.relief"),
            "bargaining_discount has no effect: relief is a tenth of the share, and nothing is bargained for.",
            found=flexibility.bargaining_discount,
            severity="warning",
            unused=True,
        )
    if draft.written("flexibility.relief") and not flexibility.renegotiation:
        yield Finding(
            ("flexibility.relief", "flexibility.renegotiation"),
            "relief has no effect: nobody may ask for any (renegotiation is false).",
            found=flexibility.relief,
            severity="warning",
            unused=True,
        )
    if flexibility.sanction.waiver and flexibility.sanction.rule in ("none", "interest"):
        yield Finding(
            ("flexibility.sanction.waiver", "flexibility.sanction.rule"),
            f"waiver has no effect: under {flexibility.sanction.rule} no vote is suspended.",
            found=True,
            severity="warning",
            unused=True,
        )
    free = [code for code, member in draft.members.items() if not member.principles]
    if world.crises.caveat == "principles" and free:
        yield Finding(
            ("world.crises.caveat", "membership.members"),
            f"Without any principle that it requires, every crisis is open to {' and '.join(free)}.",
            found="principles",
            severity="warning",
        )
    if world.incidents.process != "hawkes":
        names = ["self_excitation", "cross_excitation", "decay", "cooperation_effect", "hawkishness_effect"]
        names += ["cooperation_reference", "cooperation_memory"]
        names += ["scale", "freeze", "thaw", "thaw_turnover"] if world.incidents.process == "none" else []
        for name in names:
            key = f"world.incidents.{name}"
            if draft.written(key):
                yield Finding(
                    (key, "world.incidents.process"),
                    f"{name} has no effect: the process of incidents is {world.incidents.process}.",
                    found=getattr(world.incidents, name),
                    severity="warning",
                    unused=True,
                )


def _under_pledges(draft: Draft) -> Iterator[Finding]:
    if draft.settings.control.cost_sharing.rule != "voluntary":
        return
    for key, message in _NOT_UNDER_PLEDGES.items():
        value = _value(draft, key)
        if draft.written(key) and value not in ("none", 0.0, False):
            yield Finding((key, "control.cost_sharing.rule"), message, found=value, severity="warning", unused=True)


def _same_votes(draft: Draft) -> Iterator[Finding]:
    """Under some keys weighted and double majority are the same rule (MODEL section 9)."""
    voting = draft.settings.control.voting
    shares = _known_shares(draft)
    if voting.rule != "weighted" or not shares:
        return
    codes = list(shares)
    for size in range(1, len(codes) + 1):
        for coalition in combinations(codes, size):
            held = sum(shares[code] for code in coalition)
            weighted = held >= voting.weighted_share - _TOLERANCE and size >= min(2, len(codes))
            double = 2 * size > len(codes) and held > 0.5 + _TOLERANCE
            if weighted != double:
                return
    rule = draft.settings.control.cost_sharing.rule
    message = (
        f"weighted and double majority have the same winning coalitions under this key ({rule}): "
        "comparing them shows nothing."
    )
    yield Finding(("control.voting.rule", "control.cost_sharing.rule"), message, found=voting.rule, severity="warning")


def _known_shares(draft: Draft) -> dict[str, float]:
    """Shares that are plain before a run: equal, a fixed key, or the record of income; else empty."""
    rule = draft.settings.control.cost_sharing.rule
    if rule == "equal":
        weights = dict.fromkeys(draft.codes, 1.0)
    elif rule == "fixed_key":
        weights = fixed_weights(draft.settings.control.cost_sharing, draft.assembly.members)
        weights = {code: part for code, part in weights.items() if code in draft.codes}
    elif rule == "gni":
        weights = {code: _mean_income(draft, code) for code in draft.members}
    else:
        return {}
    total = sum(weights.values())
    shares = {code: weight / total for code, weight in weights.items()} if total > 0 else {}
    return {} if any(share > draft.settings.control.cost_sharing.ceiling for share in shares.values()) else shares


def _mean_income(draft: Draft, code: str) -> float:
    """Mean of the three years that ended two years before the start, of those that are known."""
    gni = draft.members[code].gni
    last = min(draft.settings.world.start - 2, max(gni))
    years = [year for year in range(last - 2, last + 1) if year in gni] or [max(gni)]
    return sum(gni[year] for year in years) / len(years)


def _proportions(draft: Draft) -> Iterator[Finding]:
    sharing = draft.settings.control.cost_sharing
    if sharing.rule != "fixed_key" or not isinstance(sharing.key, FrozenDict):
        return
    key = "control.cost_sharing.key"
    total = sum(sharing.key.values())
    if abs(total - 1) > 1e-6:
        message = f"The shares of the fixed key sum to {total:.6g}; they are read in proportion."
        yield Finding((key,), message, found=dict(sharing.key), allowed="shares that sum to 1", severity="warning")
    strange = [code for code in sharing.key if code not in draft.codes]
    if strange:
        message = f"The fixed key names {', '.join(strange)}, no member here; that part is spread over the others."
        yield Finding((key,), message, found=", ".join(strange), allowed=", ".join(draft.codes), severity="warning")


def _never_reached(draft: Draft) -> Iterator[Finding]:
    horizon = draft.settings.world.horizon
    for key in ("flexibility.review", "control.director.term"):
        value = _value(draft, key)
        if draft.written(key) and isinstance(value, int) and value > horizon:
            name = key.rsplit(".", 1)[-1]
            message = f"{name} is {value} periods, longer than the run of {horizon}: it never comes up."
            yield Finding(
                (key, "world.horizon"), message, found=value, allowed=f"at most {horizon}", severity="warning"
            )


def _breeding(draft: Draft) -> Iterator[Finding]:
    """The spectral radius of the excitation: each pair shares a state with 2(N - 2) others."""
    incidents = draft.settings.world.incidents
    if incidents.process != "hawkes":
        return
    radius = incidents.self_excitation + 2 * (len(draft.codes) - 2) * incidents.cross_excitation
    if radius >= 1:
        message = (
            f"An incident breeds {radius:.3g} further ones in all; only the cap on the rate holds them. "
            "A smaller cross_excitation lets them die out."
        )
        keys = ("world.incidents.cross_excitation", "world.incidents.self_excitation", "membership.members")
        yield Finding(keys, message, found=radius, allowed="below 1 in all", severity="warning")


def _unread_pairs(draft: Draft) -> Iterator[Finding]:
    block = draft.entry.get(("membership", "pairs"))
    for name, child in (block.children if block else {}).items():
        strange = [code for code in name.split("-") if code not in draft.codes]
        if strange and len(name.split("-")) == 2:
            message = f"The pair {name} has no effect: no member here is {' or '.join(strange)}."
            yield Finding(
                (f"membership.pairs.{name}",),
                message,
                found=name,
                severity="warning",
                place=child.place,
                unused=True,
            )
