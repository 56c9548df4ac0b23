"""What no linter knows about this house: nothing is forgotten when something is added (house 3 and 6)."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as ftl
from sqlalchemy import Connection, inspect

from bot.l10n import Words
from bot.recipients import RULES, Audience
from models import migrate
from models.days_text import DaysProblem
from models.db import Database
from models.draft import DraftProblem, Part
from models.goods_text import GoodsProblem
from models.intake import PaymentMethod, PaymentStatus
from models.outbox import Notice, NotificationState
from models.people import Language
from models.roles import MAY, Role
from models.steps_text import StepsProblem
from models.tables import metadata
from models.template_text import Fact, TemplateProblem, Text
from models.workflow import CARRIERS, Action, Actor, Ask, NotInWorkflow, Status, Workflow, payment_settled
from models.workflows import WORKFLOWS
from models.worktime import HoursProblem
from tests.made_up import Facts

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "bot" / "locales"
FALLBACK = "uk"
TOPS = ("bot", "handlers", "keyboards", "models", "scheduler")
LONGEST_FILE = 400
LONGEST_TEST_FILE = 800
"""Tests are tables for the most part, and a table is not split in the middle."""

every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)
every_language = pytest.mark.parametrize("language", sorted(path.name for path in LOCALES.iterdir()))


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


# ------------------------------------------------------------ words of tables
def missing(keys: set[str]) -> list[str]:
    """A fallback would hide what is missing in Ukrainian only: other languages have a test of their own."""
    return sorted(key for key in keys if not Words(FALLBACK).has(key))


@every_workflow
def test_every_state_of_every_marketplace_has_its_name(workflow: Workflow) -> None:
    assert missing({f"{workflow.name}-state-{state.key}" for state in workflow.states}) == []
    assert missing({f"platform-{workflow.name}"}) == []


@every_workflow
def test_every_button_of_every_marketplace_has_its_words(workflow: Workflow) -> None:
    pressed = {row.action for row in workflow.transitions if Actor.SELLER in row.actors}
    pressed |= {Action.FIX_TTN, Action.UNDO, Action.TICK, Action.AGREE}
    assert missing({f"{kind}-{action}" for action in pressed for kind in ("action", "done")}) == []
    assert {action for action in pressed if action not in MAY[Role.OWNER]} == set()


@every_workflow
def test_every_question_of_every_marketplace_has_its_words(workflow: Workflow) -> None:
    asked = {ask for row in workflow.transitions for ask in row.asks}
    asked |= {ask for reason in workflow.reasons for ask in reason.asks}
    assert missing({f"ask-{ask}" for ask in asked | {Ask.TTN, Ask.MOMENT}}) == []


@every_workflow
def test_every_reason_of_every_marketplace_has_its_words(workflow: Workflow) -> None:
    assert missing({f"{workflow.name}-state-{reason.state}" for reason in workflow.reasons}) == []
    assert (
        missing({f"{workflow.name}-group-{reason.group}" for reason in workflow.reasons if reason.group})
        == []
    )


@every_workflow
def test_what_there_may_be_none_of_has_a_button_that_says_so(workflow: Workflow) -> None:
    rows = [row for row in workflow.transitions if row.optional]
    assert missing({f"button-no-{ask}" for row in rows for ask in row.optional}) == []
    assert missing({f"done-{row.action}-bare" for row in rows}) == []


@every_workflow
def test_a_marketplaces_own_words_are_all_said(workflow: Workflow) -> None:
    """Names of its statuses, groups and reasons, and its own words for buttons that it has."""
    said = {f"state-{state.key}" for state in workflow.states}
    said |= {f"group-{reason.group}" for reason in workflow.reasons}
    said |= {f"reason-{reason.state}" for reason in workflow.reasons}
    said |= {f"{kind}-{row.action}" for row in workflow.transitions for kind in ("action", "done")}
    keys = variables(LOCALES / FALLBACK / f"{workflow.name}.ftl")
    assert set(keys) - {f"{workflow.name}-{key}" for key in said} == set()


@every_workflow
def test_every_limit_that_a_shop_may_choose_the_steps_of_has_its_name(workflow: Workflow) -> None:
    assert missing({f"limit-{limit.kind}" for limit in workflow.limits if limit.chosen_by_shop}) == []


@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("event", Action),
        ("who", Actor),
        ("stage", Status),
        ("role", Role),
        ("payment", PaymentMethod),
        ("payment-status", PaymentStatus),
        ("carrier", CARRIERS),
        ("told-state", NotificationState),
        ("hours-bad", HoursProblem),
        ("days-bad", DaysProblem),
        ("steps-bad", StepsProblem),
        ("draft-bad", DraftProblem),
        ("draft-ask", Part),
        ("draft-fix", Part),
        ("goods-bad", GoodsProblem),
        ("text-bad", TemplateProblem),
        ("text", Text),
        ("text-when", Text),
        ("fact", Fact),
        ("told", [notice for notice, rule in RULES.items() if rule.to is Audience.BUYER]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_word_of_the_contract_has_words_for_people(family: str, members: list[str]) -> None:
    assert missing({f"{family}-{member}" for member in members}) == []


def test_every_refusal_says_why() -> None:
    """The literals of `NotAllowed(...)` and `NotInWorkflow(...)`, and whatever a guard may answer."""
    reasons = {
        reason
        for path in modules(*TOPS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("NotAllowed", "NotInWorkflow")
        and node.args
        for reason in literals(node.args[0])
    }
    assert {"final", "not_now", "role"} <= reasons
    shut = [payment_settled(Facts(prepaid=True, payment_status=status)) for status in PaymentStatus]
    gate = {reason for reason in shut if reason is not None}
    assert missing({f"blocked-{reason}" for reason in gate}) == []
    words = Words(FALLBACK)
    unsaid = {
        reason
        for reason in reasons | gate | {guard_of_attempts()}
        if not (words.has(f"refused-{reason}") or words.has(f"buyer-late-{reason}"))
    }
    assert unsaid == set()


def guard_of_attempts() -> str:
    rozetka = WORKFLOWS["rozetka"]
    with pytest.raises(NotInWorkflow) as locked:
        rozetka.reason("no_contact_cancelled", "in_work", Facts())
    return locked.value.reason


def test_every_notice_has_a_rule_who_hears_it() -> None:
    assert set(RULES) == set(Notice)


# ------------------------------------------------------------ locales
class _Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.found = set[str]()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.found.add(node.id.name)


@cache
def texts(language: str) -> dict[str, set[str]]:
    """Key -> variables of all texts of a language, a marketplace's own names left out."""
    found: dict[str, set[str]] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        if path.stem not in WORKFLOWS:
            found |= variables(path)
    return found


