"""Every button there is, drawn for one shop's order by a hostile client: collected from the package, filled in by
the names and the kinds of its fields, so that a new button is forged as well."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

from aiogram.filters.callback_data import CallbackData

import keyboards
from models.lanes import Lane
from models.template_text import Text
from tests.tenancy.world import World

_QUOTED = re.compile(r"`([a-z_]+)`")
_ROOT = Path(keyboards.__path__[0]).parent


def button_classes() -> list[type[CallbackData]]:
    """Every CallbackData of the package, by its own name."""
    for module in pkgutil.iter_modules(keyboards.__path__):
        importlib.import_module(f"keyboards.{module.name}")
    found = {one for one in CallbackData.__subclasses__() if one.__module__.startswith("keyboards")}
    return sorted(found, key=lambda one: one.__name__)


def _written() -> dict[str, dict[str, set[str]]]:
    """The words that the code itself puts into a button: class -> field -> words."""
    written: dict[str, dict[str, set[str]]] = {}
    for folder in ("keyboards", "handlers"):
        for path in (_ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    for keyword in node.keywords:
                        if isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
                            fields = written.setdefault(node.func.id, {})
                            fields.setdefault(keyword.arg or "", set()).add(keyword.value.value)
    return written


WRITTEN = _written()


def values(button: type[CallbackData], field: str, kind: Any, world: World, *, absent: bool) -> list[Any]:
    """What stands in a field: this shop's own, or (`absent`) what never was; every word that the button knows."""
    never = {"order": "AAAAAAAAAAAA", "shop": 999, "member": 999, "to": 999, "invite": 999, "holder": 999}
    ours: dict[str, Any] = {
        "order": world.order.public_id,
        "shop": world.shop_id,
        "member": world.places["packer"].id,
        "to": world.places["packer"].id,
        "invite": world.invite,
        "holder": world.places["owner"].id,
    }
    if field in ours and (field != "to" or kind is int):
        return [never[field] if absent else ours[field]]
    if field == "day":
        return [738_000 if kind is int else "2026-03-03"]
    plain: dict[str, list[Any]] = {
        "seq": [world.order.seq],
        "key": [2 if absent else 1],
        "page": [0],
        "told_with": [2**60 if absent else 1],
        "notice": [2**60 if absent else 1],
        "generation": [0],
        "minutes": [0, 60],
        "since": [738_000],
        "chosen": [1],
        "cap": [100],
        "mark": ["0123456789ab", *([] if button.model_fields[field].is_required() else [""])],
        "ttn": ["20450000000001"],
        "reason": ["changed_mind", "no_contact"],
        "group": ["buyer"],
        "text": list(Text),
        "kind": ["new", "contact"],
    }
    if field in plain:
        return plain[field]
    if kind is bool:
        return [False, True]
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return list(kind)
    words = {*_QUOTED.findall(button.__doc__ or ""), *WRITTEN.get(button.__name__, {}).get(field, ())}
    if button.__name__ == "ListButton":
        words |= set(Lane)
    assert words, f"tests/tenancy/forgery.py does not know what {field} of {button.__name__} may be"
    return sorted(words)


def _kind(annotation: Any) -> Any:
    """Of a field that may be left out, what it is where it is not."""
    if get_origin(annotation) is None:
        return annotation
    given = [one for one in get_args(annotation) if one is not NoneType]
    return given[0] if len(given) == 1 else str


def forged(button: type[CallbackData], world: World, *, absent: bool = False) -> Iterator[str]:
    """The data of such buttons: each field takes every value that it may, with the others at their first, and all of
    them go through theirs together. Those of what is absent come in the same order."""
    fields = {name: _kind(field.annotation) for name, field in button.model_fields.items()}
    known = [values(button, name, kind, world, absent=absent) for name, kind in fields.items()]
    first = [several[0] for several in known]
    rows = [
        *([*first[:at], value, *first[at + 1 :]] for at, several in enumerate(known) for value in several),
        *([several[turn % len(several)] for several in known] for turn in range(max(map(len, known)))),
    ]
    for chosen in dict.fromkeys(map(tuple, rows)):
        yield button(**dict(zip(fields, chosen, strict=True))).pack()
