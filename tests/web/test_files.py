"""Files by their address: a type that is true, a name that breaks nothing, and one answer for all that is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.messengers.base import Media
from handlers.attachments import Bounded, NotFetched
from models.file import MOST_BYTES, File, FileKind
from models.file_text import MOST_NAME, OPAQUE, file_name, mime_of, served_type
from tests.conversation.hands import calm, in_database
from tests.conversation.team import rows
from tests.stage import Stage

PNG = b"\x89PNG\r\n\x1a\nrest"


@pytest.mark.parametrize(
    ("claimed", "content", "served"),
    [
        ("image/jpeg", PNG, "image/png"),
        ("image/png", b"<script>", OPAQUE),
        ("image/svg+xml", b"<svg onload=x>", OPAQUE),
        ("text/html; charset=utf-8", b"<html>", OPAQUE),
        ("application/pdf", b"%PDF", "application/pdf"),
        ("audio/ogg", b"OggS", "audio/ogg"),
        ("text/plain\r\nX: 1", b"x", OPAQUE),
        (None, b"x", OPAQUE),
    ],
)
def test_a_type_is_believed_only_where_it_can_do_no_harm(
    claimed: str | None, content: bytes, served: str
) -> None:
    assert served_type(mime_of(claimed), content) == served


@given(st.text(max_size=300))
def test_a_name_breaks_no_header_no_path_and_no_line(text: str) -> None:
    name = file_name(text, "file")
    assert 0 < len(name) <= MOST_NAME
    assert not set('\r\n"/\\;<>%\x00\u202e') & set(name)
    assert not name.startswith(".")
    assert len(name.splitlines()) == 1


@pytest.mark.case("E14")
def test_no_more_is_taken_in_than_is_kept_whatever_size_was_claimed() -> None:
    into = Bounded()
    into.write(b"x" * MOST_BYTES)
    with pytest.raises(NotFetched):
        into.write(b"x")
    assert len(into.getvalue()) == MOST_BYTES


@pytest.mark.case("E14")
async def test_a_file_is_served_by_its_token_until_it_is_over(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    maria.sends_photo(PNG)
    maria.sends_document(b"<script>alert(1)</script>", 'рахунок "1".html', mime="text/html")
    await calm(stage)
    photo, page = await rows(stage, select(File).order_by(File.id))

    async def gets(path: str) -> tuple[int, dict[str, str], bytes]:
        async with stage.http.get(f"{stage.app.url}{path}") as answer:
            return answer.status, dict(answer.headers), await answer.read()

    path = Media(FileKind.PHOTO, photo.name, photo.mime, PNG, photo.token).path
    assert path == f"/files/{photo.token}.png"
    status, headers, body = await gets(path)
    assert (status, headers["Content-Type"], body) == (200, "image/png", PNG)
    assert headers["X-Content-Type-Options"] == "nosniff"
    status, headers, body = await gets(f"/files/{page.token}.bin")
    assert (status, headers["Content-Type"]) == (200, OPAQUE)
    name = "%D1%80%D0%B0%D1%85%D1%83%D0%BD%D0%BE%D0%BA%20_1_.html"
    assert headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert "default-src 'none'" in headers["Content-Security-Policy"]

    nothing = await gets(f"/files/{'a' * 32}.png")
    assert nothing[0] == 404
    for wrong in (
        "/files/",
        f"/files/{photo.token}",
        f"/files/{photo.token}.html",
        f"/files/{photo.token[:-1]}.png",
        "/files/%2e%2e/%00.png",
        f"/files/{'я' * 32}.png",
    ):
        status, _, body = await gets(wrong)
        assert (status, body) == (nothing[0], nothing[2]), wrong
    stage.clock.goes(days=14)
    assert (await gets(path))[::2] == nothing[::2]
    await in_database(stage, lambda session: session.execute(update(File).values(content=b"")))