@cache
def variables(path: Path) -> dict[str, set[str]]:
    found = {}
    for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
        if isinstance(entry, ftl.Message):
            seen = _Variables()
            seen.visit(entry)
            found[entry.id.name] = seen.found
    return found


@every_language
def test_every_text_can_be_read_and_stands_once(language: str) -> None:
    times = Counter[str]()
    for path in (LOCALES / language).glob("*.ftl"):
        body = FluentParser().parse(path.read_text(encoding="utf-8")).body
        assert [entry.content for entry in body if isinstance(entry, ftl.Junk)] == [], path.name
        times.update(entry.id.name for entry in body if isinstance(entry, ftl.Message | ftl.Term))
    assert [key for key, count in times.items() if count > 1] == []


@every_language
def test_all_languages_have_the_same_texts_with_the_same_variables(language: str) -> None:
    ours, theirs = texts(FALLBACK), texts(language)
    assert set(ours) ^ set(theirs) == set()
    assert {key for key in ours if ours[key] != theirs[key]} == set()


@every_language
@every_workflow
def test_a_marketplaces_names_are_ukrainian_everywhere_and_its_buttons_are_translated(
    language: str, workflow: Workflow
) -> None:
    """Names of statuses and reasons are what a seller reads in the cabinet (house 8.2)."""
    path = LOCALES / language / f"{workflow.name}.ftl"
    ours = variables(LOCALES / FALLBACK / f"{workflow.name}.ftl")
    pressed = {key for key in ours if key.startswith((f"{workflow.name}-action-", f"{workflow.name}-done-"))}
    theirs = set(variables(path)) if path.exists() else set()
    assert theirs == (set(ours) if language == FALLBACK else pressed)


