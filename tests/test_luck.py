"""Luck has an address: a uniform is a function of seed, run, period, purpose and actor, nothing else."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiposim import luck
from aiposim.compiled import machine
from aiposim.luck import draw, draw_crises, key_of, pair, philox4x32, uniform

ALL = 0xFFFFFFFF
PURPOSES = {
    name: number
    for name, number in vars(luck).items()
    if name.isupper() and not name.startswith("_") and isinstance(number, int)
}
SEED = 2015

# Published with the generator: Random123, kat_vectors (Salmon, Moraes, Dror & Shaw 2011).
KNOWN_ANSWERS = [
    pytest.param((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8), id="nothing but zeros"),
    pytest.param((ALL, ALL, ALL, ALL), (ALL, ALL), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD), id="all bits set"),
    pytest.param(
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        id="digits of pi",
    ),
]


def drawn(
    purpose: int,
    *,
    who: int = 392,
    slot: int = 0,
    t: int = 0,
    runs: int = 1000,
    first: int = 0,
    seed: int = SEED,
) -> np.ndarray:
    """The four uniforms of one actor and purpose in each of the runs, shape (4, run)."""
    out = np.zeros((4, runs))
    numbers = np.arange(first, first + runs, dtype=np.uint64)
    machine(draw)(out, who, slot, purpose, numbers, key_of(seed), t)
    return out


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_the_generator_gives_the_published_words(
    counter: tuple[int, ...], key: tuple[int, ...], words: tuple[int, ...]
) -> None:
    assert philox4x32(counter, key).tolist() == list(words)


@pytest.mark.parametrize(
    ("counter", "key"),
    [((0, 0, 0), (0, 0)), ((0, 0, 0, 0), (0,)), ((0, 0, 0, 2**32), (0, 0)), ((0, 0, 0, 0), (0, 2**32))],
)
def test_a_counter_or_key_of_another_size_is_refused(counter: tuple[int, ...], key: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="four counter words and two key words"):
        philox4x32(counter, key)


def test_a_word_becomes_a_number_strictly_between_nothing_and_one() -> None:
    assert uniform(np.uint64(0)) == 2.0**-33
    assert uniform(np.uint64(ALL)) == 1.0 - 2.0**-33
    assert uniform(np.uint64(2**31)) == 0.5 + 2.0**-33


@given(word=st.integers(0, ALL - 1))
@settings(max_examples=200, deadline=None)
def test_a_larger_word_is_a_larger_number(word: int) -> None:
    assert uniform(np.uint64(word)) < uniform(np.uint64(word + 1))


def test_a_draw_is_the_generator_at_its_address() -> None:
    """Counter: run, period, purpose and slot, who; key: the two halves of the seed."""
    seed = 0x0123456789ABCDEF
    found = drawn(luck.CRISIS_STATE, who=410, slot=3, t=17, runs=1, first=123_456, seed=seed)
    words = philox4x32((123_456, 17, luck.CRISIS_STATE + 64 * 3, 410), (0x89ABCDEF, 0x01234567))
    assert found[:, 0].tolist() == [uniform(np.uint64(word)) for word in words]


def test_compiled_and_plain_luck_are_the_same() -> None:
    plain = np.zeros((4, 50))
    draw(plain, 392, 0, luck.DOMESTIC, np.arange(50, dtype=np.uint64), key_of(SEED), 5)
    assert np.array_equal(plain, drawn(luck.DOMESTIC, t=5, runs=50))


def test_the_same_address_gives_the_same_luck_in_any_block() -> None:
    whole = drawn(luck.DOMESTIC, runs=100)
    assert np.array_equal(whole[:, 60:], drawn(luck.DOMESTIC, runs=40, first=60))


def test_every_part_of_the_address_matters() -> None:
    here = drawn(luck.DOMESTIC)
    elsewhere = [
        drawn(luck.COUNCIL),
        drawn(luck.DOMESTIC, who=410),
        drawn(luck.DOMESTIC, slot=1),
        drawn(luck.DOMESTIC, t=1),
        drawn(luck.DOMESTIC, first=1000),
        drawn(luck.DOMESTIC, seed=SEED + 1),
        drawn(luck.DOMESTIC, seed=SEED + 2**32),
    ]
    for other in elsewhere:
        assert (other != here).mean() > 0.999


def test_purposes_are_numbered_apart_and_leave_room_for_slots() -> None:
    assert len(set(PURPOSES.values())) == len(PURPOSES) >= 14
    assert all(0 < number < 64 for number in PURPOSES.values())


def test_no_two_purposes_share_their_luck() -> None:
    """Correlation of 4000 runs between the words of any two purposes: below five standard errors."""
    runs = 4000
    words = {name: drawn(number, runs=runs) for name, number in PURPOSES.items()}
    for one, other in combinations(words, 2):
        matrix = np.corrcoef(words[one], words[other])[:4, 4:]
        assert np.abs(matrix).max() < 5.0 / np.sqrt(runs), (one, other)


def test_states_periods_and_words_are_independent() -> None:
    runs = 4000
    rows = np.concatenate([drawn(luck.COUNCIL, who=who, t=t, runs=runs) for who in (156, 392, 410) for t in (0, 1)])
    matrix = np.corrcoef(rows) - np.eye(len(rows))
    assert np.abs(matrix).max() < 5.0 / np.sqrt(runs)


@pytest.mark.parametrize("purpose", PURPOSES.values(), ids=PURPOSES)
def test_luck_is_uniform(purpose: int) -> None:
    """Chi-square with 99 degrees of freedom: mean 99, standard deviation 14.1, above 165 hardly ever."""
    runs, bins = 5000, 100
    for word in drawn(purpose, runs=runs):
        counts, _ = np.histogram(word, bins=bins, range=(0.0, 1.0))
        chi_square = float(((counts - runs / bins) ** 2 / (runs / bins)).sum())
        assert 45.0 < chi_square < 165.0
        assert 0.0 < word.min() < word.max() < 1.0


def test_a_crisis_has_the_luck_of_its_run_and_number_wherever_it_is_listed() -> None:
    runs = np.arange(10, 20, dtype=np.uint64)
    run_of, slot_of = np.array([2, 2, 7]), np.array([0, 1, 0])
    listed = np.zeros((4, 3))
    machine(draw_crises)(listed, 392, luck.CRISIS_STATE, runs[run_of], slot_of, key_of(SEED), 4, 3)
    for x in range(3):
        first, slot = int(runs[run_of[x]]), int(slot_of[x])
        alone = drawn(luck.CRISIS_STATE, slot=slot, t=4, runs=1, first=first)
        assert np.array_equal(listed[:, x], alone[:, 0])


@given(seed=st.integers(0, 2**64 - 1))
@settings(max_examples=100, deadline=None)
def test_a_seed_of_64_bits_is_kept_whole(seed: int) -> None:
    low, high = (int(word) for word in key_of(seed))
    assert low + 2**32 * high == seed
    assert low < 2**32


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match="whole number from 0"):
        key_of(seed)


@given(codes=st.lists(st.integers(1, 65535), min_size=4, max_size=4, unique=True))
@settings(max_examples=100, deadline=None)
def test_ordered_pairs_have_addresses_of_their_own(codes: list[int]) -> None:
    ordered = [(a, b) for a in codes for b in codes if a != b]
    addresses = {pair(a, b) for a, b in ordered}
    assert len(addresses) == len(ordered)
    assert all(65535 < address < 2**32 for address in addresses), "no pair has the address of a state"
