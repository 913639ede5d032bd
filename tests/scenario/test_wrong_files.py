from __future__ import annotations

from pathlib import Path

import pytest

from aiposim.scenario import ScenarioError, load

from .wrong_files import WRONG, Wrong


def problems_of(folder: Path, text: str | bytes) -> ScenarioError:
    file = folder / "wrong.yaml"
    file.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    with pytest.raises(ScenarioError) as caught:
        load(file)
    return caught.value
