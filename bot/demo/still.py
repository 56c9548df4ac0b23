"""A picture of the story's best beats for the README: SVG in which nothing has to be fetched."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from bot.demo.phones import BETWEEN, Entry, side_by_side

PHONE = 46
"""Columns of a phone."""
THEME = TerminalTheme((23, 33, 43), (230, 237, 243), [(0, 0, 0)] * 8)

# rich's own would fetch a font; here the reader's machine has one.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
}}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; font-weight: bold; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def save(path: Path, title: str, phones: Sequence[tuple[str, Sequence[Entry]]]) -> None:
    width = len(phones) * (PHONE + BETWEEN)
    console = Console(
        record=True, file=io.StringIO(), width=width, force_terminal=True, color_system="truecolor"
    )
    console.print(side_by_side(phones, width, plain=False))
    svg = console.export_svg(title=title, theme=THEME, code_format=FORMAT, unique_id="orderbell")
    path.write_text(svg, encoding="utf-8")


def chosen(
    still: Mapping[str, Sequence[str]],
    people: Mapping[str, str],
    frames: Mapping[tuple[str, str], list[Entry]],
) -> list[tuple[str, list[Entry]]]:
    """`still`: of each phone, by its role, the beats whose messages it shows."""
    return [
        (people[role], [entry for beat in beats for entry in frames.get((beat, people[role]), [])])
        for role, beats in still.items()
    ]
