"""Exponential, logarithm and quantiles: near the true values, and the same bits by every road.

References are independent of the functions under test: decimal arithmetic of 40 digits from the standard
library, the complementary error function, and distribution functions in closed form.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext

import numpy as np
import pytest
from numpy.polynomial.legendre import leggauss

from aiposim import arithmetic
from aiposim.arithmetic import (
    TWINS,
    below_logistic,
    beta_quantile_2_3,
    beta_quantile_2p5_4p5,
    beta_quantile_5_3,
    chosen,
    clip,
    exp,
    log,
    logistic,
    normal_quantile,
    normal_quantiles,
    parts,
    power,
    power_of_two,
)
from aiposim.compiled import machine

ROUNDER = 1.5 * 2.0**52
SMALLEST_UNIFORM = 2.0**-33
FINEST = np.finfo(np.float64)


def off_by(found: float, true: Decimal) -> float:
    """Relative error against a decimal reference."""
    return abs(float((Decimal(found) - true) / true))


def sample(low: float, high: float, number: int = 1500, seed: int = 1) -> list[float]:
    return np.random.default_rng(seed).uniform(low, high, number).tolist()


def uniforms(number: int = 1500, seed: int = 2) -> list[float]:
    """Uniforms as luck gives them, with the smallest, the largest and the seams of the approximation."""
    seams = [0.0399, 0.04, 0.0401, 0.4999, 0.5, 0.5001, 0.9599, 0.96, 0.9601]
    ends = [SMALLEST_UNIFORM, 3 * SMALLEST_UNIFORM, 1.0 - SMALLEST_UNIFORM, 1.0 - 3 * SMALLEST_UNIFORM]
    words = np.random.default_rng(seed).integers(0, 2**32, number, dtype=np.uint64)
    return [*ends, *seams, *((words.astype(float) + 0.5) / 2.0**32).tolist()]


def test_the_exponential_is_right_to_the_last_place() -> None:
    with localcontext() as context:
        context.prec = 40
        for x in [*sample(-700.0, 700.0), *sample(-2.0, 2.0), 0.5, -0.5, 1e-17, -1e-300]:
            assert off_by(exp(x), Decimal(x).exp()) < 4e-16, x


def test_the_exponential_of_nothing_is_one_and_its_argument_is_bounded() -> None:
    assert exp(0.0) == 1.0
    assert exp(1e9) == exp(700.0)
    assert exp(-1e9) == exp(-700.0) > 0.0


def test_the_logarithm_is_right_to_the_last_place_but_one() -> None:
    with localcontext() as context:
        context.prec = 40
        wide = [math.ldexp(m, e) for m, e in zip(sample(0.5, 1.0), range(-700, 800), strict=True)]
        near_one = sample(0.6, 1.6, seed=3)
        for x in [*wide, *near_one, FINEST.tiny, FINEST.max, math.sqrt(0.5), math.sqrt(2.0)]:
            if x != 1.0:
                assert off_by(log(x), Decimal(x).ln()) < 5e-16, x


def test_the_logarithm_of_one_is_nothing() -> None:
    assert log(1.0) == 0.0


def test_exponential_and_logarithm_undo_each_other() -> None:
    for x in sample(-600.0, 600.0):
        assert log(exp(x)) == pytest.approx(x, rel=1e-14, abs=1e-15)


def test_the_logistic_is_a_probability_and_symmetric() -> None:
    for x in [*sample(-40.0, 40.0), -1e6, 1e6]:
        assert 0.0 <= logistic(x) <= 1.0
        assert logistic(x) + logistic(-x) == pytest.approx(1.0, abs=1e-15)
        assert logistic(x) == pytest.approx(0.5 * (1.0 + math.tanh(x / 2.0)), abs=2e-15)
    assert logistic(0.0) == 0.5


def test_luck_lies_below_the_logistic_where_it_is_smaller() -> None:
    for x, u in zip(sample(-40.0, 40.0), uniforms()[-1500:], strict=True):
        if abs(u - logistic(x)) > 1e-15:
            assert below_logistic(u, x) is (u < logistic(x)), (u, x)
    assert below_logistic(1.0 - SMALLEST_UNIFORM, 1e6)
    assert not below_logistic(SMALLEST_UNIFORM, -1e6)


def test_powers_are_those_of_the_robustness_of_crises() -> None:
    for u in sample(1e-9, 1.0):
        assert power(u, 0.6) == pytest.approx(u**0.6, rel=1e-14)
        assert power(u, 2.5) == pytest.approx(u**2.5, rel=2e-14)


def test_clip_holds_between_its_ends_and_the_lower_end_wins() -> None:
    assert clip(2.0, 0.0, 1.0) == 1.0
    assert clip(-2.0, 0.0, 1.0) == 0.0
    assert clip(0.3, 0.0, 1.0) == 0.3
    assert clip(0.3, 1.0, 0.0) == 1.0
    assert (chosen(True, 1.0, 2.0), chosen(False, 1.0, 2.0)) == (1.0, 2.0)


def test_the_normal_quantile_is_where_the_normal_distribution_reaches_u() -> None:
    for u in uniforms():
        x = normal_quantile(u)
        below, tail = (u, math.erfc(-x / math.sqrt(2.0)) / 2.0) if u <= 0.5 else (
            1.0 - u, math.erfc(x / math.sqrt(2.0)) / 2.0
        )  # fmt: skip
        density = math.exp(-x * x / 2.0) / math.sqrt(2.0 * math.pi)
        assert abs(tail - below) / density < 4e-15 * max(1.0, abs(x)), u


@pytest.mark.parametrize("fill", [normal_quantiles, machine(normal_quantiles)], ids=["plain", "compiled"])
def test_a_row_of_normal_quantiles_has_the_bits_of_each_alone(fill: Callable[..., None]) -> None:
    """Also where none lies in a tail, where all do, and where there is none."""
    everywhere = np.array(uniforms())
    for u in (everywhere, everywhere[abs(everywhere - 0.5) < 0.4], everywhere[everywhere < 0.035], everywhere[:0]):
        values = np.full(len(u), np.nan)
        fill(values, u, np.zeros(len(u), np.uint32), np.zeros(len(u)))
        assert values.tolist() == [normal_quantile(each) for each in u.tolist()]


def test_the_normal_quantile_is_symmetric_and_grows_with_u() -> None:
    ordered = [normal_quantile(u) for u in sorted(uniforms())]
    assert ordered == sorted(ordered)
    assert normal_quantile(0.5) == 0.0
    for u in sample(0.01, 0.5, 200):
        assert normal_quantile(u) == pytest.approx(-normal_quantile(1.0 - u), rel=1e-13, abs=1e-15)


def below_2_3(x: float) -> float:
    """Distribution function of Beta(2, 3): the integral of 12 x (1-x)^2."""
    return x * x * (6.0 - 8.0 * x + 3.0 * x * x)


def below_5_3(x: float) -> float:
    """Distribution function of Beta(5, 3): the integral of 105 x^4 (1-x)^2."""
    return x**5 * (21.0 - 35.0 * x + 15.0 * x * x)


NODES, WEIGHTS = leggauss(40)
BETA_2P5_4P5 = math.gamma(2.5) * math.gamma(4.5) / math.gamma(7.0)


def below_2p5_4p5(x: float) -> float:
    """Distribution function of Beta(2.5, 4.5), with x = sin^2(angle) a smooth integral: 2 sin^4 cos^8."""
    angle = math.asin(math.sqrt(x))
    turned = angle * (NODES + 1.0) / 2.0
    whole = float((WEIGHTS * 2.0 * np.sin(turned) ** 4 * np.cos(turned) ** 8).sum())
    return whole * angle / 2.0 / BETA_2P5_4P5


def quantile(below: Callable[[float], float], u: float) -> float:
    """Where a distribution function reaches `u`, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if below(middle) < u else (low, middle)
    return (low + high) / 2.0


