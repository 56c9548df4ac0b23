"""S9: messages to Viber over TLS, eight at once. Beside the product's client: bare aiohttp, and viberbot as it is.

The server answers as Viber does and does nothing else; its certificate is made for the run, and every client checks
it. viberbot opens a connection and its TLS for each message and blocks a thread meanwhile.
"""

import asyncio
import json
import logging
import os
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

import aiohttp

from bench import peers
from bench.processes import ended, free_port
from bench.tables import Goal, at_least
from bot.http import Http
from bot.messengers.viber.client import ViberClient

TOKEN = "only-for-benches"
AT_ONCE = 8
MESSAGE = {
    "receiver": "01234567890A=",
    "type": "text",
    "sender": {"name": "Orderbell"},
    "text": "The order 812345678 is on its way: 20450000000001. It will wait for you on Friday.",
}
ANSWER = b'{"status":0,"status_message":"ok","message_token":5741311803571721087,"billing_status":1}'


def measure(folder: Path, short: bool) -> list[Goal]:
    messages, rounds = (300, 1) if short else (3_000, 5)
    if peers.load("trustme") is None:
        return [Goal("TLS", float("nan"), "", note="trustme is not installed")]
    authority = folder / "authority.pem"
    _certify(folder, authority)
    # aiohttp reads whom to trust when it is imported: the clients have a process of their own.
    trusting = os.environ | {"SSL_CERT_FILE": str(authority), "REQUESTS_CA_BUNDLE": str(authority)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.viber", "clients", str(folder), str(messages), str(rounds)],
        env=trusting,
        check=True,
        capture_output=True,
        text=True,
    )
    product, limit, peer = json.loads(done.stdout)
    note = f"median of {rounds}, {AT_ONCE} at once"
    return [
        Goal("the product's client", product, "messages/s", note=note),
        Goal("bare aiohttp", limit, "messages/s", note=note),
        Goal(f"{peers.named('viberbot')}, as it is", peer, "messages/s", note=note),
        at_least("product / bare aiohttp", 100 * product / limit, 60, "%", note),
        Goal("product / viberbot", product / peer, "times", note=note),
    ]


async def _measured(folder: Path, messages: int, rounds: int) -> tuple[float, float, float]:
    """Messages a second of the product's client, of bare aiohttp and of viberbot."""
    ours, bare, theirs = [], [], []
    async with _server(folder) as url:
        for _ in range(rounds):
            ours.append(await _ours(url, messages))
            bare.append(await _bare(url, messages))
            theirs.append(await _viberbot(url, max(100, messages // 10)))
    return median(ours), median(bare), median(theirs)


async def _ours(url: str, messages: int) -> float:
    http = Http()
    client = ViberClient(http, url, TOKEN)
    try:
        return await _rate(lambda: client.call("send_message", MESSAGE), messages)
    finally:
        await http.close()


async def _bare(url: str, messages: int) -> float:
    headers = {"X-Viber-Auth-Token": TOKEN}
    async with aiohttp.ClientSession(headers=headers) as http:

        async def send() -> object:
            async with http.post(f"{url}/send_message", json=MESSAGE) as answer:
                return await answer.json(content_type=None)

        return await _rate(send, messages)


async def _viberbot(url: str, messages: int) -> float:
    from viberbot import BotConfiguration
    from viberbot.api.api_request_sender import ApiRequestSender

    quiet = logging.getLogger("bench.viberbot")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    sender = ApiRequestSender(quiet, url, BotConfiguration(TOKEN, "Orderbell", ""), None)
    body = json.dumps(MESSAGE | {"auth_token": TOKEN})
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return await _rate(
            lambda: loop.run_in_executor(threads, sender.post_request, "send_message", body), messages
        )


async def _rate(send: Callable[[], Awaitable[object]], messages: int) -> float:
    """Messages a second, the connections made before."""
    left = iter(range(messages))

    async def worker() -> None:
        for _ in left:
            await send()

    await asyncio.gather(*(send() for _ in range(AT_ONCE)))
    begun = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return messages / (time.perf_counter() - begun)


# ---------------------------------------------------------------- the other side
def _certify(folder: Path, authority: Path) -> None:
    trustme = peers.load("trustme")
    assert trustme is not None
    made = trustme.CA()
    made.cert_pem.write_to_path(str(authority))
    made.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[str]:
    """In a process of its own, so that it takes no time of the client's."""
    port = await free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.viber", "server", str(folder / "server.pem"), str(port)
    )
    try:
        async with asyncio.timeout(30):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    break
        yield f"https://127.0.0.1:{port}/pa"
    finally:
        await ended(process)


async def _serve(certificate: str, port: int) -> None:
    from aiohttp import web

    async def take(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=ANSWER, content_type="application/json")

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    app = web.Application()
    app.router.add_post("/pa/{method}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, ssl_context=context).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    kind, *words = sys.argv[1:]
    if kind == "server":
        asyncio.run(_serve(words[0], int(words[1])))
    else:
        print(json.dumps(asyncio.run(_measured(Path(words[0]), int(words[1]), int(words[2])))))
