"""The test cases of docs/promises.md that the product has come to: each is in a test's mark, or is left out with a
reason in docs/security.md."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"

_DUE = {"A": 99, "B": 99, "C": 99, "D": 9, "E": 99, "F": 99, "K": 11, "M": 99}
"""Up to which number of a chapter; of I and L only those named below."""
_DUE_TOO = {"I1", "I3", "I4", "I5", "I6", "I7", "L1", "L3", "L4", "L6", "L7"}
_CASE = re.compile(r"(?:^|[.;] )([A-M]\d{1,2}) (?=\S)", re.MULTILINE)
_LEFT = re.compile(r"^\| ([A-M]\d{1,2}) \| (\S.+) \|$", re.MULTILINE)


def defined() -> set[str]:
    """The cases that docs/promises.md has: some numbers were never given."""
    text = (DOCS / "promises.md").read_text("utf-8")
    return set(_CASE.findall(text[text.index("## 5. Test cases") : text.index("## 6. ")]))


def due() -> set[str]:
    return {one for one in defined() if int(one[1:]) <= _DUE.get(one[0], 0) or one in _DUE_TOO}


def marked() -> set[str]:
    """What stands in `@pytest.mark.case(...)` anywhere in the tests."""
    found = set()
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "case"
            ):
                found |= {str(word.value) for word in node.args if isinstance(word, ast.Constant)}
    return found


def left() -> set[str]:
    return {case for case, _ in _LEFT.findall((DOCS / "security.md").read_text("utf-8"))}


def test_the_cases_are_read() -> None:
    assert {"A1", "A32", "B20", "C14", "D9", "E14", "F20", "I1", "K11", "L7", "M7"} <= due()
    assert not {"A11", "D10", "H1", "I13", "K14"} & due()


def test_each_case_is_proved_or_left_out_with_a_reason() -> None:
    missing = due() - marked() - left()
    assert missing == set(), "mark the test that proves it, or say in docs/security.md why it is left out"


def test_what_is_left_out_is_so() -> None:
    assert left() & marked() == set(), "these are proved: they need no reason in docs/security.md"
    assert left() <= due(), "docs/security.md leaves out what docs/promises.md does not have"