def spoken() -> Iterator[tuple[str, str, ast.Call]]:
    """Every `words("key", ...)` whose key stands there: (where, key, call)."""
    for path in modules(*TOPS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).split(".")[-1] == "words":
                for key in literals(node.args[0]):
                    yield f"{shown(path)}:{node.lineno}", key, node


def literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def test_what_the_code_says_has_words_and_gets_its_variables() -> None:
    faults = []
    everything = texts(FALLBACK)
    for where, key, call in spoken():
        if key not in everything:
            faults.append(f"{where}: no text {key}")
        elif not any(keyword.arg is None for keyword in call.keywords):
            given = {keyword.arg for keyword in call.keywords}
            faults += [f"{where}: {key} needs {name}" for name in sorted(everything[key] - given)]
    assert faults == []


def test_no_text_is_there_that_nobody_says() -> None:
    """Said are a literal, and what an f-string such as `f"refused-{reason}"` may come to."""
    nodes = [node for path in modules(*TOPS) for node in ast.walk(tree(path))]
    said = {node.value for node in nodes if isinstance(node, ast.Constant)}
    patterns = {pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)}
    families = [re.compile(found) for found in patterns if re.match(r"[a-z]+\\-", found)]
    unsaid = set(texts(FALLBACK)) - said
    assert sorted(key for key in unsaid if not any(family.fullmatch(key) for family in families)) == []


def pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values
    )


# ------------------------------------------------------------ code
def test_words_of_people_stand_in_ftl_and_not_in_code() -> None:
    cyrillic = re.compile("[\u0400-\u052f]")
    faults = [
        f"{shown(path)}:{number}"
        for path in modules(*TOPS, "bench")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if cyrillic.search(line)
    ]
    assert faults == []


def test_no_file_is_too_long_to_be_read() -> None:
    """Split at 400 (house 5). What alembic and Telegram wrote is not ours."""
    lengths = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(*TOPS, "tests", "bench")
        if not {"migrations", "spec"} & set(path.parts)
    }
    most = {name: LONGEST_TEST_FILE if name.startswith("tests") else LONGEST_FILE for name in lengths}
    assert {name: lines for name, lines in lengths.items() if lines > most[name]} == {}


