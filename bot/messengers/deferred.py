"""aiogram's models are built when they are first used: importing this before aiogram saves seconds and 100 MB (S7).

aiogram sets `defer_build` on its four hundred types and then rebuilds every one of them at the end of its import,
3.6 s and 166 MB here, of which a bot uses some dozen. The rebuilding is left out while it is imported, and each
model is told where to find the names that its annotations use, which is what the rebuilding was for: pydantic
completes a model by `model_rebuild` when it is first used. 0.6 s and 61 MB; the first update takes 0.06 s more.

Where aiogram is loaded already nothing is done. tests/messengers/test_deferred.py turns red when aiogram changes
what this rests on.
"""

import sys
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel


def _load() -> None:
    rebuild = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined]
    names: dict[str, Any] = {}

    def left_out(cls: type[BaseModel], /, **options: Any) -> bool | None:
        given = options.get("_types_namespace")
        if given is None or not cls.__module__.startswith("aiogram.types"):
            return _rebuilt(rebuild, cls, options)
        names.update(given)
        return None

    def with_names(cls: type[BaseModel], /, **options: Any) -> bool | None:
        return _rebuilt(
            rebuild, cls, options | {"_types_namespace": options.get("_types_namespace") or names}
        )

    try:
        BaseModel.model_rebuild = classmethod(left_out)  # type: ignore[assignment, method-assign]
        from aiogram.methods.base import Response, TelegramMethod
        from aiogram.types.base import TelegramObject
    finally:
        BaseModel.model_rebuild = classmethod(rebuild)  # type: ignore[assignment, method-assign]
    for base in (TelegramObject, TelegramMethod, Response):
        base.model_rebuild = classmethod(with_names)  # type: ignore[assignment, method-assign]


def _rebuilt(
    rebuild: Callable[..., bool | None], cls: type[BaseModel], options: dict[str, Any]
) -> bool | None:
    """pydantic counts the frames up to whoever wants the model: ours are two of them."""
    depth = options.get("_parent_namespace_depth", 2) + 2
    return rebuild(cls, **(options | {"_parent_namespace_depth": depth}))


if "aiogram" not in sys.modules:
    _load()
