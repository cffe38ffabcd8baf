"""A style's folder as a package that others can install with pip."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from ..errors import BadInput
from .styles import CARD, read_style

PROJECT = '''[build-system]
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
'''
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
    words = {"name": style.name, "module": style.name.replace("-", "_"), "summary": json.dumps(style.summary, ensure_ascii=False)}
    inside = target / f"carmina_style_{words['module']}"
    inside.mkdir(parents=True)
    (target / "pyproject.toml").write_text(PROJECT.format(**words), encoding="utf-8")
    (inside / "__init__.py").write_text(f'"""The style {style.name}."""\n', encoding="utf-8")
    (inside / "plugin.py").write_text(PLUGIN.format(**words), encoding="utf-8")
    for file in (CARD, *(path.name for path in style.models.values())):
        shutil.copyfile(style_folder / file, inside / file)
