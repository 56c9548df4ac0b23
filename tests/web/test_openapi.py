"""The OpenAPI document says what the service does: schemathesis reads the one and asks the other."""

import asyncio
import itertools
import json
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.stand_in import KEY, House, open_house
from tests.web.test_intake_form import contract_order

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
AnyCase = Case[Any]
ORDERS = "POST /api/v1/orders"


@dataclass
class Explored:
    """How often each operation answered with each status."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    numbers: list[str] = field(default_factory=list)
    """of the orders that were taken"""

    def of(self, operation: str, status: int) -> int:
        return self.answers[operation, status]

    @property
    def accepted(self) -> int:
        return self.of(ORDERS, 202)

    def __str__(self) -> str:
        return "\n".join(
            f"{count:5} {status} {name}" for (name, status), count in sorted(self.answers.items())
        )


def explore(base_url: str, key: str, *, cases: int = 300) -> Explored:
    """Asks a running service what its document promises: so many cases of orders as they should be, a quarter
    of that of anything else. `key` is a shop's. Raises schemathesis' failures
    where the service does otherwise."""
    schema = schemathesis.openapi.from_url(f"{base_url}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    explored = Explored()
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {key}"
        for operation, mode in itertools.product(operations, modes):
            ask = _asking(base_url, session, explored)
            most_asked = operation.label == ORDERS and mode == GenerationMode.POSITIVE
            thorough = settings(
                derandomize=True,
                database=None,
                deadline=None,
                max_examples=cases if most_asked else cases // 4,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            )
            chosen: SearchStrategy[AnyCase] = operation.as_strategy(generation_mode=mode)
            thorough(given(chosen)(ask))()
    return explored


def _asking(base_url: str, session: requests.Session, explored: Explored) -> Callable[[AnyCase], None]:
    def ask(case: AnyCase) -> None:
        numbers, turn = explored.numbers, explored.answers.total()
        if numbers and "number" in case.path_parameters and turn % 4:
            case.path_parameters["number"] = numbers[turn % len(numbers)]
        response = case.call_and_validate(base_url=base_url, session=session, checks=CHECKS)
        operation = case.operation.label
        explored.answers[operation, response.status_code] += 1
        if operation == ORDERS and response.status_code == 202:
            numbers.append(response.json()["number"])

    return ask


@pytest.fixture
def house() -> Iterator[House]:
    """The doors in a thread of their own: schemathesis asks one at a time, and waits."""
    loop = asyncio.new_event_loop()
    opened: list[House] = []
    is_open, closes = threading.Event(), asyncio.Event()

    async def run() -> None:
        async with open_house() as house:
            opened.append(house)
            is_open.set()
            await closes.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    assert is_open.wait(60)
    try:
        yield opened[0]
    finally:
        loop.call_soon_threadsafe(closes.set)
        thread.join(60)
        loop.close()


def document(house: House) -> dict[str, object]:
    with urllib.request.urlopen(f"{house.url}/api/v1/openapi.json") as response:
        told: dict[str, object] = json.load(response)
        return told


@pytest.mark.case("A31")
def test_the_service_does_what_its_document_says(house: House) -> None:
    explored = explore(house.url, KEY)
    print(explored)
    assert explored.accepted > 100
    assert explored.of(ORDERS, 422) > 10
    assert explored.of("GET /api/v1/orders/{number}", 200) > 20
    assert explored.of("GET /api/v1/orders/{number}", 404) > 5
    assert explored.of("POST /api/v1/orders/{number}/events", 202) > 20


def test_without_a_key_the_document_holds_too(house: House) -> None:
    explored = explore(house.url, "unknown", cases=40)
    assert {status for _, status in explored.answers} == {401}


def test_the_contracts_example_is_what_the_document_describes(house: House) -> None:
    told = document(house)
    validator = jsonschema.Draft202012Validator({"$ref": "#/components/schemas/NewOrder"} | told)
    validator.validate(contract_order())
    for phone in ("0671234567", "067 123 45 67", "+38 (067) 123-45-67", "80671234567", "+48 501 234 567"):
        order = contract_order()
        order["buyer"]["phone"] = phone
        validator.validate(order)
    assert not validator.is_valid(contract_order() | {"number": "a/b"})
    assert not validator.is_valid(contract_order() | {"lines": []})


def test_every_door_of_the_contract_is_in_the_document(house: House) -> None:
    paths = document(house)["paths"]
    assert isinstance(paths, dict)
    assert {(path, method) for path, said in paths.items() for method in said} == {
        ("/api/v1/orders", "post"),
        ("/api/v1/orders/{number}", "get"),
        ("/api/v1/orders/{number}/events", "post"),
    }