def test_tasks_are_created_where_they_are_watched() -> None:
    creating = {
        shown(path)
        for path in modules(*TOPS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "create_task"
    }
    assert creating == {"bot/tasks.py", "models/db.py"}


def test_every_setting_is_explained_in_the_example_and_the_other_way_round() -> None:
    from bot.config import Settings

    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^(?:# ?)?([A-Z][A-Z0-9_]*)=", example, re.MULTILINE)
    assert [name for name, times in Counter(named).items() if times > 1] == []
    assert set(named) == {name.upper() for name in Settings.model_fields}


ALL_OF = (
    "import importlib, pkgutil, {0}\n"
    "for found in pkgutil.walk_packages({0}.__path__, '{0}.'):\n"
    "    if '.migrations' not in found.name: importlib.import_module(found.name)\n"
)


@pytest.mark.parametrize(
    "loading",
    [
        "import bot.cli",
        "import bot.app",
        "import bot.l10n",
        "import bot.config",
        "import handlers.web.server, handlers.web.webhooks",
        ALL_OF.format("models"),
        ALL_OF.format("scheduler"),
    ],
    ids=["cli", "app", "l10n", "config", "web", "models", "scheduler"],
)
def test_what_must_answer_at_once_loads_no_aiogram(loading: str) -> None:
    """Importing aiogram takes seconds on a small machine (house 1.12)."""
    look = f"{loading}\nimport sys\nassert 'aiogram' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_longest_press_fits_into_a_button() -> None:
    from keyboards.callbacks import (
        BuyerButton,
        DraftButton,
        DropDayButton,
        GroupButton,
        HandButton,
        HolidaysButton,
        LookButton,
        MomentButton,
        OrderButton,
        ReasonButton,
        SaveButton,
        SettingsButton,
        ShopGroupButton,
        SkipButton,
        StepsButton,
    )
    from keyboards.language import LanguageButton
    from keyboards.shop_buttons import (
        ConfirmingButton,
        KeysButton,
        OneBellButton,
        SmsButton,
        TextButton,
        TextsButton,
        ViberButton,
    )

    order, seq = "x" * 16, 99_999
    packed = [OrderButton(action=action, order=order, seq=seq).pack() for action in Action]
    packed += [
        ReasonButton(order=order, seq=seq, reason=reason.state).pack()
        for workflow in WORKFLOWS.values()
        for reason in workflow.reasons
    ]
    packed += [
        GroupButton(order=order, group=reason.group).pack()
        for workflow in WORKFLOWS.values()
        for reason in workflow.reasons
        if reason.group
    ]
    packed += [
        SkipButton(action=action, order=order, seq=seq, ask=ask).pack() for action in Action for ask in Ask
    ]
    packed += [DraftButton(mark="f" * 8, do=part, what="cash_on_delivery").pack() for part in Part]
    packed += [DraftButton(mark="f" * 8, do="shop", what=str(2**31 - 1)).pack()]
    packed += [HandButton(order=order, to=2**31 - 1).pack()]
    packed += [LookButton(order=order, what="history", page=99).pack()]
    packed += [BuyerButton(order=order, answer="cancel_yes").pack()]
    shop, day = 2**31 - 1, 3_652_059
    packed += [SettingsButton(shop=shop, to="type_hours", page=99).pack(), SaveButton(mark="f" * 12).pack()]
    packed += [ShopGroupButton(shop=shop, to="dropped").pack()]
    packed += [DropDayButton(shop=shop, day=day).pack()]
    packed += [HolidaysButton(shop=shop, since=day, chosen=2**40 - 1, save=True).pack()]
    packed += [
        StepsButton(shop=shop, kind=limit.kind, to="usual").pack()
        for workflow in WORKFLOWS.values()
        for limit in workflow.limits
    ]
    packed += [TextButton(shop=shop, text=text, to="usual", mark="f" * 12).pack() for text in Text]
    packed += [TextsButton(shop=shop).pack(), KeysButton(shop=shop, to="revoke", key=2**31 - 1).pack()]
    packed += [ConfirmingButton(shop=shop, to="look").pack(), OneBellButton(shop=shop, to="look").pack()]
    packed += [SmsButton(shop=shop, to="look", cap=1_000_000).pack()]
    packed += [ViberButton(shop=shop, to="look", cap=1_000_000).pack()]
    packed += [LanguageButton(language=language, shop=shop).pack() for language in Language]
    packed += [MomentButton(order=order, seq=seq, day="2026-12-31").pack()]
    assert [data for data in packed if len(data.encode()) > 64] == []


# ------------------------------------------------------------ the schema
async def test_migrations_go_down_and_up_again_and_lead_to_what_the_models_say(database_url: str) -> None:
    db = Database(database_url)
    try:
        assert await db.run(differences) == []
        await db.run(lambda connection: migrate.downgrade(connection, "base"))
        assert await db.run(tables) == {"alembic_version"}
        await db.run(migrate.upgrade)
        assert await db.run(differences) == []
        await db.run(migrate.upgrade)  # nothing left to do is no error
    finally:
        await db.stop()


def differences(connection: Connection) -> list[object]:
    """What autogenerate would still write into a migration."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def test_migrations_stand_in_one_line() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "models" / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate._newest()]


def test_every_table_is_known_to_migrations() -> None:
    """A module of `models` whose tables `models.tables` does not gather would never be migrated."""
    with_tables = {
        f"models.{path.stem}"
        for path in (ROOT / "models").glob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "__tablename__"
    }
    gathered = {
        name.name
        for node in ast.walk(tree(ROOT / "models" / "tables.py"))
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert with_tables - gathered == set()
    assert "models.order" in with_tables
