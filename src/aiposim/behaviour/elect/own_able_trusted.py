"""Favour one's own nominee, then the able ones of trusted states.

Source: assumption of the model; cf. Dreher & Voigt 2011, J. Comparative Economics 39, on whom governments send
to international organisations.
"""

from __future__ import annotations

OWN = 1.0


def own_able_trusted(own: bool, competence: float, trust: float) -> float:
    """Favour for a nominee: one for the own nominee, its competence 0..1, and trust in its state 0..1."""
    return OWN + competence if own else competence + trust
