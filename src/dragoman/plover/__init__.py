"""PLOVER's ontology, read from ``data/``: types with their modes and quads, contexts, sectors, scores, CAMEO's codes.

Source: PLOVER (Political Language Ontology for Verifiable Event Records), Open Event Data Alliance, draft 2.0; the
codebook of this project words its rules anew (``docs/codebook.md``). Everything is checked when it is first read: a
fault names the file and the line or entry. Statuses are those of ``dragoman.model.Status``; a mode is PLOVER's in small
letters, or empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast, get_args

import yaml

from dragoman.knowledge.tables import Row, TableError, read_table
from dragoman.model import EventType, Status

DATA = files("dragoman.plover") / "data"
QUADS: Mapping[int, str] = MappingProxyType(
    {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
)
STATUSES: tuple[Status, ...] = get_args(Status)
SCALE = 10.0  # scores run from -10 (conflict) to +10 (cooperation)


class OntologyError(TableError):
    """The ontology's files contradict themselves or the model: file, entry, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A finer kind of act within a type."""

    name: str
    definition: str
    example: str


@dataclass(frozen=True, slots=True)
class Type:
    """One of the sixteen event types. ``future_as`` is the type that PLOVER gives it when it is only planned."""

    name: EventType
    quad: int
    definition: str
    example: str
    modes: Mapping[str, Mode]
    future_as: EventType


@dataclass(frozen=True, slots=True)
class Score:
    """The conflict-cooperation score of a type and mode; ``source`` is ``goldstein`` or ``ours``."""

    intensity: float
    source: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """CAMEO's closest code, the code of the same act seen from the other side (or empty), and how well it fits."""

    code: str
    mirror: str
    note: str


# -- what the modules ask ------------------------------------------------------------------------------------------


def modes(kind: str) -> Mapping[str, Mode]:
    """The modes of a type by name, in PLOVER's order; empty where it has none."""
    return _type(kind).modes


def quad(kind: str) -> int:
    """The quad of a type: a key of ``QUADS``."""
    return _type(kind).quad


def plover_type(kind: str, status: str) -> EventType:
    """The type that PLOVER files an act under: its rule for the future turns a planned meeting into AGREE.

    Source: codebook, "Border cases" (a future CONSULT, SUPPORT, COOPERATE or AID is AGREE, a future RETREAT CONCEDE).
    """
    found = _type(kind)
    return found.future_as if _status(status) == "future" else found.name


def intensity(kind: str, mode: str = "") -> float:
    """The conflict-cooperation score of a type and mode, -10 to +10 (``scores.csv``, after Goldstein 1992)."""
    return SCORES[_key(kind, mode)].intensity


def cameo(kind: str, mode: str = "", status: str = "actual") -> str:
    """The closest CAMEO code, three or four digits with the leading zero (``cameo.csv``)."""
    return cameo_code(kind, mode, status).code


def cameo_code(kind: str, mode: str = "", status: str = "actual") -> CameoCode:
    """The closest CAMEO code with its mirror and note: the line of this status, else the one for every status."""
    name, mode = _key(kind, mode)
    return CAMEO.get((name, mode, _status(status))) or CAMEO[name, mode, ""]


def _type(kind: str) -> Type:
    try:
        return TYPES[cast(EventType, kind)]
    except KeyError:
        raise ValueError(f"no PLOVER type {kind!r}; the types are {', '.join(TYPES)}") from None


def _status(status: str) -> str:
    if status not in STATUSES:
        raise ValueError(f"no status {status!r}; the statuses are {', '.join(STATUSES)}")
    return status


def _key(kind: str, mode: str) -> tuple[EventType, str]:
    found = _type(kind)
    if mode and mode not in found.modes:
        raise ValueError(f"{kind} has no mode {mode!r}; it has {', '.join(found.modes) or 'none'}")
    return found.name, mode


# -- reading the files ---------------------------------------------------------------------------------------------


def parse_types(text: str, where: str = "types.yaml") -> dict[EventType, Type]:
    """The types of a YAML text, in its order.

    Raises:
        OntologyError: not the sixteen types, a field missing or of the wrong kind, an unknown ``future_as``.
    """
    entries = yaml.safe_load(text)
    if not isinstance(entries, list):
        raise OntologyError(f"{where}: expected a list of types, each with name, quad, definition, example and modes")
    found: dict[EventType, Type] = {}
    for number, entry in enumerate(entries, 1):
        read = _read_type(entry, f"{where}: entry {number}")
        if read.name in found:
            raise OntologyError(f"{where}: {read.name} stands there twice; keep one")
        found[read.name] = read
    if missing := [name for name in get_args(EventType) if name not in found]:
        raise OntologyError(f"{where}: lacks {', '.join(missing)}; all sixteen types must stand there")
    return found


def _read_type(entry: Any, where: str) -> Type:
    if not isinstance(entry, dict):
        raise OntologyError(f"{where}: expected a mapping with name, quad, definition, example and modes")
    known = get_args(EventType)
    name, future_as = entry.get("name"), entry.get("future_as", entry.get("name"))
    if name not in known:
        raise OntologyError(f"{where}: name is {name!r}; expected one of {', '.join(known)}")
    if future_as not in known:
        raise OntologyError(f"{where} ({name}): future_as is {future_as!r}; expected one of {', '.join(known)}")
    if entry.get("quad") not in QUADS:
        raise OntologyError(f"{where} ({name}): quad is {entry.get('quad')!r}; expected 1, 2, 3 or 4")
    if not isinstance(entry.get("modes"), dict):
        raise OntologyError(f"{where} ({name}): modes must be a mapping; write {{}} for none")
    read = {mode: _read_mode(mode, fields, f"{where} ({name}, {mode})") for mode, fields in entry["modes"].items()}
    definition, example = (_text(entry, field, f"{where} ({name})") for field in ("definition", "example"))
    return Type(cast(EventType, name), entry["quad"], definition, example, MappingProxyType(read), cast(EventType, future_as))