BETAS = [
    pytest.param(beta_quantile_2_3, below_2_3, 1e-5, 0.4, id="partiality: Beta(2, 3)"),
    pytest.param(beta_quantile_5_3, below_5_3, 2e-6, 0.625, id="competence: Beta(5, 3)"),
    pytest.param(beta_quantile_2p5_4p5, below_2p5_4p5, 3e-6, 2.5 / 7.0, id="baseline: Beta(2.5, 4.5)"),
]


@pytest.mark.parametrize(("found", "below", "tolerance", "mean"), BETAS)
def test_beta_quantiles_keep_their_stated_error(
    found: Callable[[float], float], below: Callable[[float], float], tolerance: float, mean: float
) -> None:
    for u in uniforms(400):
        assert abs(found(u) - quantile(below, u)) < tolerance, u


@pytest.mark.parametrize(("found", "below", "tolerance", "mean"), BETAS)
def test_beta_quantiles_have_the_mean_of_their_distribution(
    found: Callable[[float], float], below: Callable[[float], float], tolerance: float, mean: float
) -> None:
    middles = (np.arange(4000) + 0.5) / 4000
    assert np.mean([found(float(u)) for u in middles]) == pytest.approx(mean, abs=tolerance)


@pytest.mark.parametrize(("found", "below", "tolerance", "mean"), BETAS)
def test_better_luck_never_gives_less(
    found: Callable[[float], float], below: Callable[[float], float], tolerance: float, mean: float
) -> None:
    ordered = [found(u) for u in sorted(uniforms())]
    assert ordered == sorted(ordered)
    assert 0.0 < ordered[0] < ordered[-1] < 1.0


