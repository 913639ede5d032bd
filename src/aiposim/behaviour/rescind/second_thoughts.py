"""Second thoughts: notice is taken back when membership pays again and grievance has faded.

Source: assumption of the model; cf. Vienna Convention on the Law of Treaties, Article 68 (revocation of a
notice before it takes effect).
"""

from __future__ import annotations


def second_thoughts(surplus: float, grievance: float, luck: float) -> bool:
    """Whether the notice is rescinded; asked every period while it runs."""
    return (surplus > 0.05) & (grievance < 0.6) & (luck < 0.25)
