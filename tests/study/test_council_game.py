"""The Council as a simple game: the scenario's rule asked about every coalition, and the power that follows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from aiposim import families, power
from aiposim.driver import charter_of
from aiposim.power import Winning
from aiposim.scenario import Scenario, load, shipped
from aiposim.scenario.catalogue import member_file
from aiposim.study.council_game import (
    NGO,
    CouncilGame,
    NothingPasses,
    council_game,
    distinct_games,
    key_in_force,
)
from designs import scenarios

RULES = families.names("rules.voting")
YEARS = range(2016, 2046)


def design(rule: str = "unanimity", key: str = "cmim", **more: Any) -> Scenario:
    """The reference design under another vote and key."""
    chosen = {"control.voting.rule": rule, "control.cost_sharing": key}
    return load("reference-design").with_(**chosen, **more)


def seat_by_seat(game: CouncilGame) -> Winning:
    """The game by seat in full, each coalition of seats listed: shape (2**seats,)."""
    n = len(game.codes)
    coalitions = np.arange(1 << len(game.seats))
    others = sum((coalitions >> k & 1 for k in range(n, len(game.seats))), np.zeros_like(coalitions))
    winning: Winning = game.carried[coalitions & ((1 << n) - 1), others]
    return winning


def by_player(game: CouncilGame, kind: str = "by_state", index: str = "shapley_shubik") -> dict[str, float]:
    found = getattr(game, kind)
    return dict(zip(found.players, getattr(found, index).tolist(), strict=True))


@pytest.mark.parametrize("rule", ["unanimity", "consensus"])
def test_with_everybody_present_each_government_can_block_under_unanimity_and_consensus(rule: str) -> None:
    game = council_game(design(rule))
    assert game.by_seat.blockers == ("CHN government", "JPN government", "KOR government")
    assert game.minimal_winning_states == [("CHN", "JPN", "KOR")]
    assert (game.other_seats, game.by_state.players) == (0, ("CHN", "JPN", "KOR"))


def test_former_officials_and_ngo_are_players_only_where_their_votes_count() -> None:
    majority = council_game(design("majority"))
    assert len(majority.seats) == 7
    assert majority.seats_needed == 4
    assert majority.by_state.players == ("CHN", "JPN", "KOR", NGO)
    assert council_game(design("majority", **{"control.council.ngo": "per_state"})).seats_needed == 5
    alone = council_game(design("majority", **{"control.voting.voters": "governments"}))
    assert (len(alone.seats), alone.seats_needed) == (3, 2)
    assert len(council_game(design("weighted")).seats) == 3


def test_the_other_seats_can_carry_a_majority_without_any_government() -> None:
    assert ((), 4) in council_game(design("majority")).minimal_winning_seats


@pytest.mark.parametrize("key", ["equal", "gni"])
@pytest.mark.parametrize("year", YEARS)
def test_weighted_and_double_are_the_same_game_under_equal_shares_and_under_incomes(key: str, year: int) -> None:
    yearly = {"flexibility.review": 2}
    weighted, double = (council_game(design(rule, key, **yearly), year) for rule in ("weighted", "double"))
    assert weighted.review_year == year
    assert weighted.fingerprint == double.fingerprint
    two_of_three = [("CHN", "JPN"), ("CHN", "KOR"), ("JPN", "KOR")]
    assert weighted.minimal_winning_states == (two_of_three if key == "equal" else two_of_three[:2])


@pytest.mark.parametrize("key", ["un_scale", "benefit"])
def test_under_the_un_scale_and_under_benefit_a_pair_lies_between_and_weighted_is_the_harder_rule(key: str) -> None:
    weighted, double = (council_game(design(rule, key)) for rule in ("weighted", "double"))
    between = [
        pair
        for pair in (("CHN", "JPN"), ("CHN", "KOR"), ("JPN", "KOR"))
        if 0.5 < sum(weighted.key[code] for code in pair) < 0.6
    ]
    assert between
    assert set(double.minimal_winning_states) - set(weighted.minimal_winning_states) == set(between)
    assert (weighted.carried <= double.carried).all()


def test_forty_and_twenty_reach_sixty_so_that_any_two_decide() -> None:
    game = council_game(design("weighted"))
    assert by_player(game) == pytest.approx({"CHN": 1 / 3, "JPN": 1 / 3, "KOR": 1 / 3})
    expected = power.weighted_game(list(game.key.values()), 0.6, tolerance=1e-9)
    assert_array_equal(game.among_governments, expected)


def test_china_plus_one_gives_china_two_thirds_of_the_power() -> None:
    """By hand: China turns the vote in all orders but the two in which it comes first; the others share the rest."""
    game = council_game(design("weighted", "gni"))
    assert by_player(game) == pytest.approx({"CHN": 2 / 3, "JPN": 1 / 6, "KOR": 1 / 6})
    assert by_player(game, index="banzhaf") == pytest.approx({"CHN": 0.6, "JPN": 0.2, "KOR": 0.2})
    assert by_player(game, index="penrose_banzhaf") == pytest.approx({"CHN": 0.75, "JPN": 0.25, "KOR": 0.25})
    assert game.by_state.blockers == ("CHN",)


@given(scenario=scenarios(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_counting_alike_seats_is_listing_every_coalition_of_seats(scenario: Scenario, data: st.DataObject) -> None:
    suspended = data.draw(st.lists(st.sampled_from(scenario.codes), max_size=len(scenario.codes) - 1, unique=True))
    chair = data.draw(st.sampled_from(scenario.codes))
    game = council_game(scenario, chair=chair, suspended=suspended)
    listed = seat_by_seat(game)
    assert_allclose(game.by_seat.shapley_shubik, power.shapley_shubik(listed), atol=1e-14)
    assert_allclose(game.by_seat.banzhaf, power.banzhaf(listed), atol=1e-14)
    assert_allclose(game.by_seat.penrose_banzhaf, power.banzhaf(listed, normalised=False), atol=1e-14)
    labels = [seat.label for seat in game.seats]
    assert game.by_seat.blockers == tuple(labels[i] for i in power.blockers(listed))
    assert game.by_seat.dictators == tuple(labels[i] for i in power.dictators(listed))
    assert game.by_seat.dummies == tuple(labels[i] for i in power.dummies(listed))
    n = len(game.codes)
    minimal = {
        (tuple(game.codes[i] for i in seats if i < n), sum(i >= n for i in seats))
        for seats in power.minimal_winning(listed)
    }
    assert set(game.minimal_winning_seats) == minimal


@given(scenario=scenarios(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_by_state_the_seats_of_a_state_vote_as_one(scenario: Scenario, data: st.DataObject) -> None:
    suspended = data.draw(st.sampled_from([(), scenario.codes[:1]]))
    game = council_game(scenario, suspended=suspended)
    listed = seat_by_seat(game)
    for coalition in range(len(game.winning_states)):
        players = {player for i, player in enumerate(game.by_state.players) if coalition >> i & 1}
        seats = sum(1 << k for k, seat in enumerate(game.seats) if (seat.state or NGO) in players)
        assert game.winning_states[coalition] == listed[seats]


@pytest.mark.parametrize("rule", RULES)
def test_a_suspended_government_has_no_power_and_its_official_keeps_his(rule: str) -> None:
    game = council_game(design(rule), suspended=["KOR"])
    assert "KOR government" in game.by_seat.dummies
    assert by_player(game, "governments")["KOR"] == 0.0
    if game.other_seats:
        assert by_player(game, "by_seat")["KOR official"] > 0.0
        assert by_player(game)["KOR"] > 0.0


def test_two_governments_left_under_unanimity_share_the_power() -> None:
    game = council_game(design("unanimity")).suspensions["JPN"]
    assert game is not None
    assert by_player(game) == pytest.approx({"CHN": 0.5, "JPN": 0.0, "KOR": 0.5})


def test_the_chair_breaks_ties_but_not_while_it_is_suspended() -> None:
    governments = {"control.voting.voters": "governments"}
    tied = council_game(design("majority", **governments), suspended=["KOR"])
    assert tied.chair == "JPN"
    assert tied.chair_decides
    assert tied.governments.dictators == ("JPN",)
    other = council_game(design("majority", **governments), suspended=["KOR"], chair="CHN")
    assert other.governments.dictators == ("CHN",)
    struck = council_game(design("majority", **governments), suspended=["KOR"], chair="KOR")
    assert (struck.governments.dictators, struck.governments.blockers) == ((), ("CHN", "JPN"))
    assert (tied.ties_fail, struck.ties_fail) == (False, True)
    silent = design("majority", **governments, **{"control.voting.casting_vote": False})
    without = council_game(silent, suspended=["KOR"])
    assert not without.chair_decides
    assert not council_game(silent, suspended=["KOR"], chair="KOR").ties_fail


def test_the_key_in_force_is_that_of_the_last_review() -> None:
    scenario = design("weighted", "un_scale")
    assert key_in_force(scenario, 2018) == key_in_force(scenario, 2016)
    key, reviewed = key_in_force(scenario, 2020)
    _, assessment = charter_of(scenario)
    assert reviewed == 2019
    assert_array_equal(list(key.values()), assessment.review(2019, (True,) * 3).key)
    never = scenario.with_(**{"flexibility.review": "never"})
    assert key_in_force(never, 2045) == key_in_force(never, 2016)


def test_a_review_in_the_second_half_of_a_year_is_in_force_from_the_next() -> None:
    scenario = design("weighted", "gni", **{"flexibility.review": 3})
    assert [key_in_force(scenario, year)[1] for year in range(2016, 2021)] == [2016, 2016, 2017, 2019, 2019]


def test_a_key_on_reports_is_taken_with_true_valuations_and_the_hosts_premium() -> None:
    honest = design("weighted", "benefit")
    liar = honest.with_(**{"membership.overrides.CHN.misreport": 0.3, "flexibility.host_premium": 0.2})
    charter, assessment = charter_of(honest)
    theta = assessment.review(2016, (True,) * 3).valuation
    key = np.array(list(key_in_force(honest, 2016)[0].values()))
    assert_allclose(key, theta / theta.sum(), atol=1e-15)
    host = charter.codes.index("JPN")
    assert_allclose(list(key_in_force(liar, 2016)[0].values()), 0.8 * key + 0.2 * (np.arange(3) == host), atol=1e-15)


def test_a_ceiling_cuts_a_key_on_reports_before_the_hosts_premium_is_added() -> None:
    honest = design("weighted", "benefit")
    capped = honest.with_(**{"control.cost_sharing.ceiling": 0.45, "flexibility.host_premium": 0.1})
    plain, key = (np.array(list(key_in_force(each, 2016)[0].values())) for each in (honest, capped))
    (highest,) = np.flatnonzero(plain > 0.45)
    cut = plain * (1.0 - 0.45) / (1.0 - plain[highest])
    cut[highest] = 0.45
    assert cut.max() == 0.45  # nobody else is above it now
    host = np.array(honest.codes) == "JPN"
    assert_allclose(key, 0.9 * cut + 0.1 * host, atol=1e-15)


def test_pledges_know_neither_ceiling_nor_premium() -> None:
    pledged = design("weighted", "voluntary")
    limited = pledged.with_(**{"control.cost_sharing.ceiling": 0.45, "flexibility.host_premium": 0.1})
    assert key_in_force(limited, 2016) == key_in_force(pledged, 2016)


def test_under_pledges_votes_weigh_as_at_the_foundation() -> None:
    assert key_in_force(design("weighted", "voluntary"), 2016) == key_in_force(design("weighted", "benefit"), 2016)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_design_is_a_game_with_all_power_shared_out(name: str) -> None:
    for each in load(name).all_designs():
        game = council_game(each)
        for kind, index in product(("by_state", "by_seat", "governments"), ("shapley_shubik", "banzhaf")):
            assert sum(by_player(game, kind, index).values()) == pytest.approx(1.0)
        assert set(game.suspensions) == set(game.codes)


def test_the_ballots_of_a_session_are_counted_as_the_council_counts_them() -> None:
    """The tally given to the rule is that of `count_ballots`, on a session at which everybody votes."""
    from aiposim.steps._motions import ACCEPTS, REJECTS, count_ballots

    scenario = design("majority", "gni", **{"control.council.ngo": "per_state"})
    charter, _ = charter_of(scenario)
    game = council_game(scenario, suspended=["KOR"])
    key = np.array(list(game.key.values()))[:, None]
    on_roll = np.array([[True], [True], [False]])
    chair = on_roll & (np.arange(3) == charter.codes.index(game.chair))[:, None]
    rule: Any = families.fetch("rules.voting", "majority")
    for coalition in range(512):
        ballot = np.array([ACCEPTS if coalition >> k & 1 else REJECTS for k in range(9)], dtype=np.int8)
        count, weight = np.zeros((5, 1, 1), dtype=np.int8), np.zeros((1, 1))
        seated = np.ones((9, 1), dtype=bool)
        count_ballots(count, weight, ballot[None, :, None], on_roll, chair, seated, key, (charter.terms,))
        yes, no, chair_yes, *seats = count[:, 0, 0].astype(float)
        tally = (yes, no, 2.0, 2.0, weight[0, 0], key[:2, 0].sum(), *seats, chair_yes)
        assert rule(*tally, charter.terms.voting) == seat_by_seat(game)[coalition], coalition


def test_designs_that_play_the_same_game_are_found_together() -> None:
    games = [council_game(each) for each in load("council-composition").all_designs()]
    assert [len(group) for group in distinct_games(games)] == [4, 1, 1, 2]


def test_games_that_a_suspension_tells_apart_are_kept_apart() -> None:
    """Any two of three carry a motion; of two left, one is enough, or the chair, or it takes both."""
    governments = {"control.voting.voters": "governments"}
    games = [council_game(design(rule, **governments)) for rule in ("consensus-1", "majority", "weighted")]
    assert games[0].itself == games[1].itself == games[2].itself
    assert [len(group) for group in distinct_games(games)] == [1, 1, 1]


def ten_members(folder: Path, rule: str) -> Scenario:
    """Japan, China and Korea with seven like Korea, under an income key."""
    text = member_file("KOR").read_text(encoding="utf-8")
    codes = [f"X{letter}X" for letter in "ABCDEFG"]
    for i, code in enumerate(codes):
        own = text.replace("code: KOR", f"code: {code}").replace("luck: 410", f"luck: {901 + i}")
        (folder / f"{code}.yaml").write_text(own, encoding="utf-8")
    everybody = ["JPN", "CHN", "KOR", *codes]
    pairs = "".join(
        f"    {a}-{b}: {{prior_trust: 0.5, incident_rate: 0.1, major_share: 0.2}}\n"
        for i, a in enumerate(everybody)
        for b in everybody[i + 1 :]
        if b in codes
    )
    file = folder / "ten.yaml"
    listed = ", ".join(code if code not in codes else f"./{code}.yaml" for code in everybody)
    file.write_text(
        f"membership:\n  members: [{listed}]\n  pairs:\n{pairs}"
        f"control: {{voting: {rule}, cost_sharing: gni, council: {{ngo: per_state}}}}\n",
        encoding="utf-8",
    )
    return load(file)


def test_ten_members_with_thirty_seats_are_exact(tmp_path: Path) -> None:
    game = council_game(ten_members(tmp_path, "majority"))
    assert len(game.seats) == 30
    assert game.chair_decides
    index = by_player(game, "by_seat")
    ordinary = index["KOR official"]
    assert sum(index.values()) == pytest.approx(1.0)
    # The chair turns the vote as fifteenth or sixteenth to come, each place as likely as any other.
    assert index["JPN government"] == pytest.approx(2 / 30)
    assert ordinary == pytest.approx((1 - 2 / 30) / 29)
    weighted = council_game(ten_members(tmp_path, "weighted"))
    assert_array_equal(
        weighted.among_governments, power.weighted_game(list(weighted.key.values()), 0.6, tolerance=1e-9)
    )


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"chair": "JPM"}, "'JPM' is not a member of reference-design .did you mean 'JPN'"),
        ({"suspended": ["MNG"]}, "'MNG' is not a member of reference-design: there are CHN, JPN, KOR"),
        ({"chair": "chn"}, "'chn' is not a member of reference-design .did you mean 'CHN'"),
        ({"chair": ""}, "'' is not a member of reference-design: there are"),
        ({"year": 2015}, "2015 lies outside the years of reference-design, 2016 to 2045"),
        ({"year": 2046}, "2046 lies outside"),
        ({"suspended": ["CHN", "JPN", "KOR"]}, "every member is suspended"),
    ],
)
def test_what_cannot_be_is_refused(arguments: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        council_game(design(), **arguments)


def test_the_last_half_year_may_be_the_first_of_its_year() -> None:
    scenario = design(**{"world.horizon": 5})
    assert council_game(scenario, 2018).year == 2018
    with pytest.raises(ValueError, match="2016 to 2018"):
        council_game(scenario, 2019)


def test_a_member_that_pays_nothing_cannot_carry_a_double_majority_alone() -> None:
    scenario = design("double", **{"control.cost_sharing.key": {"JPN": 0.5, "CHN": 0.5, "KOR": 0.0}})
    with pytest.raises(NothingPasses, match="under double nothing can be carried while CHN and JPN cannot vote"):
        council_game(scenario, suspended=["JPN", "CHN"])
    assert council_game(scenario, suspended=["JPN"]).suspensions["CHN"] is None


@pytest.fixture
def odd_rule(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], CouncilGame]:
    """A rule of one's own in the place of unanimity."""

    def put(rule: Any) -> CouncilGame:
        scenario = design()
        charter, _ = charter_of(scenario)
        module = ModuleType("somewhere.own_rule")
        module.own_rule = rule  # type: ignore[attr-defined]
        module.Terms = charter.voting.Terms  # type: ignore[attr-defined]
        monkeypatch.setattr(charter, "voting", module)
        return council_game(scenario)

    return put


