"""Phase 7, delivery: programme delivered, secretariat, posts, stocks, women, civilian experts."""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import clip

STOCK_KEPT = 0.97
STOCK_GAIN = 0.06
FULL_PROGRAMME = 2.5  # M$ per half-year in an area
TRAINED_AT_FULL = 15.0  # persons per half-year
PLACED = 0.28  # of the trained; the Japanese programme of 2007-2014 placed 85 of 302
SERVING_ON = 0.75  # two years of service on average
WOMEN_SPEED = 0.035
EXPERTS_FOR_COORDINATION = 40.0


def deliver(delivery: Any, working_mix: Any, received: Any, efficiency: Any, alive: Any, terms: Any) -> None:
    """Programme delivered in each area, effective M$ per half-year."""
    fixed = terms[0].institution.fixed_cost
    for a in range(delivery.shape[0]):
        for r in range(received.shape[0]):
            amount = efficiency[r] * working_mix[a, r] * max(0.0, received[r] - fixed)
            delivery[a, r] = amount if alive[r] else 0.0


def learn(capacity: Any, competence: Any, received: Any, budget: Any, alive: Any, terms: Any) -> None:
    """The secretariat's capacity grows with an able Director and full collection, and decays."""
    learning = terms[0].secretariat.learning
    decay = terms[0].secretariat.decay
    for r in range(capacity.shape[0]):
        funded = min(1.0, received[r] / budget[r])
        gain = learning * competence[r] * funded * (1.0 - capacity[r]) - decay * capacity[r]
        capacity[r] = clip(capacity[r] + gain, 0.0, 1.0) if alive[r] else capacity[r]


def appoint(posts: Any, share: Any, members: Any, partiality: Any, director: Any, member: Any) -> None:
    """Posts of the secretariat by nationality, drawn towards key, equality and the Director's own state."""
    for i in range(posts.shape[0]):
        for r in range(members.shape[0]):
            half = partiality[r] / 2.0
            due_posts = 0.5 / max(1.0, members[r]) + 0.5 * share[i, r]
            own = half if director[r] == i else 0.0
            moved = 0.9 * posts[i, r] + 0.1 * ((1.0 - half) * due_posts + own)
            posts[i, r] = moved if member[i, r] else 0.0


def stocks(network: Any, consortium: Any, training: Any, delivery: Any, alive: Any) -> None:
    """Information network and consortium for humanitarian work; training centres."""
    for r in range(network.shape[0]):
        relief_work = min(1.0, delivery[2, r] / FULL_PROGRAMME)
        schooling = min(1.0, (delivery[3, r] + 0.5 * delivery[1, r]) / FULL_PROGRAMME)
        net = STOCK_KEPT * network[r] + STOCK_GAIN * relief_work * (1.0 - network[r])
        con = STOCK_KEPT * consortium[r] + STOCK_GAIN * relief_work * (1.0 - consortium[r])
        trn = STOCK_KEPT * training[r] + STOCK_GAIN * schooling * (1.0 - training[r])
        network[r] = net if alive[r] else network[r]
        consortium[r] = con if alive[r] else consortium[r]
        training[r] = trn if alive[r] else training[r]


def women(women_share: Any, training: Any, member: Any, terms: Any) -> None:
    """Women among deployed personnel move towards the target, faster with training.

    Source: UN Security Council resolution 1325 (2000); UN uniformed personnel 4.9 % (2018) to 10.1 % (2025).
    """
    target = terms[0].institution.women_target
    for i in range(women_share.shape[0]):
        for r in range(training.shape[0]):
            speed = WOMEN_SPEED * (0.3 + 0.9 * training[r])
            moved = women_share[i, r] + speed * (target - women_share[i, r])
            women_share[i, r] = moved if member[i, r] else women_share[i, r]


def civilians(
    civilians_serving: Any,
    civilian_women: Any,
    coordination_stock: Any,
    total_trained: Any,
    civilians_sum: Any,
    delivery: Any,
    training: Any,
    share: Any,
    members: Any,
    member: Any,
    alive: Any,
) -> None:
    """Civilian experts trained, placed and serving in missions; the stock of field coordination.

    Expected numbers, no draw. Source: the Japanese programme for peacebuilding 2007-2014, 302 trained, 85 placed.
    """
    runs = training.shape[0]
    for r in range(runs):
        civilians_sum[r] = 0.0
    for i in range(share.shape[0]):
        for r in range(runs):
            schooling = min(1.0, (delivery[3, r] + 0.5 * delivery[1, r]) * (1.0 / FULL_PROGRAMME))
            seats = 0.5 / max(1.0, members[r]) + 0.5 * share[i, r]
            trained = TRAINED_AT_FULL * schooling * seats if member[i, r] else 0.0
            serving = SERVING_ON * civilians_serving[i, r] + PLACED * trained
            civilians_serving[i, r] = serving if alive[r] else civilians_serving[i, r]
            civilians_sum[r] += civilians_serving[i, r] if member[i, r] else 0.0
            total_trained[r] += trained
    for r in range(runs):
        field = 0.05 * min(1.0, civilians_sum[r] / EXPERTS_FOR_COORDINATION)
        joint = STOCK_KEPT * coordination_stock[r] + field * (1.0 - coordination_stock[r])
        coordination_stock[r] = joint if alive[r] else coordination_stock[r]
        speed = WOMEN_SPEED * (0.3 + 0.9 * training[r])
        fairer = civilian_women[r] + speed * (0.5 - civilian_women[r])
        civilian_women[r] = fairer if alive[r] else civilian_women[r]
