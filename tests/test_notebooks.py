"""The notebooks run from top to bottom."""

from pathlib import Path

import pytest
from engines import HAS_OCTAVE

pytestmark = pytest.mark.slow
NEEDS_OCTAVE = ("migrate_ex4",)
NOTEBOOKS = sorted((Path(__file__).parents[1] / "docs" / "notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore")  # Jupyter's own machinery warns about its future
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs(path, tmp_path):
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    if path.stem in NEEDS_OCTAVE and not HAS_OCTAVE:
        pytest.skip("GNU Octave is not installed")
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
