"""Compile the steps once, before test processes start, instead of once in each of them."""

from __future__ import annotations

import pytest

from aiposim.driver import compile_ahead
from aiposim.scenario import load


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        compile_ahead(load("reference-design"))
