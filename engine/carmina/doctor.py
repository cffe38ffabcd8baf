"""Looks whether everything that is installed works here: Python, libraries, plugins, models, and what entries need of
the system."""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from . import models, places
from .contracts import Finding
from .errors import CarminaError, one_line
from .hookspecs import API_VERSION
from .registry import KINDS, Registry

OWN = "carmina"
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
SLOW_SECONDS = 1.0  # from which a plugin's loading is remarked on


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found, under headings."""

    parts: tuple[tuple[str, tuple[Finding, ...]], ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing that is there is broken; what is merely missing does no harm."""
        return all(finding.state != "fault" for _heading, findings in self.parts for finding in findings)


def examine(registry: Registry) -> Report:
    """Everything looked at once. Opens every plugin and reads every shipped model, which takes some seconds."""
    for kind in KINDS:
        registry.all(kind)
    parts = {
        "machine": _machine(),
        "libraries": _libraries(),
        "plugins": _plugins(registry),
        "models": _models(registry),
        "needs": _needs(registry),
        "folders": _folders(),
    }
    return Report(tuple((heading, tuple(found)) for heading, found in parts.items()))


# ---- machine and libraries


def _machine() -> Iterator[Finding]:
    ours = sys.version_info[:2]
    supported = OLDEST_PYTHON <= ours <= NEWEST_PYTHON
    yield Finding(
        "Python",
        "ok" if supported else "fault",
        platform.python_version(),
        "" if supported else "Use Python 3.11 to 3.13.",
    )
    yield Finding("system", "ok", f"{platform.system()} {platform.release()}, {platform.machine()}")
    yield Finding("processor", "ok", f"{os.cpu_count()} threads{_features()}")


def _features() -> str:
    """The widest instructions that torch finds, which decide how quickly weights of whole numbers are multiplied."""
    try:
        import torch

        return f", {torch.backends.cpu.get_cpu_capability()}"
    except (ImportError, OSError, AttributeError):
        return ""


def _libraries() -> Iterator[Finding]:
    """Every dependency that the distribution names, and those of its extras that serve people rather than tests."""
    try:
        requirements = distribution(OWN).requires or []
        yield Finding(OWN, "ok", f"{distribution(OWN).version}, API version {API_VERSION}")
    except PackageNotFoundError:
        yield Finding(OWN, "fault", "not installed as a distribution", "Install it: pip install .")
        return
    for name, extra in sorted(_required(requirements)):
        try:
            yield Finding(name, "ok", version(name))
        except PackageNotFoundError:
            state = "missing" if extra else "fault"
            yield Finding(
                name, state, "not installed", f"pip install '{OWN}[{extra}]'" if extra else f"pip install {name}"
            )


FOR_PEOPLE = ("", "audio", "sheet", "sing", "train", "hf")


def _required(requirements: list[str]) -> set[tuple[str, str]]:
    """(distribution, extra or nothing) of each requirement; the first extra that names one."""
    found: dict[str, str] = {}
    for line in requirements:
        name = re.match(r"[\w.-]+", line)
        extra = re.search(r"extra == ['\"]([\w-]+)", line)
        said = extra[1] if extra else ""
        if name and said in FOR_PEOPLE:
            found[name[0]] = min(found.get(name[0], said), said, key=FOR_PEOPLE.index)
    return set(found.items())


# ---- plugins and models


def _plugins(registry: Registry) -> Iterator[Finding]:
    for loaded in sorted(registry.plugins.values(), key=lambda plugin: plugin.name):
        said = " ".join(filter(None, (loaded.distribution, loaded.version)))
        if loaded.name in registry.broken:
            yield Finding(loaded.name, "fault", f"{said}: {registry.broken[loaded.name]}", "Repair or uninstall it.")
        else:
            slow = loaded.seconds >= SLOW_SECONDS
            yield Finding(
                loaded.name,
                "ok",
                f"{said}, {loaded.seconds:.2f} s to load",
                "Slow: it should import what is heavy inside its methods." if slow else "",
            )
    for name in registry.left_out:
        yield Finding(name, "missing", "left out by --without or CARMINA_WITHOUT")
    for fault in registry.faults:
        yield Finding("conflict", "fault", fault, "Repair, uninstall or leave out (--without) one of them.")


def _models(registry: Registry) -> Iterator[Finding]:
    recorded = _recorded()
    for name, entry in sorted(registry.all("tokenizer").items()):
        try:
            shipped = entry().models()
        except Exception as fault:  # a stranger's plugin may raise anything
            yield Finding(name, "fault", f"its models are not told: {type(fault).__name__}: {one_line(fault)}")
            continue
        for model, path in shipped.items():
            yield _model(f"{name} {model}", path, recorded.get(str(path.resolve()), ""))


def _model(name: str, path: Path, recorded: str) -> Finding:
    """A model file that can be read and is what was installed."""
    try:
        models.read(path)
        found = models.digest(path)
    except CarminaError as fault:
        return Finding(name, "fault", str(fault), "Install Carmina again.")
    if recorded and recorded != found:
        return Finding(
            name, "fault", f"{path.name} is not what was installed: SHA-256 {found}", "Install Carmina again."
        )
    return Finding(name, "ok", f"{path.name}, SHA-256 {found}{', as installed' if recorded else ''}")


def _recorded() -> dict[str, str]:
    """The SHA-256 that the installed distribution records for each of its files, where it was installed as a wheel."""
    import base64

    try:
        files = distribution(OWN).files or []
    except PackageNotFoundError:
        return {}
    return {
        str(Path(file.locate()).resolve()): base64.urlsafe_b64decode(
            file.hash.value + "=" * (-len(file.hash.value) % 4)
        ).hex()
        for file in files
        if file.hash is not None and file.hash.mode == "sha256" and file.name.endswith(".safetensors")
    }


# ---- what entries need


def _needs(registry: Registry) -> Iterator[Finding]:
    """What the entries look for themselves, each thing once."""
    seen: set[Finding] = set()
    for kind in KINDS:
        for name, entry in sorted(registry.all(kind).items()):
            look = getattr(entry, "findings", None)
            try:
                found = list(look()) if callable(look) else []
            except Exception as fault:  # a stranger's plugin may raise anything
                found = [Finding(f"{kind} {name}", "fault", f"{type(fault).__name__}: {one_line(fault)}")]
            for finding in found:
                if finding not in seen:
                    seen.add(finding)
                    yield finding


def _folders() -> Iterator[Finding]:
    home = places.home()
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            yield Finding("your own styles, plugins and journal", "ok", str(home))
    except OSError as fault:
        yield Finding(
            "your own styles, plugins and journal",
            "fault",
            f"{home} cannot be written: {fault.strerror}",
            f"Name another folder in {places.VARIABLE}.",
        )
