"""The nucleolus of three and of four players in closed form: no programme, no tolerance, a fixed number of steps.

The greatest objection cannot be less than the mean objection of any balanced collection of coalitions, and is the
greatest of those means; the coalitions of the collection that has it are then settled. What remains is a smaller game,
reduced by the players that are settled. A tie between collections does not matter, since each of them holds.

A game is an array `v` of (16,), or its values; bit i of an index is player i.

Source: Bondareva 1963 and Shapley 1967, Naval Research Logistics Quarterly 14 (balanced collections); Arin & Iñarra
1998, Games and Economic Behavior 23 (of a convex game partitions and their complements are enough); Davis & Maschler
1965, Naval Research Logistics Quarterly 12 (the reduced game).
"""

from __future__ import annotations

import numpy as np

from aiposim.quantities import Real
from aiposim.rules.cost_sharing import Figures

EAST = (1.0, 1.0, 0.0, -1.0, -1.0, -1.0, 0.0, 1.0)
NORTH = (0.0, 1.0, 1.0, 1.0, 0.0, -1.0, -1.0, -1.0)
"""Eight directions, from the east by the north: along which objections grow in `two_pairs`."""


def three_players(v1: Real, v2: Real, v12: Real, v3: Real, v13: Real, v23: Real, v123: Real) -> tuple[Real, Real, Real]:
    """Nucleolus of any game of three players whose core is not empty.

    A player against the two others, the three singles and the three pairs are all the balanced collections there
    are; the one with the greatest objection settles it, and of two players left each gets half of what both want.
    """
    first = 0.5 * (v1 + v23 - v123)
    second = 0.5 * (v2 + v13 - v123)
    third = 0.5 * (v3 + v12 - v123)
    singles = (v1 + v2 + v3 - v123) / 3.0
    pairs = (v12 + v13 + v23 - 2.0 * v123) / 3.0
    most = max(max(first, second), max(third, max(singles, pairs)))
    if singles == most:
        return v1 - most, v2 - most, v3 - most
    if pairs == most:
        return v123 - v23 + most, v123 - v13 + most, v123 - v12 + most
    if first == most:
        x1 = v1 - most
        difference = max(v2, v12 - x1) - max(v3, v13 - x1)
        return x1, 0.5 * (v123 - x1 + difference), 0.5 * (v123 - x1 - difference)
    if second == most:
        x2 = v2 - most
        difference = max(v1, v12 - x2) - max(v3, v23 - x2)
        return 0.5 * (v123 - x2 + difference), x2, 0.5 * (v123 - x2 - difference)
    x3 = v3 - most
    difference = max(v1, v13 - x3) - max(v2, v23 - x3)
    return 0.5 * (v123 - x3 + difference), 0.5 * (v123 - x3 - difference), x3


def four_players(x: Figures, v: Figures) -> None:
    """Fill `x` with the nucleolus of a convex game of four players, `v` (16,).

    The greatest objections are those of a partition or of its complements: two, three or four blocks. Of a convex
    game no other balanced collection objects more.
    """
    everybody = v[15]
    most = -1e300
    pair = 0
    kind = 0
    for first in range(1, 8):
        objection = 0.5 * (v[first] + v[15 - first] - everybody)
        if objection > most:
            most = objection
            pair = first
            kind = 2
    for i in range(4):
        for j in range(i + 1, 4):
            block = (1 << i) | (1 << j)
            rest = 15 - block
            one = 1 << lowest(rest)
            other = 1 << highest(rest)
            objection = (v[block] + v[one] + v[other] - everybody) / 3.0
            if objection > most:
                most = objection
                pair = block
                kind = 3
            objection = (v[rest] + v[15 - one] + v[15 - other] - 2.0 * everybody) / 3.0
            if objection > most:
                most = objection
                pair = block
                kind = -3
    objection = 0.25 * (v[1] + v[2] + v[4] + v[8] - everybody)
    if objection > most:
        most = objection
        kind = 4
    objection = 0.25 * (v[7] + v[11] + v[13] + v[14] - 3.0 * everybody)
    if objection > most:
        most = objection
        kind = -4
    if kind == 4 or kind == -4:
        for i in range(4):
            x[i] = v[1 << i] - most if kind == 4 else everybody - v[15 - (1 << i)] + most
    elif kind == 3 or kind == -3:
        pair_and_two_singles(x, v, pair, most, kind == 3)
    elif pair == 3 or pair == 5 or pair == 6:
        two_pairs(x, v, pair, most)
    else:
        single_and_three(x, v, pair, most)


def lowest(coalition: int) -> int:
    """The first of four players who belongs to the coalition."""
    return 0 if coalition & 1 else (1 if coalition & 2 else (2 if coalition & 4 else 3))


def highest(coalition: int) -> int:
    """The last of four players who belongs to the coalition."""
    return 3 if coalition & 8 else (2 if coalition & 4 else (1 if coalition & 2 else 0))


