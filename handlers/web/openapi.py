"""The OpenAPI document, written from forms, shapes of answers and the table of routes: nothing twice."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from multidict import CIMultiDict
from pydantic import TypeAdapter

from handlers.web.problems import MEDIA_TYPE

Json = dict[str, Any]
PATH = "/api/v1/openapi.json"
_REF = "#/components/schemas/{model}"

REPLAY: Json = {
    "description": "There, and true, where this order had been taken before",
    "schema": {"type": "string", "const": "true"},
}
_RETRY: Json = {
    "description": "Seconds after which another try makes sense",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
}
_CHALLENGE: Json = {"required": True, "schema": {"type": "string", "const": "Bearer"}}
_PROBLEM_HEADERS: dict[int, Json] = {
    401: {"WWW-Authenticate": _CHALLENGE},
    429: {"Retry-After": _RETRY},
    503: {"Retry-After": _RETRY},
}
_MEANINGS = {
    400: "Not JSON, or not HTTP",
    401: "No API key, or one that opens nothing",
    404: "No such order in this shop",
    408: "The body came too slowly",
    409: "It contradicts what was said or done before: `reason` says how",
    413: "More than 256 KiB",
    415: "Not application/json in UTF-8",
    422: "Fields at fault, each with its path",
    429: "Too many requests from this shop",
    500: "We are at fault",
    503: "Nothing was stored: busy, or going down",
}
_NUMBER: Json = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
    "description": "The order's number at its source",
}
_IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "description": "Same key, same order: the same request again. Same key, another order: refused (409)",
}


@dataclass(frozen=True, slots=True)
class Answer:
    meaning: str
    shape: TypeAdapter[Any]
    headers: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """A row of the table of routes. `takes` is the form of the body; `problems` are refusing statuses."""

    method: str
    path: str
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    name: str
    summary: str
    answers: Mapping[int, Answer]
    problems: tuple[int, ...]
    takes: TypeAdapter[Any] | None = None
    idempotent: bool = False


def _without_titles(schema: Any) -> Any:
    """pydantic titles each field by its name: noise, unless a field is called title itself."""
    if isinstance(schema, list):
        return [_without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _without_titles(field) for name, field in value.items()}
        if key == "properties"
        else _without_titles(value)
        for key, value in schema.items()
        if key != "title" and not (key == "default" and value is None)
    }


def _as_asked(schema: Json) -> Json:
    """A form as its sender may fill it: what may be absent may be null, and an event has to say its type."""
    required = set(schema.get("required", ()))
    properties: Json = schema.get("properties", {})
    if "const" in properties.get("type", {}):
        required.add("type")
    for name, said in properties.items():
        if name in required:
            said.pop("default", None)
        elif {"type": "null"} not in said.get("anyOf", ()):
            default = {"default": said.pop("default")} if "default" in said else {}
            properties[name] = {"anyOf": [said, {"type": "null"}], **default}
    return {**schema, "required": sorted(required)} if required else schema


def _schemas(kinds: Mapping[str, TypeAdapter[Any]]) -> tuple[dict[str, Json], dict[str, Json]]:
    """How to refer to each of them, and what is referred to."""
    found, shared = TypeAdapter.json_schemas(
        [(name, "validation", kind) for name, kind in kinds.items()], ref_template=_REF
    )
    refs = {str(name): _without_titles(schema) for (name, _), schema in found.items()}
    return refs, _without_titles(shared).get("$defs", {})


def _operation(route: Route, forms: Mapping[str, Json], shapes: Mapping[str, Json], problem: Json) -> Json:
    said: Json = {"operationId": route.name, "summary": route.summary}
    parameters = [_NUMBER] if "{number}" in route.path else []
    if route.idempotent:
        parameters.append(_IDEMPOTENCY_KEY)
    if parameters:
        said["parameters"] = parameters
    if route.takes is not None:
        said["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": forms[route.name]}},
        }
    responses: Json = {}
    for status, answer in route.answers.items():
        responses[str(status)] = {
            "description": answer.meaning,
            "headers": dict(answer.headers),
            "content": {"application/json": {"schema": shapes[f"{route.name} {status}"]}},
        }
    for status in sorted(route.problems):
        responses[str(status)] = {
            "description": _MEANINGS[status],
            "headers": _PROBLEM_HEADERS.get(status, {}),
            "content": {MEDIA_TYPE: {"schema": problem}},
        }
    return {**said, "responses": responses}


def document(routes: Iterable[Route], problem: TypeAdapter[Any]) -> Json:
    table = tuple(routes)
    forms, asked = _schemas({row.name: row.takes for row in table if row.takes is not None})
    shapes, told = _schemas(
        {f"{row.name} {status}": said.shape for row in table for status, said in row.answers.items()}
        | {"problem": problem}
    )
    paths: Json = {}
    for row in table:
        paths.setdefault(row.path, {})[row.method.lower()] = _operation(row, forms, shapes, shapes["problem"])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Orderbell",
            "version": "1",
            "description": "Orders of a shop in, what became of them out. Fields not named here are ignored.",
        },
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": told | {name: _as_asked(schema) for name, schema in asked.items()},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "The shop's API key"}
            },
        },
    }


def serving(document: Json) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of GET /api/v1/openapi.json; the document is written once."""
    written = json.dumps(document, ensure_ascii=False).encode()
    headers = CIMultiDict({"Content-Type": "application/json"})

    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=written, headers=headers.copy())

    return serve
