"""The notebooks: run from top to bottom, and stored as they ran.

    python -m tests.notebooks [NAME ...]

Stored are sources and outputs and nothing of the run: no times, no versions, no machine. Run
again, they are the same bytes, as long as a picture is drawn with the same fonts.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

import nbformat
from nbclient import NotebookClient

FOLDER: Final = Path(__file__).parent.parent / "notebooks"
SECONDS: Final = 300
METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_read: Any = nbformat.read  # untyped in its package
_write: Any = nbformat.write


def notebooks() -> list[Path]:
    """Return the notebooks, in their order."""
    return sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> Any:
    """Return a notebook as it is stored."""
    return _read(path, as_version=4)


def run(path: Path, folder: Path | None = None, env: dict[str, str] | None = None) -> Any:
    """Return a notebook as it runs now, in its folder. Raises the error of a cell that fails."""
    notebook = read(path)
    client = NotebookClient(
        notebook, timeout=SECONDS, resources={"metadata": {"path": str(folder or path.parent)}}
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(FOLDER.parent), **(env or {})})
    return plain(notebook)


def plain(notebook: Any) -> Any:
    """Take away what tells of the run, and name the cells by their places.

    What shows itself as a table or a picture is not stored as plain text too.
    """
    notebook.metadata = nbformat.from_dict(METADATA)  # type: ignore[no-untyped-call]
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
        cell.metadata = {}
        for output in cell.get("outputs", []):
            if output.output_type != "stream":
                output["metadata"] = {}
                if len(output.data) > 1:
                    output.data.pop("text/plain", None)
    return notebook


def shown(notebook: Any) -> list[Any]:
    """Return what the cells show: texts and tables as they are, of a picture that there is one."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = dict(output.get("data", {}))
            if "image/png" in data:
                data = {"image/png": ""}
            found.append(output.get("text") or data)
    return found


def main() -> None:
    """Run the notebooks that are named, or all, and store them."""
    for path in notebooks():
        if not sys.argv[1:] or any(name in path.name for name in sys.argv[1:]):
            _write(run(path), path)


if __name__ == "__main__":
    main()
