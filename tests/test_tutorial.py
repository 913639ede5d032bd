"""The tutorial is a notebook without outputs, which runs from its first cell to its last."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.ipynb"


@cache
def _saved() -> nbformat.NotebookNode:
    return nbformat.read(TUTORIAL, as_version=4)


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each cell of code gives, by its name."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    place = tmp_path_factory.mktemp("tutorial")
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(place)}}).execute()
    assert list(place.iterdir()) == []
    return {cell["id"]: _told(cell) for cell in notebook.cells if cell.cell_type == "code"}


def _told(cell: nbformat.NotebookNode) -> str:
    parts = [each.get("text", "") + each.get("data", {}).get("text/plain", "") for each in cell.outputs]
    return "".join(parts) + "".join("[picture]" for each in cell.outputs if "image/png" in each.get("data", {}))


def test_it_is_saved_without_outputs_that_could_be_out_of_date() -> None:
    nbformat.validate(_saved())
    for cell in _saved().cells:
        assert cell.cell_type == "markdown" or (cell.outputs == [] and cell.execution_count is None), cell["id"]


def test_it_runs_to_its_end_and_shows_its_pictures(executed: dict[str, str]) -> None:
    assert [name for name, told in executed.items() if "[picture]" in told] == ["fan", "lorenz", "welfare"]
    assert [name for name, told in executed.items() if not told] == ["imports"]


def test_the_run_of_the_mesa_model_is_the_row_of_the_table(executed: dict[str, str]) -> None:
    assert executed["same"] == "True"


def test_what_it_says_of_other_assumptions_is_so(executed: dict[str, str]) -> None:
    """The best key for China is another one where the institute is worth something else to the members."""
    ranks = [line.split() for line in executed["assumption"].splitlines() if re.search(r"1\.0", line)]
    assert len({row[0] for row in ranks}) > 1


def test_its_links_lead_somewhere() -> None:
    for cell in _saved().cells:
        for target in re.findall(r"\]\(([^)#]+)\)", cell.source if cell.cell_type == "markdown" else ""):
            assert (TUTORIAL.parent / target).exists(), target
