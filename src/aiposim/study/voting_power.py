"""Who has what power in a game, by name; also where all players but a few count alike and are only counted.

A table `carried` of shape (2**states, others + 1) stands for a game of states and alike others: bit i of its first
index says whether state i is in the coalition, its second is the number of the others that are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

from aiposim import power
from aiposim.power import Winning
from aiposim.quantities import Array


@dataclass(frozen=True, eq=False)
class Power:
    """Indices by player, in the order of the players, and who stands out."""

    players: tuple[str, ...]
    shapley_shubik: Array
    banzhaf: Array  # normalised
    penrose_banzhaf: Array  # not normalised
    blockers: tuple[str, ...]
    dictators: tuple[str, ...]
    dummies: tuple[str, ...]


def power_of(players: tuple[str, ...], winning: Winning) -> Power:
    """Power in a simple game, shape (2**players,). Errors: ValueError as for `aiposim.power`."""

    def named(numbers: list[int]) -> tuple[str, ...]:
        return tuple(players[i] for i in numbers)

    return Power(
        players,
        power.shapley_shubik(winning),
        power.banzhaf(winning),
        power.banzhaf(winning, normalised=False),
        blockers=named(power.blockers(winning)),
        dictators=named(power.dictators(winning)),
        dummies=named(power.dummies(winning)),
    )


def power_of_seats(players: tuple[str, ...], carried: Winning) -> Power:
    """Power in a game given by its table: of each state, then of each of the others. Exact, however many they are."""
    swings = seat_swings(carried)
    blocks, alone = _without_and_alone(carried)

    def named(wanted: list[bool]) -> tuple[str, ...]:
        return tuple(player for player, yes in zip(players, wanted, strict=True) if yes)

    return Power(
        players,
        power.shapley_shubik_of(swings),
        power.banzhaf_of(swings),
        power.banzhaf_of(swings, normalised=False),
        blockers=named(blocks),
        dictators=named([without and by_itself for without, by_itself in zip(blocks, alone, strict=True)]),
        dummies=named([not any(row) for row in swings]),
    )


def seat_swings(carried: Winning) -> list[list[int]]:
    """Swings (player, size of the coalition) of each state, then of each of the others."""
    states, others = carried.shape[0].bit_length() - 1, carried.shape[1] - 1
    found = [[0] * (states + others) for _ in range(states + 1)]
    size = sizes(np.arange(1 << states), states)
    for k in range(others + 1):
        for i in range(states):
            pairs = carried[:, k].reshape(-1, 2, 1 << i)
            turned = pairs[:, 1] & ~pairs[:, 0]
            _count(found[i], size.reshape(-1, 2, 1 << i)[:, 0][turned], k, comb(others, k))
        if k < others:
            _count(found[states], size[carried[:, k + 1] & ~carried[:, k]], k, comb(others - 1, k))
    return found[:states] + [found[states]] * others


def minimal_winning_seats(carried: Winning) -> list[tuple[tuple[int, ...], int]]:
    """Coalitions that can spare nobody: their states, and how many of the others, whichever; the smallest first."""
    states = carried.shape[0].bit_length() - 1
    found = []
    for coalition, others in np.argwhere(carried).tolist():
        members = tuple(i for i in range(states) if coalition >> i & 1)
        spares = [bool(carried[coalition - (1 << i), others]) for i in members]
        if not any(spares) and not (others and carried[coalition, others - 1]):
            found.append((members, int(others)))
    return sorted(found, key=lambda each: (len(each[0]) + each[1], -len(each[0]), each))


def sizes(coalitions: Array, players: int) -> Array:
    """How many of the first players are in each coalition."""
    counted: Array = np.sum([coalitions >> i & 1 for i in range(players)], axis=0)
    return counted


def _count(row: list[int], sizes: Array, others: int, ways: int) -> None:
    """Add coalitions of `sizes` states with so many of the others, each in so many ways."""
    for size, count in enumerate(np.bincount(sizes).tolist()):
        row[size + others] += count * ways


def _without_and_alone(carried: Winning) -> tuple[list[bool], list[bool]]:
    """For each player: whether nothing is carried without it, and whether it carries a motion alone."""
    states, others = carried.shape[0].bit_length() - 1, carried.shape[1] - 1
    blocks = [not carried[-1 - (1 << i), others] for i in range(states)]
    alone = [bool(carried[1 << i, 0]) for i in range(states)]
    if others:
        blocks += [not carried[-1, others - 1]] * others
        alone += [bool(carried[0, 1])] * others
    return blocks, alone