def same_bits(one: float, other: float) -> bool:
    return np.float64(one).tobytes() == np.float64(other).tobytes()


def test_the_twin_of_powers_of_two_gives_the_same_bits_for_every_exponent() -> None:
    twin = TWINS[power_of_two]
    for exponent in range(-1022, 1024):
        shifted = ROUNDER + exponent
        assert power_of_two(shifted) == math.ldexp(1.0, exponent)
        assert same_bits(twin(shifted), power_of_two(shifted)), exponent


def test_the_twin_of_mantissa_and_exponent_gives_the_same_bits_for_every_exponent() -> None:
    twin = TWINS[parts]
    root = math.sqrt(0.5)
    seams = [0.5, math.nextafter(root, 0.0), root, math.nextafter(root, 1.0), math.nextafter(1.0, 0.0)]
    mantissas = [*seams, *sample(0.5, 1.0, 5)]
    for exponent in range(-1021, 1025):
        for mantissa in mantissas:
            x = math.ldexp(mantissa, exponent)
            for one, other in zip(twin(x), parts(x), strict=True):
                assert same_bits(one, other), x
            found, k = parts(x)
            assert math.ldexp(found, int(k)) == x
            assert root <= found < 2.0 * root


def test_every_function_that_calls_the_c_library_has_a_twin() -> None:
    outside = {
        function
        for function in vars(arithmetic).values()
        if callable(function)
        and getattr(function, "__module__", "") == arithmetic.__name__
        and {"ldexp", "frexp"} & set(getattr(function, "__code__", exp.__code__).co_names)
    }
    assert outside == set(TWINS)


ARGUMENTS = {
    exp: [*sample(-710.0, 710.0), 0.0],
    log: [*sample(1e-6, 1e3), FINEST.tiny, FINEST.max, 1.0],
    logistic: [*sample(-50.0, 50.0), 0.0],
    normal_quantile: uniforms(),
    beta_quantile_2_3: uniforms(),
    beta_quantile_5_3: uniforms(),
    beta_quantile_2p5_4p5: uniforms(),
}


@pytest.mark.parametrize("function", ARGUMENTS, ids=lambda function: function.__name__)
def test_compiled_and_plain_give_the_same_bits(function: Callable[[float], float]) -> None:
    compiled = machine(function)
    different = [x for x in ARGUMENTS[function] if not same_bits(compiled(x), function(x))]
    assert different == []
