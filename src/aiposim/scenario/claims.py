"""Whether the claims of a scenario can be tried: the designs and members that they name must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aiposim.families import near
from aiposim.scenario.design import chosen
from aiposim.scenario.entries import Entry
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.problems import Problem, problem

Codes = Sequence[str]


def conclusion_problems(entry: Entry, designs: Mapping[str, Codes | None]) -> Iterator[Problem]:
    """Claims about designs that there are not, or about states that are no members of them.

    designs   founders by the name of the design; None where they could not be read
    """
    claims = entry.get(("conclusions",))
    items = claims.value if claims is not None and isinstance(claims.value, tuple) else ()
    for i, item in enumerate(items):
        if isinstance(item.value, FrozenDict):
            yield from _of_designs(item, f"conclusions.{i}", designs)
            yield from _margin(item, f"conclusions.{i}")


def _of_designs(item: Entry, key: str, designs: Mapping[str, Codes | None]) -> Iterator[Problem]:
    named = {part: child for part, child in item.children.items() if part in ("design", "than")}
    found: dict[str, str] = {}
    for part, child in named.items():
        if not isinstance(child.value, str):
            continue  # refused by the schema
        name = chosen(child.value, designs)
        if name is None:
            yield _no_design(child, f"{key}.{part}", designs)
        else:
            found[part] = name
    if len(found) == 2 and found["design"] == found["than"]:
        message = f"The design {found['than']!r} is compared with itself; name another one."
        allowed = ", ".join(name for name in designs if name != found["than"])
        yield problem(named["than"].place, f"{key}.than", message, found=found["than"], allowed=allowed)
    yield from _of_members(item, key, {name: designs[name] for name in found.values()})


def _no_design(child: Entry, key: str, designs: Mapping[str, Codes | None]) -> Problem:
    guess = near(str(child.value), designs)
    hint = f" Did you mean {guess!r}?" if guess else ""
    there = f"There are {'; '.join(designs)}." if designs else "It has none; write some under designs or grid."
    message = f"The scenario has no design {child.value!r}.{hint} {there}"
    return problem(child.place, key, message, found=child.value, allowed="; ".join(designs) or "a design")


def _of_members(item: Entry, key: str, designs: Mapping[str, Codes | None]) -> Iterator[Problem]:
    """An outcome of a state that is no founder under one of the two designs has nothing to be compared with.

    A warning: whoever builds on the scenario with other members has not made the claim.
    """
    outcome = item.children.get("outcome")
    state = str(outcome.value).partition(".")[2] if outcome is not None else ""
    if outcome is None or len(state) != 3 or not state.isupper():
        return
    for name, codes in designs.items():
        if codes is not None and state not in codes:
            guess = near(state, codes)
            hint = f" Did you mean {guess!r}?" if guess else ""
            message = f"{state} is no member under the design {name!r}; the members are {', '.join(codes)}.{hint}"
            allowed = ", ".join(codes)
            yield problem(
                outcome.place, f"{key}.outcome", message, found=outcome.value, allowed=allowed, severity="warning"
            )
            return


def _margin(item: Entry, key: str) -> Iterator[Problem]:
    within, relation = item.children.get("within"), item.children.get("relation")
    given = within is not None and within.value is not None  # null stands in manifests
    if within is not None and given and relation is not None and relation.value in ("higher", "lower"):
        message = f"within says how near is the same; a conclusion that one is {relation.value} has no use for it."
        yield problem(within.place, f"{key}.within", message, found=within.value, allowed="nothing, or relation: same")
