"""How the bot is called in each messenger's links: from the settings, else asked of the messenger once."""

import json
from collections.abc import Callable
from typing import Any

from bot.config import Settings
from bot.http import Http, WireError
from models.links import Links

SECONDS = 5.0


async def ask(settings: Settings) -> Links:
    """Links that show where an invite leads; they sign nothing. A messenger that does not answer has no link."""
    http = Http(seconds=SECONDS)
    try:
        return Links(
            b"",
            telegram=settings.bot_username or await _telegram(http, settings),
            viber=settings.viber_uri or await _viber(http, settings),
        )
    finally:
        await http.close()


async def _telegram(http: Http, settings: Settings) -> str | None:
    token = settings.bot_token.get_secret_value()
    url = f"{settings.telegram_api_url}/bot{token}/getMe"
    return await _asked(http, url, {}, lambda told: told["result"]["username"]) if token else None


async def _viber(http: Http, settings: Settings) -> str | None:
    token = settings.viber_token.get_secret_value()
    url = f"{settings.viber_api_url}/get_account_info"
    return await _asked(http, url, {"X-Viber-Auth-Token": token}, lambda told: told["uri"]) if token else None


async def _asked(http: Http, url: str, headers: dict[str, str], name: Callable[[Any], object]) -> str | None:
    try:
        _, body = await http.post(url, json={}, headers=headers)
        return str(name(json.loads(body)))
    except (WireError, ValueError, KeyError, TypeError):
        return None
