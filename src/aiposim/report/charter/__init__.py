"""A scenario in words: its charter as draft articles, its assumptions about the world as sentences.

Every setting is told by one sentence, or is listed as not told, with the reason. A sentence carries the keys of the
settings that it tells, so that whoever writes scenarios finds them again.

    words = words_for([scenario])
    articles(scenario, words)              the charter, article by article
    assumptions(scenario, words)           the world, subject by subject
    not_told(scenario, words)              settings without effect in this scenario
    differences_in_words(a, b, words)      what differs between two scenarios
"""

from aiposim.report.charter.articles import articles
from aiposim.report.charter.assumptions import assumptions
from aiposim.report.charter.clause import Article, Clause, Subject
from aiposim.report.charter.differences import Difference, Differences, differences_in_words
from aiposim.report.charter.effect import Untold, not_told

__all__ = [
    "Article",
    "Clause",
    "Difference",
    "Differences",
    "Subject",
    "Untold",
    "articles",
    "assumptions",
    "differences_in_words",
    "not_told",
]