def _read_mode(name: str, fields: Any, where: str) -> Mode:
    if not isinstance(fields, dict):
        raise OntologyError(f"{where}: expected a mapping with definition and example")
    return Mode(name, _text(fields, "definition", where), _text(fields, "example", where))


def _text(fields: Mapping[str, Any], field: str, where: str) -> str:
    value = fields.get(field)
    if not isinstance(value, str) or not value.strip():
        raise OntologyError(f"{where}: {field} is missing; write one sentence")
    return value


def _load_definitions(name: str) -> Mapping[str, str]:
    """A YAML mapping of names to definitions (``contexts.yaml``)."""
    return _definitions(yaml.safe_load((DATA / name).read_text(encoding="utf-8")), name)


def _definitions(entries: Any, where: str) -> Mapping[str, str]:
    if not isinstance(entries, dict):
        raise OntologyError(f"{where}: expected a mapping of names to definitions")
    return MappingProxyType({str(name): _text(entries, name, f"{where} ({name})") for name in entries})


def _load_sectors() -> Mapping[str, Mapping[str, str]]:
    entries = yaml.safe_load((DATA / "sectors.yaml").read_text(encoding="utf-8"))
    if not isinstance(entries, dict) or list(entries) != ["primary", "secondary"]:
        raise OntologyError("sectors.yaml: expected the two mappings primary and secondary")
    found = {rank: _definitions(entries[rank], f"sectors.yaml: {rank}") for rank in entries}
    if both := sorted(set(found["primary"]) & set(found["secondary"])):
        raise OntologyError(f"sectors.yaml: {', '.join(both)} stand in both lists; keep each in one")
    return MappingProxyType(found)


def _row_key(row: Row) -> tuple[EventType, str]:
    try:
        return _key(row["type"], row["mode"])
    except ValueError as error:
        raise OntologyError(f"{row.where}: {error}") from None


def _require_all(found: set[tuple[EventType, str]], where: str) -> None:
    wanted = [(name, mode) for name, kind in TYPES.items() for mode in ("", *kind.modes)]
    if missing := [f"{name} {mode or '(no mode)'}" for name, mode in wanted if (name, mode) not in found]:
        raise OntologyError(f"{where}: lacks {', '.join(missing)}; every type and mode needs a line")


def _load_scores() -> Mapping[tuple[EventType, str], Score]:
    found: dict[tuple[EventType, str], Score] = {}
    for row in read_table(DATA / "scores.csv", ("type", "mode", "intensity", "source")):
        key = _row_key(row)
        if key in found:
            raise OntologyError(f"{row.where}: {' '.join(key)} stands there twice; keep one line")
        found[key] = Score(_intensity(row, key[0]), row["source"])
    _require_all(set(found), "scores.csv")
    return MappingProxyType(found)


def _intensity(row: Row, kind: EventType) -> float:
    try:
        value = float(row["intensity"])
    except ValueError:
        raise OntologyError(f"{row.where}: intensity is {row['intensity']!r}; expected a number") from None
    low, high = (0.0, SCALE) if quad(kind) in (1, 2) else (-SCALE, 0.0)
    if not low <= value <= high:
        raise OntologyError(f"{row.where}: intensity of {kind} is {value}; expected {low} to {high}, after its quad")
    return value


def _load_cameo() -> Mapping[tuple[EventType, str, str], CameoCode]:
    found: dict[tuple[EventType, str, str], CameoCode] = {}
    for row in read_table(DATA / "cameo.csv", ("type", "mode", "status", "cameo", "mirror", "note")):
        name, mode = _row_key(row)
        if row["status"] and row["status"] not in STATUSES:
            raise OntologyError(f"{row.where}: no status {row['status']!r}; expected {', '.join(STATUSES)} or nothing")
        if (name, mode, row["status"]) in found:
            raise OntologyError(f"{row.where}: {name} {mode} {row['status']} stands there twice; keep one line")
        found[name, mode, row["status"]] = CameoCode(_code(row, "cameo"), _code(row, "mirror"), row["note"])
    _require_all({(name, mode) for name, mode, status in found if not status}, "cameo.csv")
    return MappingProxyType(found)


def _code(row: Row, column: str) -> str:
    """A CAMEO code: root 01 to 20 and one or two digits more. Only the mirror may be empty."""
    code = row[column]
    if not code and column == "mirror":
        return code
    if not (code.isdecimal() and len(code) in (3, 4) and 1 <= int(code[:2]) <= 20):
        raise OntologyError(f"{row.where}: {column} is {code!r}; expected three or four digits that begin with 01 to 20")
    return code


def _load_types() -> Mapping[EventType, Type]:
    return MappingProxyType(parse_types((DATA / "types.yaml").read_text(encoding="utf-8")))


TYPES: Mapping[EventType, Type] = _load_types()
CONTEXTS: Mapping[str, str] = _load_definitions("contexts.yaml")
SECTORS: Mapping[str, Mapping[str, str]] = _load_sectors()
SCORES: Mapping[tuple[EventType, str], Score] = _load_scores()
CAMEO: Mapping[tuple[EventType, str, str], CameoCode] = _load_cameo()
