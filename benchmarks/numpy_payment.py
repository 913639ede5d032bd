"""One phase of the period, payment, as one would write it in NumPy; it gives the numbers of the compiled steps.

For assessed contributions without opt-outs and loss of the vote at two years' arrears, as in the base scenario.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from aiposim.behaviour.pay.willingness import DEPARTING
from aiposim.driver import Driver
from aiposim.quantities import Array
from aiposim.steps.payment import LATE_PART, PERSON_HALF_YEAR
from benchmarks.engine import driver_of, home_of, order_of_calls, play, steps_of
from benchmarks.measuring import Spread, in_turn, ratio
from benchmarks.mesa_runs import SCENARIO_READ
from benchmarks.section import Section, Size


@dataclass(frozen=True)
class Payment:
    """What the phase leaves behind; (state, run), money in M$, or (run,)."""

    due: Array
    propensity: Array
    willing: Array
    willing_part: Array
    paid: Array
    paid_in_time: Array
    arrears: Array
    collected: Array
    received: Array
    total_due: Array
    timely: Array


def payment(state: Any, given: Any, terms: Any) -> Payment:
    """The phase in whole-array expressions; nothing is changed."""
    member, arrears = state.member, state.arrears
    due = np.where(member, state.share * state.budget, 0.0)
    due -= np.minimum(terms.flexibility.inkind_credit * due, state.deployed * PERSON_HALF_YEAR)
    propensity = np.where(member, _propensity(state, given, terms, due), state.propensity)
    willing = np.where(state.notice > 0.0, np.minimum(propensity, DEPARTING), propensity)

    caught_up = terms.payment.catch_up * propensity * arrears
    promised = willing * due
    evidence = np.minimum(1.0, (promised + caught_up) / np.maximum(1e-6, due))
    late = state.u_council[:, 3] < terms.payment.late
    in_time = np.where(member, np.where(late, LATE_PART * promised, promised), 0.0)
    paid = np.where(member, in_time + caught_up, 0.0)
    growth = 1.0 + terms.payment.interest / 2.0 if terms.institution.charges_interest else 1.0
    owed = np.maximum(0.0, arrears + due - paid) * growth
    collected, total_due = paid.sum(axis=0), due.sum(axis=0)
    return Payment(
        due=due,
        propensity=propensity,
        willing=willing,
        willing_part=np.where(due < 1e-6, 1.0, evidence),
        paid=paid,
        paid_in_time=in_time,
        arrears=np.where(member, owed, 0.0),
        collected=collected,
        received=np.where(state.alive, collected + terms.institution.external_funds, 0.0),
        total_due=total_due,
        timely=in_time.sum(axis=0) / np.maximum(1e-300, total_due),
    )


def _propensity(state: Any, given: Any, terms: Any, due: Array) -> Array:
    pay = terms.payment
    public = given.ideal_mix @ (state.mix / (terms.valuation.satiation + state.delivery))
    private = terms.valuation.joint_product * np.sqrt(state.members * state.posts)
    own_return = state.efficiency * state.valuation * public + private
    share, fair_share = state.share, state.fair_share
    with np.errstate(divide="ignore", invalid="ignore"):  # of states that have left
        over = np.where(share > 0.0, np.maximum(0.0, 1.0 - fair_share / share), 0.0)
        under = np.where(fair_share > 0.0, np.maximum(0.0, 1.0 - share / fair_share), 0.0)
        stake = pay.sanction_weight * np.minimum(1.0, state.arrears / state.two_year_dues)
    trusted = np.take_along_axis(state.trust, state.director[None, None, :], axis=1)[:, 0]
    own = state.director == np.arange(len(due))[:, None]
    bias_felt = state.partiality * np.where(own, 0.0, 1.0 - trusted)
    z = (
        pay.norm
        + own_return
        + pay.reciprocity * (state.mean_trust - pay.trust_reference)
        + stake
        - pay.unfairness * over
        + pay.advantage * under
        - pay.hawkishness * (state.hawkishness - given.long_run_hawkishness[:, None])
        - pay.director_bias * bias_felt
        - pay.grievance * np.minimum(1.5, state.grievance)
        - terms.valuation.cost_of_funds
    )
    softened = 1.0 / (1.0 + np.exp(-z / pay.temperature))
    moved: Array = (1.0 - pay.adjustment) * state.propensity + pay.adjustment * softened
    return moved


PHASE = "aiposim.steps.payment"
MIDDLE = 20
"""The period in which the phase is looked at: some runs have arrears, notices and exits behind them."""


def before_payment(runs: int) -> tuple[Driver, Callable[[], None]]:
    """A block of runs that has come to the payment of period `MIDDLE`, and that phase as compiled steps."""
    driver = driver_of(SCENARIO_READ, runs)
    calls = [(call, home_of(call.name)) for call in order_of_calls(driver) if call.t == MIDDLE]
    first = next(i for i, (_, home) in enumerate(calls) if home == PHASE)
    steps = steps_of(driver)
    play(driver, until=MIDDLE)
    for call, _ in calls[:first]:
        steps[call.name](*call.arguments)
    phase = [(steps[call.name], call.arguments) for call, home in calls if home == PHASE]

    def compiled() -> None:
        for step, arguments in phase:
            step(*arguments)

    return driver, compiled


def differences(runs: int) -> dict[str, float]:
    """Largest relative difference between the NumPy phase and the compiled one, by quantity."""
    driver, compiled = before_payment(runs)
    found = payment(driver.state, driver.charter.given, driver.charter.terms)
    compiled()
    gaps: dict[str, float] = {}
    for each in fields(Payment):
        ours, theirs = getattr(driver.state, each.name), getattr(found, each.name)
        gaps[each.name] = float(np.max(np.abs(ours - theirs) / np.maximum(1e-3, np.abs(ours))))
    return gaps


def against_numpy(size: Size) -> Section:
    worst = max(differences(size.runs).values())
    if not worst < 1e-11:
        raise RuntimeError(f"the NumPy phase differs from the steps by {worst:g}")
    section = Section(
        "One phase in NumPy",
        "Payment (dues, propensity to pay, payments, arrears) written in whole-array expressions, with the freedom to "
        "reorder sums that NumPy has; its numbers are those of the compiled steps to rounding (largest relative "
        f"difference {worst:.0e}). Called in turn on the same arrays.",
        ("runs in a block", "NumPy, ns a run", "compiled steps, ns a run", "steps are faster by"),
    )
    for runs in size.numpy_runs:
        driver, compiled = before_payment(runs)
        given, terms = driver.charter.given, driver.charter.terms

        def in_numpy(driver: Driver = driver, given: Any = given, terms: Any = terms) -> None:
            payment(driver.state, given, terms)

        theirs, ours = in_turn([in_numpy, compiled], size.repeats)
        times = ratio(theirs, ours)
        told = [Spread.of(1e9 * each / runs for each in taken).told(1) for taken in (theirs, ours)]
        section.rows.append((f"{runs:,}", *told, times.told(1)))
        if runs == size.runs:
            section.figures["steps against NumPy"] = times
    return section
