"""The commands of contract 1: one short function each. A bad value is one clear line and exit status 2."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from bot.app import App
    from bot.config import Settings
    from bot.shops import Invitation, Shops
    from models.links import Links

T = TypeVar("T")

app = typer.Typer(
    help="Orderbell: orders of Ukrainian marketplaces in the seller's chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
shop = typer.Typer(help="Shops, their keys and their people.", no_args_is_help=True)
app.add_typer(shop, name="shop")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def main() -> None:
    os.umask(0o077)  # the database and the key are the owner's alone (K4)
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:  # one line, where typer draws a box
        said = getattr(error, "format_message", error.__str__)()
        if said:
            typer.echo(" ".join(said.split()), err=True)
        sys.exit(2)
    except typer.Abort:
        sys.exit(1)


def refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def settings() -> "Settings":
    from bot.config import BadSettings, load
    from bot.logs import configure

    try:
        loaded = load()
    except BadSettings as bad:
        refuse(f"Settings: {bad}")
    configure(loaded.log_level, loaded.log_format)
    return loaded


@app.command()
def run() -> None:
    """Receivers, worker, delivery, scheduler and web in one process."""

    def product(loaded: "Settings") -> "App":
        from bot.app import App

        return App(loaded, ballast=True)

    keep_running(product)


def keep_running(product: "Callable[[Settings], App]") -> None:
    """Build the app from the settings of this machine and run it until a signal says to stop."""
    from bot import VERSION, logs, sentry

    loaded = settings()
    if not (loaded.bot_token.get_secret_value() or loaded.viber_token.get_secret_value()):
        refuse(
            "BOT_TOKEN is missing: put the token that BotFather gave into .env or the environment (or VIBER_TOKEN)."
        )
    logs.catch_all()
    if dsn := loaded.sentry_dsn.get_secret_value():
        try:
            sentry.start(dsn, VERSION)
        except sentry.NoSentry:
            refuse(
                "SENTRY_DSN is set, but the package is not there: pip install 'sentry-sdk>=2', or leave it empty."
            )
    with database_trouble():
        running = product(loaded)
        try:
            asyncio.run(serve(running))
        except OSError as error:
            refuse(f"Cannot listen on {loaded.host}:{loaded.port}: {error.strerror or type(error).__name__}.")


@contextmanager
def database_trouble() -> Iterator[None]:
    """What is wrong with the database or its folder is one line and exit status 2."""
    from models.errors import Busy, NoDatabase
    from models.trouble import advice

    try:
        yield
    except NoDatabase as error:
        refuse(f"DATABASE_URL: {error}.")
    except (Busy, OSError) as error:
        refuse(f"DATABASE_URL: {advice(error)}.")


async def serve(running: "App") -> None:
    """Run until a signal says to stop (R10)."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if stopping.is_set():
            os._exit(1)  # the second signal exits now (R10); correctness never depends on leaving cleanly
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    starting = asyncio.ensure_future(running.start())  # noqa: TID251 - awaited below, whichever ends first
    waiting = asyncio.ensure_future(stopping.wait())  # noqa: TID251
    await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if starting.done():
        starting.result()
        running.freeze()
        await waiting
    else:
        starting.cancel()
        await asyncio.wait({starting})
    await running.stop()


@app.command()
def migrate() -> None:
    """Bring the schema up to date, and nothing else."""
    loaded = settings()

    async def work() -> None:
        from models.db import Database
        from models.migrate import bring_up

        db = Database(loaded.database_url)
        try:
            await bring_up(db)
        finally:
            await db.stop()

    with database_trouble():
        asyncio.run(work())


@app.command()
def check() -> None:
    """Settings, database, clock, tokens, webhooks, marketplaces: a line each; exit status 1 if anything is wrong."""
    from bot.app import utc_now
    from bot.check import check as findings
    from bot.check import wrong
    from bot.config import BadSettings, load
    from bot.logs import configure

    async def work() -> bool:
        well = True
        async for finding in findings(loaded, utc_now):
            typer.echo(str(finding))
            well = well and finding.ok
        return well

    try:
        loaded = load()
    except BadSettings as bad:
        typer.echo(str(wrong("settings", str(bad))))
        raise typer.Exit(1) from None
    configure(loaded.log_level, loaded.log_format)
    raise typer.Exit(0 if asyncio.run(work()) else 1)


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """A consistent copy of a running SQLite database."""
    from sqlalchemy import make_url

    from bot.app import utc_now
    from models.copy import NotCopied, copy_sqlite

    url = make_url(settings().database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        refuse(
            "backup copies SQLite. PostgreSQL has pg_dump; docs/running.md shows how to restore what it wrote."
        )
    try:
        size = copy_sqlite(Path(url.database), file, utc_now())
    except NotCopied as error:
        refuse(f"FILE: {error}.")
    typer.echo(f"{file}: {size} bytes, whole and checked.")


@app.command()
def demo(
    speed: Annotated[float, typer.Option(help="How many times faster than told.")] = 1.0,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="A picture of its best beats.")] = None,
) -> None:
    """A shop's days from Thursday to Monday against the built-in fake messengers; non-zero if a beat is missing."""
    if svg is not None and not svg.absolute().parent.is_dir():
        refuse(f"FILE: there is no folder {svg.parent}.")
    from bot.demo.story import play

    raise typer.Exit(asyncio.run(play(speed, svg=svg)))


