"""Exponential, logarithm, logistic, normal and Beta quantiles in + - * / sqrt and moves of bits.

The C library's `exp` and NumPy's differ in the last bit, from each other and between processors. These
functions use only operations that IEEE 754 rounds exactly, so that CPython, compiled code and every
processor give the same bits, and a loop over runs becomes vector code.

Source: fdlibm (Sun Microsystems 1993) for the logarithm's series; Wichura 1988, Applied Statistics 37, algorithm
AS 241, for the form of the normal quantile and its tail; Cody & Waite 1980 for the reduction of the exponential.
Where no source is named, coefficients are minimax fits of our own, made with 50 digits.
"""

from __future__ import annotations

from math import frexp, ldexp, sqrt
from typing import Any

import numpy as np

from aiposim.quantities import Real, Truth

_SHIFT = np.uint64(52)
_TWO_52_BITS = np.uint64(0x4330000000000000)  # the bits of 2**52
_ROUNDER = 6755399441055744.0  # 1.5 * 2**52: adding and taking it away rounds to a whole number
_ROUNDER_BITS_LESS_BIAS = np.uint64(0x4338000000000000 - 1023)
_LOG_OFFSET = np.uint64(0x3FF0000000000000 - 0x3FE6A09E667F3BCD)  # bits of 1 less bits of sqrt(1/2)
_SQRT_HALF = 0.7071067811865476
_ONE_BITS = np.uint64(0x3FF0000000000000)
_LOG2_E = 1.4426950408889634
_LN2 = 0.6931471805599453
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_CENTRE = 0.46  # of normal quantiles: as far from 1/2


def clip(x: Real, low: Real, high: Real) -> Real:
    """`x` held between `low` and `high`; `low` if the two cross."""
    return max(low, min(high, x))


def chosen(condition: Truth, yes: Real, no: Real) -> Real:
    """`yes` where the condition holds, else `no`."""
    return yes if condition else no


def power_of_two(shifted: Real) -> Real:
    """2**k for the whole number k that adding 1.5 * 2**52 has rounded."""
    return ldexp(1.0, int(shifted - _ROUNDER))


def _power_of_two_by_bits(shifted: Real) -> Real:
    biased = np.uint64(np.float64(shifted).view(np.uint64) - _ROUNDER_BITS_LESS_BIAS)
    return float(np.uint64(biased << _SHIFT).view(np.float64))


def parts(x: Real) -> tuple[Real, Real]:
    """Mantissa from sqrt(1/2) to sqrt(2), and exponent of two."""
    mantissa, exponent = frexp(x)
    if mantissa < _SQRT_HALF:
        return 2.0 * mantissa, exponent - 1.0
    return mantissa, float(exponent)


def _parts_by_bits(x: Real) -> tuple[Real, Real]:
    bits = np.float64(x).view(np.uint64)
    biased = np.uint64(np.uint64(bits + _LOG_OFFSET) >> _SHIFT)
    k = float(np.uint64(biased | _TWO_52_BITS).view(np.float64)) - 4503599627371519.0
    mantissa = np.uint64(np.uint64(bits + _ONE_BITS) - np.uint64(biased << _SHIFT))
    return float(mantissa.view(np.float64)), k


TWINS = {power_of_two: _power_of_two_by_bits, parts: _parts_by_bits}
"""What compiled code calls instead: the same bits, without a call to the C library that no vector has."""


def exp(x: Real) -> Real:
    """e**x; arguments beyond +-700 are taken as +-700. Relative error below 4e-16."""
    x = max(-700.0, min(700.0, x))
    shifted = x * _LOG2_E + _ROUNDER
    k = shifted - _ROUNDER
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    p = 2.498949094637124e-08
    p = p * r + 2.762601074000432e-07
    p = p * r + 2.7557602222470527e-06
    p = p * r + 2.48015052825956e-05
    p = p * r + 0.00019841269511237006
    p = p * r + 0.0013888888931646878
    p = p * r + 0.008333333333481576
    p = p * r + 0.041666666666575945
    p = p * r + 0.16666666666666438
    p = p * r + 0.5000000000000006
    p = p * r + 1.0
    p = p * r + 1.0
    return p * power_of_two(shifted)


