"""The documentation is tested: it names every command, option, field and data file, its examples run, its links lead somewhere."""

from __future__ import annotations

import html
import importlib.util
import inspect
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import typer
import yaml
from pydantic import BaseModel

import dragoman
from dragoman import cli, model
from dragoman.coding.coder import Coder

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "dragoman"
PAGES = sorted(DOCS.rglob("*.md"))
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES]
DATA_ENDINGS = {".csv", ".yaml", ".json", ".bin", ".onnx"}
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)


def load_hooks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dragoman_docs_hooks", DOCS / "hooks.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hooks = load_hooks()


@pytest.fixture(scope="module")
def docs_coder() -> Coder:
    return Coder()


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# -- the command line ----------------------------------------------------------------------------------------------


def spellings() -> Iterator[tuple[str, str]]:
    """Every command with every option and argument, as it is typed."""
    group: Any = typer.main.get_command(cli.app)
    for name, command in {"": group, **dict(hooks.commands(group))}.items():
        heading = f"## dragoman {name}".rstrip()
        for parameter in command.params:
            if parameter.param_type_name == "argument":
                yield heading, parameter.metavar or parameter.name.upper()
            else:
                yield from ((heading, option) for option in (*parameter.opts, *parameter.secondary_opts))


@pytest.fixture(scope="module")
def cli_page() -> dict[str, str]:
    return sections(hooks.expand((DOCS / "cli.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize(("heading", "spelling"), list(spellings()))
def test_command_line_page_has_every_command_and_option(heading: str, spelling: str, cli_page: dict[str, str]) -> None:
    section = html.unescape(cli_page[heading.removeprefix("## ")])
    assert f"`{spelling}`" in section or f"<code>{spelling}</code>" in section


def test_every_command_has_an_example_on_the_page(cli_page: dict[str, str]) -> None:
    group: Any = typer.main.get_command(cli.app)
    for name, _ in hooks.commands(group):
        examples = [line for line in cli_page[f"dragoman {name}"].splitlines() if line.startswith("$ ")]
        assert len(examples) > 1, f"dragoman {name} has its usage but no example"


# -- the record ----------------------------------------------------------------------------------------------------


def models() -> dict[str, type[BaseModel]]:
    found = inspect.getmembers(model, lambda item: inspect.isclass(item) and issubclass(item, BaseModel))
    return {name: item for name, item in found if item.__module__ == model.__name__ and not name.startswith("_")}


@pytest.mark.parametrize("name", list(models()))
def test_codebook_has_every_field_and_no_other(name: str) -> None:
    section = sections((DOCS / "codebook.md").read_text(encoding="utf-8"))[name]
    documented = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert documented == [field.alias or key for key, field in models()[name].model_fields.items()]


def test_codebook_has_every_value_of_a_field_with_few() -> None:
    page = (DOCS / "codebook.md").read_text(encoding="utf-8")
    values = {
        value for kind in (model.ActorKind, model.Status, model.SpeechKind, model.Medium, model.EngagementKind) for value in get_args(kind)
    }
    assert not [value for value in sorted(values - {""}) if f"`{value}`" not in page]


# -- data files ----------------------------------------------------------------------------------------------------


def data_files() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*") if path.suffix in DATA_ENDINGS)


@pytest.mark.parametrize("path", data_files(), ids=lambda path: path.name)
def test_every_data_file_is_on_a_page(path: Path) -> None:
    assert any(path.name in page.read_text(encoding="utf-8") for page in PAGES)


def test_data_files_were_found() -> None:
    assert len(data_files()) > 30


# -- examples ------------------------------------------------------------------------------------------------------


def blocks(path: Path, language: str) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [match["code"] for match in FENCE.finditer(text) if match["language"] == language]


def commands(path: Path) -> list[str]:
    lines = [line.removeprefix("$ ") for block in blocks(path, "console") for line in block.splitlines()]
    return [line for line in lines if line.startswith("dragoman ")]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docs_coder: Coder) -> Path:
    """A folder with the examples and a small annotated file, the coder loaded once."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    annotated = next(block for block in blocks(DOCS / "evaluation.md", "json") if '"events"' in block)
    lines = [json.dumps(json.loads(annotated) | {"id": f"r{number}"}) for number in range(6)]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_coder", lambda: docs_coder)
    monkeypatch.setattr(dragoman, "_coder", lambda: docs_coder)
    return tmp_path


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/evaluation.md", "docs/actors.md"])
def test_shell_examples_run(name: str, desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ran = commands(ROOT / name)
    assert ran
    for line in ran:
        arguments = shlex.split(line.split(" > ")[0].split(" | ")[0])[1:]
        code, told = cli.run(arguments), capfd.readouterr()
        assert code == 0, f"{line}: {told.err}"
        assert told.out or told.err or "--output" in arguments or "-o" in arguments, f"{line} printed nothing"


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/api.md", "docs/actors.md"])
def test_python_examples_run(name: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["code", "examples/reports.jsonl", "--output", "records.jsonl"]) == 0
    assert cli.run(["actors", "learn", "records.jsonl"]) == 0
    capsys.readouterr()
    code = [block for block in blocks(ROOT / name, "python") if "pandas" not in block]
    assert code
    for block in code:
        exec(compile(block, name, "exec"), {})  # examples of our own
        assert capsys.readouterr().out.strip(), f"prints nothing:\n{block}"


def test_make_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for path in TEXTS:
        for target in re.findall(r"(?:^\$ |`)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert target in targets, f"{named(path)}: make {target}"


# -- pages, links, comments that ask for something -----------------------------------------------------------------


def sections(text: str) -> dict[str, str]:
    """The second-level sections of a page by their headings."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def expanded(path: Path) -> str:
    """A page with what it takes from the code, but for the outputs of commands: ``make docs`` runs those."""
    text: str = hooks.expand(re.sub(r"<!-- output .*-->", "", path.read_text(encoding="utf-8")))
    return text


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as Python-Markdown's ``toc`` makes them."""
    plain = [re.sub(r"[^\w\s-]", "", heading["text"]).strip().lower() for heading in HEADING.finditer(text)]
    return {re.sub(r"[-\s]+", "-", heading) for heading in plain}


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_links_within_the_repository_lead_somewhere(path: Path) -> None:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    for match in LINK.finditer(text):
        target, _, anchor = match["target"].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), f"{named(path)} links to {target}, which is not there"
        if anchor:
            assert anchor in anchors(expanded(file)), f"{named(path)}: no heading {anchor} in {target}"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_comments_that_ask_for_something_are_answered(path: Path) -> None:
    assert not re.search(r"<!-- (?:cli|types|modes|contexts|sectors|rows|head|file)\b", expanded(path))


def test_every_page_is_in_the_navigation() -> None:
    loaded = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert sorted(listed(loaded["nav"])) == [path.relative_to(DOCS).as_posix() for path in PAGES]


def listed(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for item in entry.values():
            yield from listed(item)
    else:
        for item in entry:
            yield from listed(item)


def test_a_page_that_loads_from_the_network_is_refused() -> None:
    class Page:
        class file:
            src_uri = "index.md"

    with pytest.raises(hooks.DocsError, match=r"index\.md loads from the network"):
        hooks.on_post_page('<script src="https://cdn.example/x.js"></script>', page=Page)
    assert hooks.on_post_page('<a href="https://www.geonames.org">GeoNames</a>', page=Page)


def test_the_picture_is_of_the_example_and_loads_nothing() -> None:
    picture = (DOCS / "images" / "record.svg").read_text(encoding="utf-8")
    assert "CONSULT" in picture and "Qureshi" in picture
    assert not re.search(r"""(?:href|src)=["']https?:|url\(["']?https?:""", picture)
