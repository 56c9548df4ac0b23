"""Peers' packages: the extra `bench`, which `make bench` installs in .venv-bench. Nothing of ours needs them.

Loaded by name and only where they are measured, so that lint, types and tests never miss them.
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType


def load(name: str) -> ModuleType | None:
    """The module, or None where it is not installed: its row then says so."""
    try:
        return import_module(name)
    except ImportError:
        return None


def named(package: str) -> str:
    """The package with its version, for a row."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} (not installed)"
