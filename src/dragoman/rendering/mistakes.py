"""The coder's mistakes in the terminal: gold, the coder's answer, and the words in their sentence."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from dragoman.evaluation.mistakes import Mistake

STYLES = {"missed": "red", "false": "magenta", "type": "yellow"}


def render(mistakes: list[Mistake]) -> Iterator[Text]:
    """Two lines a mistake."""
    for mistake in mistakes:
        line = Text(f"{mistake.report}  ", style="dim")
        line.append(mistake.kind, style=f"not dim {STYLES[mistake.kind]}")
        line.append(f"  {' / coded '.join(filter(None, (mistake.gold, mistake.coded)))}", style="not dim")
        yield line
        sentence = Text(mistake.text)
        sentence.stylize("bold underline", *mistake.trigger)
        yield sentence
