"""What the pages take from the code when the site is built, so that it cannot fall behind the code.

A page asks for it with a comment that stands on a line of its own:

    <!-- cli -->                   every command with its arguments and options
    <!-- types -->                 the event types
    <!-- modes -->                 the modes, with score and CAMEO code
    <!-- contexts -->              the contexts
    <!-- sectors -->               the sectors
    <!-- rows PATH N -->           the header and the first N short rows of a table below src/dragoman
    <!-- head PATH -->             the comment at the head of a data file below src/dragoman
    <!-- output ARGUMENTS -->      what `dragoman ARGUMENTS` prints, run in the repository
    <!-- file PATH -->             a file of the repository

MkDocs calls ``on_page_markdown`` and ``on_post_page`` (mkdocs.yml, ``hooks``); ``tests/test_docs.py`` calls ``expand``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer

from dragoman import plover
from dragoman.cli import app

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "dragoman"
MARKER = re.compile(r"^<!-- (?P<name>[a-z]+)(?: (?P<argument>[^>]*?))? -->$", re.MULTILINE)
CODE = re.compile(r"`([^`|]*\|[^`]*)`")  # with a bar in it
LONGEST_ROW = 150  # characters; a longer row is no readable example
# what a page may not load: the site has to work without a network
EXTERNAL = re.compile(r"<(?:script|img|iframe)[^>]*\ssrc=[\"']?https?:|<link[^>]*rel=[\"']?stylesheet[^>]*href=[\"']?https?:")


class DocsError(Exception):
    """A page asks for what is not there, or loads what it may not."""


def on_page_markdown(markdown: str, **_: Any) -> str:
    """MkDocs: the text of a page before it is rendered."""
    return expand(markdown)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """MkDocs: a rendered page. Raises ``DocsError`` where it loads something from the network."""
    if found := EXTERNAL.search(output):
        raise DocsError(f"{page.file.src_uri} loads from the network: {found.group()[:200]}")
    return output


def expand(markdown: str) -> str:
    """The text of a page with every comment that asks for something replaced by it."""
    return MARKER.sub(_replacement, markdown)


def _replacement(match: re.Match[str]) -> str:
    make = MAKERS.get(match["name"])
    return match.group() if make is None else make((match["argument"] or "").strip())


# -- the command line ----------------------------------------------------------------------------------------------


def cli_reference(_: str = "") -> str:
    """Every command of the Typer app."""
    group: Any = typer.main.get_command(app)
    blocks = ["## dragoman", group.help, _parameters(group.params)]
    for name, command in commands(group):
        blocks += [f"## dragoman {name}", command.help, f"```console\n$ {_usage(name, command)}\n```"]
        blocks += [_parameters(command.params), _examples(command.epilog or "")]
    return "\n\n".join(block for block in blocks if block)


def commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command of a group with its name as it is typed, those of groups within it too ("actors learn")."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _usage(name: str, command: Any) -> str:
    arguments = [_name(item) for item in command.params if item.param_type_name == "argument"]
    return " ".join(["dragoman", name, "[OPTIONS]", *arguments])


def _name(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _parameters(parameters: Iterable[Any]) -> str:
    rows = [(_spelling(item), _values(item), _sentence(item.help or "")) for item in parameters if not _is_help(item)]
    return _table(("argument or option", "value", "meaning"), rows) if rows else ""


def _is_help(parameter: Any) -> bool:
    return bool(parameter.name == "help")


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_name(parameter)}`"
    return ", ".join(f"`{option}`" for option in (*parameter.opts, *parameter.secondary_opts))


def _values(parameter: Any) -> str:
    if getattr(parameter, "is_flag", False):
        return ""
    annotation = parameter.type_descriptor.annotation
    if get_origin(annotation) is Literal:
        return " ".join(f"`{choice}`" for choice in get_args(annotation))
    if parameter.param_type_name == "argument":
        return ""
    return str(parameter.metavar or getattr(annotation, "__name__", "")).upper()


def _sentence(text: str) -> str:
    return " ".join(text.split()).rstrip(".") + "."


def _examples(epilog: str) -> str:
    examples = [part.strip() for part in re.sub(r"^Examples?:", "", epilog).split("  ·  ")]
    return "```console\n" + "\n".join(f"$ {example}" for example in examples if example) + "\n```" if epilog else ""


# -- PLOVER --------------------------------------------------------------------------------------------------------


def types(_: str = "") -> str:
    """The sixteen types, quad by quad."""
    rows = []
    for kind in plover.TYPES.values():
        planned = kind.future_as if kind.future_as != kind.name else ""
        rows.append((f"**{kind.name}**", plover.QUADS[kind.quad], kind.definition, planned, kind.example))
    return _table(("type", "quad", "meaning", "planned: filed as", "example"), rows)


def modes(_: str = "") -> str:
    """A row for each type and each mode, with its score and its CAMEO code."""
    rows = []
    for kind in plover.TYPES.values():
        rows.append((f"**{kind.name}**", "", "", _score(kind.name), plover.cameo(kind.name)))
        for name, mode in kind.modes.items():
            told = f"{mode.definition} *{mode.example}*"
            rows.append(("", f"`{name}`", told, _score(kind.name, name), plover.cameo(kind.name, name)))
    return _table(("type", "mode", "meaning", "score", "CAMEO"), rows)


def _score(kind: str, mode: str = "") -> str:
    return f"{plover.intensity(kind, mode):+.1f}"


def contexts(_: str = "") -> str:
    """The contexts with their definitions."""
    return _table(("context", "meaning"), [(f"`{name}`", text) for name, text in plover.CONTEXTS.items()])


def sectors(_: str = "") -> str:
    """The sectors with their definitions, primary ones first."""
    rows = [(f"`{name}`", rank, text) for rank, names in plover.SECTORS.items() for name, text in names.items()]
    return _table(("sector", "rank", "meaning"), rows)


# -- data files ----------------------------------------------------------------------------------------------------


def rows(argument: str) -> str:
    """The header and the first rows of a table that are short enough to read."""
    path, count = argument.split()
    lines = [line for line in _data(path) if line.strip() and not line.startswith("#")]
    short = [line for line in lines[1:] if len(line) <= LONGEST_ROW][: int(count)]
    return "\n".join(["```csv", lines[0], *short, "```"])


def head(path: str) -> str:
    """The comment lines before the first line of data."""
    lines: list[str] = []
    for line in _data(path):
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").removeprefix(" "))
    return "\n".join(["```text", *lines, "```"])


def _data(path: str) -> list[str]:
    file = PACKAGE / path
    if not file.is_file():
        raise DocsError(f"a page asks for src/dragoman/{path}, which is not there")
    return file.read_text(encoding="utf-8").splitlines()


def file(path: str) -> str:
    """A whole file of the repository."""
    return f"```text\n{(ROOT / path).read_text(encoding='utf-8').rstrip()}\n```"


def output(arguments: str) -> str:
    """What the command line prints. Raises ``DocsError`` where it fails."""
    command = [sys.executable, "-W", "ignore", "-c", "from dragoman.cli import main; main()", *arguments.split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise DocsError(f"dragoman {arguments}: exit code {done.returncode}: {done.stderr[-500:]}")
    fence = "json" if arguments.endswith("json") else "text"
    return f"```{fence}\n{done.stdout.rstrip()}\n```"


def _table(headings: tuple[str, ...], cells: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(_table_lines(headings, cells))


def _table_lines(headings: tuple[str, ...], cells: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for row in cells:
        yield "| " + " | ".join(map(_cell, row)) + " |"


def _cell(text: str) -> str:
    """A cell whose bars do not end it: neither as text nor as code."""
    return CODE.sub(lambda code: f"<code>{code[1]}</code>", text).replace("|", "&#124;")


MAKERS: dict[str, Callable[[str], str]] = {
    "cli": cli_reference,
    "types": types,
    "modes": modes,
    "contexts": contexts,
    "sectors": sectors,
    "rows": rows,
    "head": head,
    "file": file,
    "output": output,
}
