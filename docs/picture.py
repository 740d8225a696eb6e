"""Renews ``docs/images/record.svg``: the record of ``examples/islamabad.txt`` as the terminal shows it.

    python docs/picture.py

The picture names only fonts that a browser finds on its machine; Rich's own template loads one from the network.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from dragoman.coding.coder import Coder
from dragoman.model import Record, Report
from dragoman.reading.sources import Sources
from dragoman.rendering import pretty

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "examples" / "islamabad.txt"
PICTURE = ROOT / "docs" / "images" / "record.svg"
WIDTH = 118  # columns
LONGEST = 64  # lines; the rest is cut
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
THEME = TerminalTheme(
    (253, 253, 251),
    (36, 41, 47),
    [(36, 41, 47), (180, 35, 24), (26, 127, 55), (154, 103, 0), (9, 105, 218), (130, 80, 223), (27, 124, 131), (110, 119, 129)],
    [(87, 96, 106), (207, 34, 46), (45, 164, 78), (191, 135, 0), (33, 139, 255), (163, 113, 247), (49, 146, 170), (140, 149, 159)],
)  # dark on light: it is read on paper too


def main() -> None:
    """Code the report and write the picture."""
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(record_of(REPORT)), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} kB")


def record_of(path: Path) -> Record:
    """The record of a text file."""
    report = next(iter(Sources([str(path)])))
    assert isinstance(report, Report), report
    return Coder().code(report)


def picture(record: Record) -> str:
    """A record in the terminal, as SVG."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False)
    console.print(f"[bold]$ dragoman code examples/{REPORT.name}[/]")
    console.print(*_cut(record), sep="\n", end="")
    return _without_fonts_of_others(console.export_svg(title="dragoman", theme=THEME, unique_id="record"))


def _cut(record: Record) -> list[Text]:
    """The record's lines with their colours, the first ``LONGEST`` of them."""
    inner = Console(file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="standard", highlight=False)
    pretty.render(record, inner)
    assert isinstance(inner.file, io.StringIO)
    lines = inner.file.getvalue().rstrip().split("\n")
    shown = lines[:LONGEST] + (["…"] if len(lines) > LONGEST else [])
    return [Text.from_ansi(line) for line in shown]


def _without_fonts_of_others(svg: str) -> str:
    """Rich names a font and loads it from a content delivery network; the machine's own will do."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    return re.sub(r"font-family:\s*Fira Code[^;]*;", f"font-family: {FONT};", svg)


if __name__ == "__main__":
    main()