def pair_and_two_singles(x: Figures, v: Figures, pair: int, most: Real, partition: bool) -> None:
    """Two players are settled; of what is left to the other two, each gets half of what both want."""
    rest = 15 - pair
    i, j, k, m = lowest(pair), highest(pair), lowest(rest), highest(rest)
    for single in (k, m):
        alone = v[1 << single] - most
        x[single] = alone if partition else v[15] - v[15 - (1 << single)] + most
    left = v[15] - x[k] - x[m]
    difference = with_any_of(v, 1 << i, 1 << k, x[k], 1 << m, x[m]) - with_any_of(v, 1 << j, 1 << k, x[k], 1 << m, x[m])
    x[i] = 0.5 * (left + difference)
    x[j] = 0.5 * (left - difference)


def with_any_of(v: Figures, player: int, one: int, x_one: Real, other: int, x_other: Real) -> Real:
    """What the player obtains with any of two others who are paid off."""
    with_one = max(v[player], v[player | one] - x_one)
    most: Real = max(with_one, max(v[player | other] - x_other, v[player | one | other] - x_one - x_other))
    return most


def single_and_three(x: Figures, v: Figures, block: int, most: Real) -> None:
    """One player is settled, of a block of one or of three; the others play the game reduced by that player."""
    single = block if block == 1 or block == 2 or block == 4 else 15 - block
    i = lowest(single)
    a = 1 if i == 0 else 0
    b = 2 if i <= 1 else 1
    c = 3 if i <= 2 else 2
    alone = v[single] - most
    one, two, three = 1 << a, 1 << b, 1 << c
    x[i] = alone
    x[a], x[b], x[c] = three_players(
        max(v[one], v[one | single] - alone),
        max(v[two], v[two | single] - alone),
        max(v[one | two], v[one | two | single] - alone),
        max(v[three], v[three | single] - alone),
        max(v[one | three], v[one | three | single] - alone),
        max(v[two | three], v[two | three | single] - alone),
        v[15] - alone,
    )


def two_pairs(x: Figures, v: Figures, pair: int, most: Real) -> None:
    """Each of two pairs has its sum; the division within one depends on that within the other.

    In the plane of the payoffs of one player of each pair, every objection grows in one of eight directions. Those
    that together hold a point are two opposite ones, or one and the two across from it.
    """
    rest = 15 - pair
    i, j, k, m = lowest(pair), highest(pair), lowest(rest), highest(rest)
    pi, pj, pk, pm = 1 << i, 1 << j, 1 << k, 1 << m
    both = v[pair] - most
    others = v[15] - both
    c = np.empty(8)
    c[0] = max(v[pj], v[pj | rest] - others) - both
    c[1] = v[pj | pm] - both - others
    c[2] = max(v[pm], v[pm | pair] - both) - others
    c[3] = v[pi | pm] - others
    c[4] = max(v[pi], v[pi | rest] - others)
    c[5] = v[pi | pk]
    c[6] = max(v[pk], v[pk | pair] - both)
    c[7] = v[pj | pk] - both
    strongest = -1e300
    direction = 0
    opposite = True
    for d in range(4):
        objection = 0.5 * (c[d] + c[d + 4])
        if objection > strongest:
            strongest = objection
            direction = d
    for d in range(8):
        across = c[(d + 3) % 8] + c[(d + 5) % 8]
        objection = (c[d] + across) / 3.0 if d % 2 == 1 else 0.5 * c[d] + 0.25 * across
        if objection > strongest:
            strongest = objection
            direction = d
            opposite = False
    if opposite:
        east, north = along_a_line(c, direction, strongest)
    else:
        one = (direction + 3) % 8
        other = (direction + 5) % 8
        size = EAST[one] * NORTH[other] - EAST[other] * NORTH[one]
        at_one = strongest - c[one]
        at_other = strongest - c[other]
        east = (at_one * NORTH[other] - at_other * NORTH[one]) / size
        north = (EAST[one] * at_other - EAST[other] * at_one) / size
    x[i] = east
    x[j] = both - east
    x[k] = north
    x[m] = others - north


def along_a_line(c: Figures, d: int, strongest: Real) -> tuple[Real, Real]:
    """Two opposite objections of equal strength leave a line; on it two of the others come to rest."""
    length = EAST[d] * EAST[d] + NORTH[d] * NORTH[d]
    east = EAST[d] * (strongest - c[d]) / length
    north = NORTH[d] * (strongest - c[d]) / length
    next_strongest = -1e300
    step = 0.0
    for forward in range(d + 1, d + 4):
        rises = NORTH[forward % 8] * EAST[d] - EAST[forward % 8] * NORTH[d]
        at = c[forward % 8] + EAST[forward % 8] * east + NORTH[forward % 8] * north
        for backward in range(d + 5, d + 8):
            falls = EAST[backward % 8] * NORTH[d] - NORTH[backward % 8] * EAST[d]
            against = c[backward % 8] + EAST[backward % 8] * east + NORTH[backward % 8] * north
            objection = (at * falls + against * rises) / (rises + falls)
            if objection > next_strongest:
                next_strongest = objection
                step = (objection - at) / rises
    return east - step * NORTH[d], north + step * EAST[d]