def test_a_rule_of_ones_own_is_asked_like_any_other(odd_rule: Any) -> None:
    def japan_has_a_veto(*tally: Any) -> bool:
        """Carried if the chair and another seat accept."""
        *_, seats_yes, _seats_voting, chair_yes, _terms = tally
        return bool(chair_yes and seats_yes >= 2)

    game = odd_rule(japan_has_a_veto)
    assert game.by_seat.blockers == ("JPN government",)
    assert game.sentence == "Carried if the chair and another seat accept."
    assert by_player(game, "by_seat")["JPN government"] == pytest.approx(6 / 7)  # unless it comes first


def test_a_rule_that_is_no_simple_game_is_refused(odd_rule: Any) -> None:
    with pytest.raises(ValueError, match="under unanimity a motion is carried that nobody accepts"):
        odd_rule(lambda *_: True)
    with pytest.raises(ValueError, match="nothing can be carried, even if everybody"):
        odd_rule(lambda *_: False)
    with pytest.raises(ValueError, match="fails because CHN accepts it too"):
        odd_rule(lambda yes, *_: yes == 1)
    with pytest.raises(ValueError, match="fails because one seat more accepts"):
        odd_rule(lambda yes, *rest: yes >= 1 and rest[5] - yes != 2)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_in_a_sentence_what_it_asks(rule: str) -> None:
    sentence = council_game(design(rule)).sentence
    assert sentence.startswith("Carried")
    assert "`" not in sentence
    assert council_game(design("weighted", **{"control.voting.weighted_share": 0.75})).sentence.count("75 %") == 1
