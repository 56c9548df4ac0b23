"""docs/running.md is true: what it names is there, and what is there is named."""

import ast
import re
from pathlib import Path

from bot.metrics import Metrics
from models.migrate import HERE

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def test_every_figure_that_the_docs_name_is_there() -> None:
    there = {
        name
        for family in Metrics("0", "sqlite").registry.collect()
        for name in (family.name, f"{family.name}_total")
    }
    named = set(re.findall(r"orderbell_[a-z_]+", DOCS))
    assert len(named) >= 10
    assert named - there == set()


def test_every_reason_of_our_state_is_explained() -> None:
    """The words in the modules that give them, and in the column of the table."""
    said = set()
    for file in (
        "bot/condition.py",
        "bot/inbox/polling.py",
        "bot/messengers/telegram.py",
        "bot/messengers/turbosms_codes.py",
        "bot/messengers/mail_faults.py",
        "handlers/web/health.py",
    ):
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
    rows = re.search(r"\| reason \|.*?\n\n", DOCS, re.DOTALL)
    assert rows is not None
    explained = {
        word
        for row in rows[0].strip().splitlines()[2:]
        for word in re.findall(r"`([a-z_]+)`", row.split("|")[1])
    }
    assert explained - said == set()
    assert {
        "shutting_down",
        "starting",
        "database",
        "notifications_late",
        "disk_low",
        "telegram_unauthorised",
        "turbosms_unauthorised",
        "turbosms_inactive",
        "turbosms_no_money",
        "turbosms_sender",
        "smtp_unauthorised",
        "smtp_sender",
        "smtp_no_tls",
        "webhook_set",
        "another_instance_polls",
        "nobody_to_tell",
        "no_answer",
        "check_failed",
    } == explained


def test_every_setting_that_the_docs_name_is_a_setting() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`", DOCS))
    assert {name for name in named if not re.search(rf"^(# )?{name}=", example, re.MULTILINE)} == set()


def test_the_table_that_marks_a_dump_is_made_by_a_migration() -> None:
    assert "INSERT INTO copies (made_at) VALUES" in DOCS
    assert any('"copies"' in path.read_text(encoding="utf-8") for path in HERE.glob("versions/*.py"))
