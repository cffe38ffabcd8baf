"""A style's folder as a package that others can install with pip."""

from __future__ import annotations

import json
from pathlib import Path

from .. import files
from ..errors import BadInput
from .styles import CARD, read_style

MOST_FILE_BYTES = 512 * 2**20  # of a model

PROJECT = """[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "carmina-style-{name}"
version = "0.1.0"
description = {summary}
dependencies = ["carmina"]

[project.entry-points.carmina]
style_{module} = "carmina_style_{module}.plugin"

[tool.setuptools]
packages = ["carmina_style_{module}"]

[tool.setuptools.package-data]
"*" = ["*.toml", "*.safetensors"]
"""
PLUGIN = '''"""The style {name}, made by `carmina finetune`."""

from pathlib import Path

import carmina


@carmina.hookimpl
def carmina_styles():
    from carmina.conductor import read_style

    return [read_style(Path(__file__).parent)]
'''


def write_package(style_folder: Path, target: Path) -> None:
    """Make ``target`` a project that offers the style; raises ``BadInput`` where something stands there already."""
    style = read_style(style_folder)
    if target.exists() and any(target.iterdir()):
        raise BadInput(f"the folder {str(target)!r} is not empty. Name a new one for the package.")
    words = {
        "name": style.name,
        "module": style.name.replace("-", "_"),
        "summary": json.dumps(style.summary, ensure_ascii=False),
    }
    inside = f"carmina_style_{words['module']}"
    contents = {
        "pyproject.toml": PROJECT.format(**words).encode(),
        f"{inside}/__init__.py": f'"""The style {style.name}."""\n'.encode(),
        f"{inside}/plugin.py": PLUGIN.format(**words).encode(),
    }
    for file in (CARD, *(Path(path).name for path in style.models.values())):
        contents[f"{inside}/{file}"] = files.read(style_folder / file, MOST_FILE_BYTES)
    target.parent.mkdir(parents=True, exist_ok=True)
    files.write_folder(target, contents)
