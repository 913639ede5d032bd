"""The nucleolus of a convex game in a fixed number of steps: no linear programme, no tolerance.

An objection is e(S) = v(S) - x(S). In a convex game the greatest objections are those of the blocks of a partition of
the players, or of the blocks' complements. The mean objection over such blocks does not depend on x, so that the
greatest mean is the least greatest objection t, and each block's payoff is then settled.

Each block divides its payoff in a game of its own, in which it may join with any whole blocks that are paid off.
Parts of a block need not be tried: a coalition S that cuts the block B objects no more than S with the whole of B,
since e(S) + e(B) <= e(S with B) + e(S within B) in a convex game, where e(B) = t and e(S within B) <= t; if the
complements are settled, no more than S without B, in the same way. That game is convex again, and so on, down to
single players. A tie between partitions does not matter: each of them holds.

Source: Arin & Iñarra 1998, Games and Economic Behavior 23 (partitions and their complements); Davis & Maschler 1965,
Naval Research Logistics Quarterly 12 (the reduced game); Maschler, Peleg & Shapley 1972, International Journal of Game
Theory 1 (of a convex game it is convex).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from aiposim.rules.cost_sharing import Figures


def fill_with_nucleoli(payoffs: Figures, games: Figures) -> None:
    """Fill `payoffs` (player, run) with the nucleoli of convex games (2**player, run), bit i of an index player i.

    The work grows with the number of partitions: 15 for four players, 203 for six, 115 975 for ten.
    """
    n = payoffs.shape[0]
    game = np.empty(games.shape[0])
    paid = np.empty(n)
    waiting = np.empty(n, dtype=np.int64)
    parts = np.empty(n, dtype=np.int64)
    bits = np.empty(n, dtype=np.int64)
    label = np.empty(n, dtype=np.int64)
    mask = np.empty(n, dtype=np.int64)
    for r in range(payoffs.shape[1]):
        for coalition in range(games.shape[0]):
            game[coalition] = games[coalition, r]
        waiting[0] = games.shape[0] - 1
        blocks = 1
        while blocks > 0:
            blocks -= 1
            block = waiting[blocks]
            if block & (block - 1) != 0:
                number = split(parts, paid, game, block, bits, label, mask)
                reduce_games(game, parts, paid, number)
                for k in range(number):
                    waiting[blocks + k] = parts[k]
                blocks += number
        for i in range(n):
            payoffs[i, r] = game[1 << i]


def split(parts: Any, paid: Figures, game: Figures, block: int, bits: Any, label: Any, mask: Any) -> int:
    """Fill `parts` of the block and what they are `paid`, by the greatest mean objection; return how many they are."""
    players = 0
    rest = block
    while rest != 0:
        bits[players] = rest & -rest
        label[players] = 0
        players += 1
        rest = rest & (rest - 1)
    value = game[block]
    most = -1e300
    complements = False
    number = 0
    while next_partition(label, players):
        count = 0
        for p in range(players):
            count = max(count, label[p] + 1)
            mask[p] = 0
        for p in range(players):
            mask[label[p]] |= bits[p]
        of_parts = 0.0
        of_complements = 0.0
        for k in range(count):
            of_parts += game[mask[k]]
            of_complements += game[block ^ mask[k]]
        of_parts = (of_parts - value) / count
        of_complements = (of_complements - (count - 1) * value) / count
        if of_parts > most or of_complements > most:
            complements = of_complements > of_parts
            most = of_complements if complements else of_parts
            number = count
            for k in range(count):
                parts[k] = mask[k]
    for k in range(number):
        paid[k] = value - game[block ^ parts[k]] + most if complements else game[parts[k]] - most
    return number


def next_partition(label: Any, players: int) -> bool:
    """Turn the labels into those of the next partition, 0, 0, .. to 0, 1, 2, ..; whether there was one.

    A player's label is at most one more than the greatest before it, so that no partition comes twice.
    """
    for p in range(players - 1, 0, -1):
        greatest = 0
        for q in range(p):
            greatest = max(greatest, label[q])
        if label[p] <= greatest:
            label[p] += 1
            for q in range(p + 1, players):
                label[q] = 0
            return True
    return False


def reduce_games(game: Figures, parts: Any, paid: Figures, number: int) -> None:
    """Each part's coalitions may join with any of the other parts that are paid off; each part obtains its payment.

    Coalitions across parts are read and those within a part are written, so that the game changes in its place.
    """
    for joined in range(1, (1 << number) - 1):
        others = 0
        price = 0.0
        for k in range(number):
            if (joined >> k) & 1 == 1:
                others |= parts[k]
                price += paid[k]
        for k in range(number):
            if (joined >> k) & 1 == 0:
                within = (parts[k] - 1) & parts[k]
                while within != 0:
                    game[within] = max(game[within], game[within | others] - price)
                    within = (within - 1) & parts[k]
    for k in range(number):
        game[parts[k]] = paid[k]