@shop.command("add")
def shop_add(
    name: str,
    marketplace: Annotated[str, typer.Option(help="rozetka, globus or own")],
    hours: Annotated[
        str, typer.Option(help='Working hours, such as "Mon-Fri 09:00-18:00, Sat 10:00-15:00".')
    ] = "Mon-Fri 09:00-18:00",
    timezone: Annotated[str, typer.Option(help="The shop's time zone.")] = "Europe/Kyiv",
    as_json: Json = False,
) -> None:
    """A shop, its first API key and its owner's invite."""
    from bot.shops import NoSuchMarketplace
    from keyboards.text import clean
    from models.worktime import HoursError, WorkSchedule

    if not clean(name, 100) or len(name) > 100:
        refuse("NAME must have 1 to 100 characters, and some that can be seen.")
    try:
        schedule = WorkSchedule.parse(hours, timezone)
    except HoursError as error:
        facts = ", ".join(f"{key} {value}" for key, value in error.facts.items())
        zone = error.kind == "unknown_zone"
        option, example = ("--timezone", "Europe/Kyiv") if zone else ("--hours", "Mon-Fri 09:00-18:00")
        refuse(f'{option}: {str(error.kind).replace("_", " ")} ({facts}); try "{example}".')

    async def work(shops: "Shops", links: "Links") -> dict[str, Any]:
        try:
            opened = await shops.open(name.strip(), marketplace, schedule)
        except NoSuchMarketplace as unknown:
            refuse(f"--marketplace: {marketplace!r} is not one of {', '.join(unknown.known)}.")
        return {
            "shop_id": opened.shop.id,
            "api_key": opened.api_key,
            "invite": _invite(opened.invite, links),
        }

    told = asyncio.run(_with_shops(work))
    if as_json:
        _print(told)
        return
    typer.echo(f"Shop {told['shop_id']}: {name.strip()} ({marketplace}; {schedule.text()}, {timezone})")
    typer.echo(f"API key, shown once: {told['api_key']}")
    _say_invite(told["invite"])


@shop.command("list")
def shop_list(as_json: Json = False) -> None:
    """All shops."""

    async def work(shops: "Shops", _: "Links") -> list[dict[str, Any]]:
        return [
            {"shop_id": each.id, "name": each.name, "marketplace": each.marketplace}
            for each in await shops.all()
        ]

    told = asyncio.run(_with_shops(work))
    if as_json:
        _print({"shops": told})
        return
    for each in told:
        typer.echo(f"{each['shop_id']}\t{each['marketplace']}\t{each['name']}")


@shop.command("key")
def shop_key(
    shop: str,
    revoke: Annotated[int | None, typer.Option(help="The number of the key to revoke.")] = None,
    as_json: Json = False,
) -> None:
    """Another API key, or one less."""

    async def work(shops: "Shops", _: "Links") -> dict[str, Any]:
        found = await _found(shops, shop)
        if revoke is None:
            number, key = await shops.add_key(found)
            return {"shop_id": found, "key_id": number, "api_key": key}
        if not await shops.revoke_key(found, revoke):
            refuse(f"--revoke: shop {found} has no key {revoke}.")
        return {"shop_id": found, "key_id": revoke, "revoked": True}

    told = asyncio.run(_with_shops(work))
    if as_json:
        _print(told)
    elif revoke is None:
        typer.echo(f"API key {told['key_id']}, shown once: {told['api_key']}")
    else:
        typer.echo(f"Key {revoke} is revoked.")


@shop.command("invite")
def shop_invite(
    shop: str,
    role: Annotated[str, typer.Option(help="owner, manager, packer or observer")],
    as_json: Json = False,
) -> None:
    """An invite: single use, 24 hours."""
    from models.roles import Role

    if role not in set(Role):
        refuse(f"--role: {role!r} is not one of {', '.join(Role)}.")

    async def work(shops: "Shops", links: "Links") -> dict[str, Any]:
        found = await _found(shops, shop)
        made = await shops.invite(found, Role(role), binds_at_once=Role(role) is Role.OWNER)
        return _invite(made, links)

    told = asyncio.run(_with_shops(work))
    if as_json:
        _print(told)
    else:
        _say_invite(told)


async def _with_shops(work: "Callable[[Shops, Links], Awaitable[T]]") -> T:
    """Run one use case of shops on the database of the settings, its schema brought up to date first."""
    from bot import names
    from bot.app import utc_now
    from bot.shops import Shops
    from models.db import Database
    from models.migrate import bring_up

    loaded = settings()
    with database_trouble():
        db = Database(loaded.database_url)
        try:
            await bring_up(db)
            db.start()
            return await work(Shops(db, utc_now), await names.ask(loaded))
        finally:
            await db.stop()


async def _found(shops: "Shops", shop: str) -> int:
    from bot.shops import NoSuchShop

    try:
        return (await shops.find(shop)).id
    except NoSuchShop as error:
        if error.several:
            numbers = ", ".join(map(str, error.several))
            refuse(f"SHOP: several shops are called {shop!r}: name one by its number, {numbers}.")
        refuse(f"SHOP: there is no shop {shop!r}; `python -m bot shop list` shows all.")


def _invite(made: "Invitation", links: "Links") -> dict[str, Any]:
    return {
        "role": str(made.role),
        "start": made.start,
        "telegram": links.start_url(made.start),
        "viber": links.viber_url(made.start),
        "expires_at": _iso(made.expires_at),
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _say_invite(invite: dict[str, Any]) -> None:
    links = [link for link in (invite["telegram"], invite["viber"]) if link]
    where = " or ".join(links) or f"send the bot: /start {invite['start']}"
    typer.echo(f"Invite ({invite['role']}, once, until {invite['expires_at']}): {where}")


def _print(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
