"""Files with one fault each: text, key, line, parts of the message. Used by test_wrong_files.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    name: str
    text: str
    key: str
    line: int
    parts: tuple[str, ...]
    found: str | None = None


WRONG = [
    Wrong("unknown key", "title: x\nmembershp: {}\n", "membershp", 2, ("no key 'membershp'", "'membership'")),
    Wrong("unknown key deep down", "control:\n  voting:\n    casting_vot: true\n", "control.voting.casting_vot", 3, ("'control.voting.casting_vote'",)),
    Wrong("key of another block", "title: x\nautonomy: 0.3\n", "autonomy", 2, ("Did you mean 'centralisation.autonomy'?",)),
    Wrong("quorum is fixed", "control:\n  voting: {rule: majority, quorum: 5}\n", "control.voting.quorum", 2, ("two thirds",)),
    Wrong("duplicate key", "world:\n  start: 2016\n  horizon: 60\n  start: 2018\n", "world.start", 4, ("stands twice", "line 2", "line 4")),
    Wrong("number as text", 'world:\n  start: "2016"\n', "world.start", 2, ("whole number", "the text '2016'")),
    Wrong("fraction for a whole number", "world: {horizon: 6.5}\n", "world.horizon", 1, ("whole number from 1 to 600",)),
    Wrong("word for a truth value", "membership:\n  exit_allowed: no\n", "membership.exit_allowed", 2, ("YAML 1.2", "write false")),
    Wrong("truth value for a number", "centralisation: {autonomy: true}\n", "centralisation.autonomy", 1, ("a number", "truth value true")),
    Wrong("list for a mapping", "world: [1, 2]\n", "world", 1, ("mapping of keys", "a list")),
    Wrong("NaN", "world:\n  payment:\n    late: .nan\n", "world.payment.late", 3, ("finite", "NaN"), ".nan"),
    Wrong("infinity", "world: {payment: {norm: .inf}}\n", "world.payment.norm", 1, ("finite",), ".inf"),
    Wrong("share above 1", "control:\n  director:\n    agenda_power: 1.2\n", "control.director.agenda_power", 3, ("out of range", "from 0 to 1"), "1.2"),
    Wrong("notice of 9", "membership: {notice: 9}\n", "membership.notice", 1, ("9", "from 1 to 8"), "9"),
    Wrong("notice of 0", "membership: {notice: 0}\n", "membership.notice", 1, ("from 1 to 8",)),
    Wrong("term of 0", "control:\n  director: {rule: rotation, term: 0}\n", "control.director.term", 2, ("out of range", "from 1"), "0"),
    Wrong("misspelt rule", "control:\n  voting: majorty\n", "control.voting.rule", 2, ("'majorty'", "Did you mean 'majority'?", "unanimity")),
    Wrong("rule of a later version", "control:\n  cost_sharing: shapley\n", "control.cost_sharing.rule", 2, ("not in this version", "benefit")),
    Wrong("incidents of a later version", "world: {incidents: {process: markov}}\n", "world.incidents.process", 1, ("not in this version", "hawkes")),
    Wrong("misspelt choice", "control:\n  voting: {voters: goverments}\n", "control.voting.voters", 2, ("Did you mean 'governments'?",)),
    Wrong("unknown reserved matter", "control: {council: {reserved: [key, hots]}}\n", "control.council.reserved.1", 1, ("Did you mean 'host'?",)),
    Wrong("ceiling too low for the members", "control:\n  cost_sharing: {rule: equal, ceiling: 0.3}\n", "control.cost_sharing.ceiling", 2, ("0.3 for 3 members", "0.9"), "0.3"),
    Wrong("floor too high", "control: {cost_sharing: {floor: 0.4}}\n", "control.cost_sharing.floor", 1, ("more than the budget",)),
    Wrong("floor above ceiling", "control: {cost_sharing: {floor: .33, ceiling: 0.5}}\nmembership: {members: [JPN, CHN]}\n", "", 1, ()),
    Wrong("claims below the estate", "control: {cost_sharing: {claims_ratio: 0.9}}\n", "control.cost_sharing.claims_ratio", 1, ("at least 1", "from 1")),
    Wrong("member twice", "membership:\n  members:\n    - JPN\n    - CHN\n    - JPN\n", "membership.members", 5, ("JPN is a member twice",)),
    Wrong("unknown member", "membership:\n  members: [JPN, CHN, KRO]\n", "membership.members", 2, ("'KRO'", "Did you mean 'KOR'?", "./KRO.yaml")),
    Wrong("one member", "membership: {members: [JPN]}\n", "membership.members", 1, ("at least 2",)),
    Wrong("host is no member", "membership:\n  host: MNG\n", "membership.host", 2, ("MNG is not a member", "JPN, CHN, KOR"), "MNG"),
    Wrong("default host is no member", "title: x\nmembership: {members: [CHN, KOR]}\n", "membership.host", 2, ("JPN is not a member",)),
    Wrong("fewest members above members", "membership:\n  min_members: 4\n", "membership.min_members", 2, ("below 4", "only 3"), "4"),
    Wrong("queue lacks a member", "control:\n  director:\n    queue: [JPN, CHN, CHN]\n", "control.director.queue", 3, ("lacks KOR", "twice CHN")),
    Wrong("fixed key lacks a member", "control:\n  cost_sharing:\n    key: {JPN: 0.5, CHN: 0.5}\n", "control.cost_sharing.key", 3, ("no share for KOR",)),
    Wrong("fixed key is negative", "control:\n  cost_sharing:\n    key:\n      JPN: 0.7\n      CHN: 0.5\n      KOR: -0.2\n", "control.cost_sharing.key.KOR", 6, ("-0.2", "at least 0")),
    Wrong("fixed key of a wrong name", "control: {cost_sharing: {key: cmmi}}\n", "control.cost_sharing.key", 1, ("Did you mean 'cmim'?",)),
    Wrong("mix does not sum to 1", "membership:\n  overrides:\n    JPN:\n      ideal_mix: {cp: .5, pk: .1, ha: .1, pb: .1, rd: .1}\n", "membership.overrides.JPN.ideal_mix", 4, ("sums to 0.9",)),
    Wrong("override of a stranger", "membership:\n  overrides: {MNG: {growth: {value: 0.1, source: none}}}\n", "membership.overrides.MNG", 2, ("MNG is not a member",)),
    Wrong("figure in another unit", "centralisation:\n  founding_budget: {value: 6000, unit: k US$, source: guess}\n", "centralisation.founding_budget.unit", 2, ("'M US$ per half-year'", "'k US$'")),
    Wrong("budget below fixed cost", "centralisation: {founding_budget: 1, fixed_cost: 2}\n", "centralisation.founding_budget", 1, ("does not cover",)),
    Wrong("money that costs nothing", "world: {valuation: {joint_product: 1.2}}\n", "world.valuation.joint_product", 1, ("returns 1.2",)),
    Wrong("key without a value", "world:\n  horizon:\n", "world.horizon", 2, ("has no value",)),
    Wrong("merge key", "world: &w {start: 2016}\nscope:\n  <<: *w\n", "scope.<<", 3, ("Merge keys",)),
    Wrong("unknown tag", "title: !secret x\n", "title", 1, ("tag",)),
    Wrong("syntax", "title: x\nworld: {start: 2016\n", "", 3, ("not YAML",)),
    Wrong("tab", "world:\n\tstart: 2016\n", "", 2, ("not YAML",)),
    Wrong("list at the top", "- title: x\n", "", 1, ("a list at the top",)),
    Wrong("empty", "# nothing\n", "", 1, ("empty",)),
    Wrong("two documents", "title: x\n---\ntitle: y\n", "", 2, ("not YAML",)),
    Wrong("misspelt key in a design", "designs:\n  one:\n    control.votin.rule: majority\n", "control.votin", 3, ("'control.voting'",)),
    Wrong("wrong value in a design", "designs:\n  one:\n    control: {voting: majorty}\n", "control.voting.rule", 3, ("'majority'",)),
    Wrong("misspelt key in a grid", "grid:\n  world.horizn: [20, 40]\n", "grid.world.horizn", 2, ("'world.horizon'",)),
    Wrong("wrong value in a grid", "grid:\n  world.horizon:\n    - 20\n    - 0\n", "world.horizon", 4, ("out of range",)),
    Wrong("grid without a list", "grid: {world.horizon: 20}\n", "grid.world.horizon", 1, ("a list",)),
    Wrong("designs and grid", "designs: {one: {world.horizon: 20}}\ngrid: {world.horizon: [20]}\n", "grid", 2, ("not both",)),
    Wrong("combination that only a design makes", "control: {cost_sharing: {ceiling: 0.4}}\ndesigns:\n  two:\n    membership.members: [JPN, CHN]\n", "control.cost_sharing.ceiling", 1, ("0.4 for 2 members", "Design 'two'")),
    Wrong("unknown parent", "title: x\nextends: geneva-2051\n", "extends", 2, ("Did you mean 'geneva-2015'?",)),
    Wrong("parent elsewhere", "extends: ../outside.yaml\n", "extends", 1, ("leads out",)),
    Wrong("absolute parent", "extends: /etc/hostname.yaml\n", "extends", 1, ("leads out",)),
    Wrong("missing parent", "extends: ./nowhere.yaml\n", "extends", 1, ("no file",)),
    Wrong("its own parent", "extends: ./wrong.yaml\n", "extends", 1, ("in a circle",)),
    Wrong("missing member file", "membership: {members: [JPN, CHN, ./XYZ.yaml], host: JPN}\n", "membership.members", 1, ("no member file",)),
]
WRONG = [each for each in WRONG if each.parts]
