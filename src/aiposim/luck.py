"""Addressed luck: a random number is a pure function of (seed, run, period, purpose, who).

Nothing else can move it: not the order of draws, the engine, the number of workers, the size of a block or
any rule. Generator: Philox4x32-10, a counter-based generator whose counter is the address and whose key is
the seed. Each address yields four words of 32 bits, hence four independent uniforms.

Source: Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3 (SC'11).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_TWO_20_BITS = np.uint64(0x4130000000000000)  # the bits of 2**20, whose last bit counts 2**-32
_HALF_BELOW_TWO_20 = 2.0**20 - 2.0**-33

# Purposes: what a draw is for. One block of four uniforms per purpose, period and actor. Numbers are part
# of the contract of reproducibility: add at the end, never renumber.
DOMESTIC = 1  # state: turnover, new baseline, opinion noise, -
INCIDENT = 2  # dyad: number, major, freeze, thaw
COUNCIL = 3  # state: vote noise of the government, of the official, absence, lateness of payment
INSTITUTE = 4  # nobody: vote noise of the NGO, number of crises, partiality, summit scheduling
NGO = 5  # state, when NGOs sit per state: vote noise
CAREER = 6  # state: nominee's competence, error of the reported valuation, notice, rescission
OBJECTION = 7  # ordered pair: objection
ISSUE_FACTOR = 8  # nobody: common factor of four UN issues
ISSUE_NOISE = 9  # state: own position on four UN issues
CRISIS = 10  # crisis: area, magnitude (two words), robustness
CRISIS_COURSE = 11  # crisis: delegation, second reading
CRISIS_STATE = 12  # crisis and state: vote of the government, of the official, of its NGO, deployment
CRISIS_NGO = 13  # crisis: vote of the one NGO
CRISIS_DYAD = 14  # crisis and dyad: sharing, backlash
CRISIS_PRINCIPLES = 15  # crisis: cease-fire, consent, impartiality, right to withdraw
CRISIS_FORCE = 16  # crisis: minimum force


def philox4x32(counter: Any, key: Any) -> NDArray[np.uint32]:
    """Ten rounds of Philox4x32: four words of 32 bits for a counter of four and a key of two.

    >>> [f"{word:08x}" for word in philox4x32((0, 0, 0, 0), (0, 0))]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    c = [np.uint64(int(word)) for word in counter]
    k = [np.uint64(int(word)) for word in key]
    if len(c) != 4 or len(k) != 2 or any(word > _LOW for word in c + k):
        raise ValueError("philox4x32 takes four counter words and two key words, each 0 to 2**32 - 1")
    return np.array(_philox(c[0], c[1], c[2], c[3], k[0], k[1]), dtype=np.uint32)


def _round(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    # Masked where it is multiplied: then a compiler sees that 32 bits times 32 bits are enough.
    product_0 = _MULTIPLIER_0 * (c0 & _LOW)
    product_1 = _MULTIPLIER_1 * (c2 & _LOW)
    return (
        (product_1 >> _32) ^ c1 ^ k0,
        product_1 & _LOW,
        (product_0 >> _32) ^ c3 ^ k1,
        product_0 & _LOW,
    )


def _philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    return _round(c0, c1, c2, c3, k0, k1)


def uniform(word: Any) -> float:
    """A 32-bit word as a number in (0, 1): (word + 1/2) / 2**32."""
    return float(np.uint64(word | _TWO_20_BITS).view(np.float64)) - _HALF_BELOW_TWO_20


def draw(out: Any, who: int, slot: int, purpose: int, runs: Any, key: Any, t: int) -> None:
    """Fill `out` (4, run) with the uniforms at the address (seed, run, t, purpose and slot, who).

    `runs` are the run numbers, `key` the two words of the seed; `slot` numbers crises, else 0.
    """
    c1 = np.uint64(t)
    c2 = np.uint64(purpose + 64 * slot)
    c3 = np.uint64(who)
    k0 = key[0]
    k1 = key[1]
    for r in range(runs.shape[0]):
        w0, w1, w2, w3 = _philox(runs[r], c1, c2, c3, k0, k1)
        out[0, r] = uniform(w0)
        out[1, r] = uniform(w1)
        out[2, r] = uniform(w2)
        out[3, r] = uniform(w3)


def key_of(seed: int) -> NDArray[np.uint64]:
    """The two 32-bit words of a seed, 0 <= seed < 2**64."""
    if not 0 <= seed < 2**64:
        raise ValueError(f"a seed is a whole number from 0 to 2**64 - 1, not {seed}")
    return np.array([seed & 0xFFFFFFFF, seed >> 32], dtype=np.uint64)


def pair(a: int, b: int) -> int:
    """Address of an ordered pair of states from their luck numbers (below 65536 each)."""
    return a * 65536 + b


def draw_crises(out: Any, who: int, purpose: int, runs: Any, slots: Any, key: Any, t: int, number: int) -> None:
    """The same for a list of crises: entry x lies in the run with number `runs[x]` and is its crisis `slots[x]`."""
    c1 = np.uint64(t)
    c3 = np.uint64(who)
    k0 = key[0]
    k1 = key[1]
    for x in range(number):
        c2 = np.uint64(purpose + 64 * slots[x])
        w0, w1, w2, w3 = _philox(np.uint64(runs[x]), c1, c2, c3, k0, k1)
        out[0, x] = uniform(w0)
        out[1, x] = uniform(w1)
        out[2, x] = uniform(w2)
        out[3, x] = uniform(w3)
