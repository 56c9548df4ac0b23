"""A bare client of the Bot API: what a product's library does, without the library."""

import json
from typing import Any

import aiohttp

from bot.demo.telegram import FakeTelegram


class Refused(Exception):
    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(answer["description"])
        self.status = status
        self.code: int = answer["error_code"]
        self.description: str = answer["description"]
        self.parameters: dict[str, int] = answer.get("parameters", {})


class Api:
    """`await api("sendMessage", chat_id=1, text="x")` returns the result or raises Refused."""

    def __init__(self, fake: FakeTelegram, session: aiohttp.ClientSession) -> None:
        self.fake = fake
        self.session = session

    def url(self, method: str) -> str:
        return f"{self.fake.url}/bot{self.fake.token}/{method}"

    async def __call__(self, method: str, **params: Any) -> Any:
        form = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()
        }
        async with self.session.post(self.url(method), data=form) as response:
            return result_of(response.status, await response.read())

    async def refusal(self, method: str, **params: Any) -> Refused:
        try:
            result = await self(method, **params)
        except Refused as refused:
            return refused
        raise AssertionError(f"{method} was not refused: {result}")


def result_of(status: int, body: bytes) -> Any:
    answer = json.loads(body)
    if answer["ok"]:
        assert status == 200
        return answer["result"]
    assert status == answer["error_code"]
    raise Refused(status, answer)