def log(x: Real) -> Real:
    """Natural logarithm of a positive, normal number. Relative error below 5e-16."""
    mantissa, k = parts(x)
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    r = 1.479819860511658591e-01
    r = r * z + 1.531383769920937332e-01
    r = r * z + 1.818357216161805012e-01
    r = r * z + 2.222219843214978396e-01
    r = r * z + 2.857142874366239149e-01
    r = r * z + 3.999999999940941908e-01
    r = r * z + 6.666666666666735130e-01
    return k * _LN2 + s * (2.0 + z * r)


def logistic(x: Real) -> Real:
    """1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(-x))


def below_logistic(u: Real, x: Real) -> Truth:
    """Whether `u` in (0, 1) lies below logistic(x): multiplied out, since a division costs ten multiplications."""
    return u * (1.0 + exp(-x)) < 1.0


def power(x: Real, exponent: Real) -> Real:
    """x**exponent for x > 0."""
    return exp(exponent * log(x))


def normal_quantile(u: Real) -> Real:
    """Standard normal value below which a share `u` lies; 2**-33 <= u <= 1 - 2**-33. Relative error 1e-15.

    Source: Wichura 1988, AS 241 (PPND16), for the tail and the form; its far tail (u < 1.4e-11) cannot occur with
    32-bit uniforms. The centre is wider than Wichura's (0.46 instead of 0.425) by a degree more, since a tail costs
    four times as much.
    """
    return chosen(abs(u - 0.5) <= _CENTRE, _normal_quantile_in_centre(u), _normal_quantile_in_tail(u))


def normal_quantiles(values: Any, u: Any, extreme: Any, at_hand: Any) -> None:
    """Fill `values` (run,) with the `normal_quantile` of each of `u`; `extreme` and `at_hand` (run,) are scratch.

    One uniform in twelve lies in a tail; only these, listed in `extreme`, are taken the long way.
    """
    for r in range(u.shape[0]):
        values[r] = _normal_quantile_in_centre(u[r])
    n = 0
    for r in range(u.shape[0]):
        extreme[n] = r
        n += 0 if abs(u[r] - 0.5) <= _CENTRE else 1
    whole = min(u.shape[0], n + 7 - (n + 7) % 8)  # eight at a time, with none left over
    for x in range(n, whole):
        at_hand[x] = 0.5
    for x in range(n):
        at_hand[x] = u[extreme[x]]
    for x in range(whole):
        at_hand[x] = _normal_quantile_in_tail(at_hand[x])
    for x in range(n):
        values[extreme[x]] = at_hand[x]


def _normal_quantile_in_centre(u: Real) -> Real:
    q = u - 0.5
    r = 0.2116 - q * q
    a = 166069.48764256362
    a = a * r + 2223680.098081767
    a = a * r + 4377110.9822533
    a = a * r + 2865025.7790790433
    a = a * r + 816913.2074534843
    a = a * r + 114393.87221178062
    a = a * r + 8171.78964528755
    a = a * r + 284.2880184121802
    a = a * r + 3.805839285330803
    b = 347742.4131272669
    b = b * r + 1896456.341849655
    b = b * r + 2508405.707908546
    b = b * r + 1284452.700508514
    b = b * r + 308771.93041306554
    b = b * r + 38108.10152988352
    b = b * r + 2469.91173709426
    b = b * r + 79.53981639997805
    b = b * r + 1.0
    return q * a / b


def _normal_quantile_in_tail(u: Real) -> Real:
    t = sqrt(-log(min(u, 1.0 - u))) - 1.6
    c = 7.74545014278341407640e-4
    c = c * t + 2.27238449892691845833e-2
    c = c * t + 2.41780725177450611770e-1
    c = c * t + 1.27045825245236838258e0
    c = c * t + 3.64784832476320460504e0
    c = c * t + 5.76949722146069140550e0
    c = c * t + 4.63033784615654529590e0
    c = c * t + 1.42343711074968357734e0
    d = 1.05075007164441684324e-9
    d = d * t + 5.47593808499534494600e-4
    d = d * t + 1.51986665636164571966e-2
    d = d * t + 1.48103976427480074590e-1
    d = d * t + 6.89767334985100004550e-1
    d = d * t + 1.67638483018380384940e0
    d = d * t + 2.05319162663775882187e0
    d = d * t + 1.0
    tail = c / d
    return chosen(u < 0.5, -tail, tail)


def beta_quantile_2_3(u: Real) -> Real:
    """Quantile of the Beta(2, 3) distribution; absolute error below 1e-5 (polynomial for its logit)."""
    z = normal_quantile(u)
    y = 9.133585438331123e-12
    y = y * z + 2.8855866180019536e-12
    y = y * z - 1.7556222966768382e-09
    y = y * z + 1.6504160011098842e-09
    y = y * z + 1.4182477495435836e-07
    y = y * z - 2.954506319785458e-07
    y = y * z - 5.800442041400131e-06
    y = y * z + 1.9285676140253167e-05
    y = y * z + 5.367453769452138e-05
    y = y * z - 0.0006164924560683397
    y = y * z + 0.01772910820919688
    y = y * z - 0.033073945013318
    y = y * z + 0.9640292143775402
    y = y * z - 0.46533874621138527
    return logistic(y)


def beta_quantile_5_3(u: Real) -> Real:
    """Quantile of the Beta(5, 3) distribution; absolute error below 2e-6 (polynomial for its logit)."""
    z = normal_quantile(u)
    y = -2.6372949607111443e-13
    y = y * z - 1.1628404133770139e-11
    y = y * z - 4.8733180798131254e-11
    y = y * z + 1.3975028988740344e-09
    y = y * z + 1.4173460206510648e-08
    y = y * z - 2.9388223592693444e-08
    y = y * z - 1.1556642892476006e-06
    y = y * z - 3.86794878023428e-06
    y = y * z + 2.156878637119388e-05
    y = y * z + 0.000301882936336358
    y = y * z + 0.008854742738051929
    y = y * z + 0.02494096614343915
    y = y * z + 0.7570328571792253
    y = y * z + 0.5575469419905618
    return logistic(y)


def beta_quantile_2p5_4p5(u: Real) -> Real:
    """Quantile of the Beta(2.5, 4.5) distribution; absolute error below 3e-6 (polynomial for its logit)."""
    return beta_2p5_4p5_at(normal_quantile(u))


def beta_2p5_4p5_at(z: Real) -> Real:
    """The same for the share that lies below `z` in the standard normal distribution."""
    y = 1.3762596746036065e-12
    y = y * z + 1.841089311544446e-11
    y = y * z - 3.8253325335320427e-10
    y = y * z - 1.7707574354969228e-09
    y = y * z + 4.187071900596366e-08
    y = y * z - 1.1710393498165044e-08
    y = y * z - 2.259115851660569e-06
    y = y * z + 8.522457749174427e-06
    y = y * z + 2.9650085089823604e-05
    y = y * z - 0.0004737659145830536
    y = y * z + 0.011353833822287137
    y = y * z - 0.0338513999016365
    y = y * z + 0.8233976917705981
    y = y * z - 0.6505676796288066
    return logistic(y)


def poisson_quantile(u: Real, mean: Real, most: int) -> Real:
    """Number of events, Poisson with the given mean, by inversion of one uniform; at most `most`."""
    probability = exp(-mean)
    cumulated = probability
    number = 0.0
    for k in range(1, most + 1):
        number += 1.0 if u >= cumulated else 0.0
        probability = probability * mean / k
        cumulated = cumulated + probability
    return number
