"""The coder: puts the questions of ``coding/`` together and turns reports into records."""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from spacy.language import Language
from spacy.tokens import Doc

from dragoman.coding import questions
from dragoman.coding.attribution import find_attributions
from dragoman.coding.draft import Draft
from dragoman.coding.engagements import Engagements
from dragoman.coding.merging import Merge
from dragoman.coding.parse import parsed_text, prepare
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.questions import Chars
from dragoman.coding.record import report_info, to_record
from dragoman.coding.says import Says
from dragoman.coding.what import What
from dragoman.coding.when import DateEvents, FindTimes
from dragoman.coding.where import FindPlaces, PlaceEvents
from dragoman.coding.whether import History, Whether
from dragoman.coding.who import Who
from dragoman.knowledge import base
from dragoman.model import Actor, CoderInfo, Place, Record, Relation, Report
from dragoman.reading.language import detect
from dragoman.version import __version__

Step = Callable[[Draft], None]
BATCH = 16  # reports parsed together: fastest of 8, 16, 64, 256 with this pipeline (design notes on spaCy)
PIECE = 50_000  # characters parsed at once: the parser's memory grows with its input, a book-length report's must not
DATA_PACKAGES = ("dragoman.knowledge", "dragoman.coding", "dragoman.plover")


class Coder:
    """Codes reports. Making one loads the language pipeline and the knowledge (about two seconds); then it is reused.

    Args:
        nlp: a spaCy pipeline of English with tagger, parser, lemmatizer and entities; the packaged one if left out.

    The same report gives the same record, on every machine, for the same ``fingerprint``.
    """

    def __init__(self, nlp: Language | None = None) -> None:
        self.nlp = nlp if nlp is not None else load_pipeline()
        self.knowledge = base.load()
        self.what = What()
        self.whether = Whether()
        self.find_places = FindPlaces()
        self.who = Who(self.knowledge)
        self.merge = Merge()
        self.steps: list[Step] = [
            FindTimes(), self.find_places, self.who, Says(), self.what, self.whether,
            DateEvents(), self.merge, History(), PlaceEvents(), Engagements(),
        ]  # fmt: skip

    def code(self, report: Report) -> Record:
        """The record of one report. A report that is not in English gets an empty record that says its language."""
        return next(self.code_many([report]))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """The records of many reports, in their order, as a stream: memory does not grow with their number."""
        for batch in itertools.batched(reports, BATCH) if hasattr(itertools, "batched") else _batched(reports, BATCH):
            known = [
                report if report.language else report.model_copy(update={"language": detect(report.text, report.title) or "en"})
                for report in batch
            ]
            with self.nlp.memory_zone():
                english = (report for report in known if report.language == "en")
                docs = self._parse_many([report.text for report in english])
                records = [self._record(report, next(docs) if report.language == "en" else None) for report in known]
            yield from records

    def draft(self, report: Report, doc: Doc | None = None) -> Draft:
        """The working draft of a report with every question answered; ``doc`` is its parse if there is one already."""
        draft = prepare(report, doc if doc is not None else next(self._parse_many([report.text])), published_date(report))
        for step in self.steps:
            step(draft)
        return draft

    # -- single questions ------------------------------------------------------------------------------------------

    def relation(self, text: str, actor: Chars, recipient: Chars | None = None) -> Relation:
        """What one actor did to another in a sentence.

        Args:
            text: the sentence.
            actor, recipient: where they stand in it, as ``(start, end)`` in characters; ``recipient`` may be left out.

        Returns:
            type (a PLOVER type, or ``NONE`` where nothing joins them), mode, status and confidence.
        """
        draft = self._read(text, "")
        return questions.relation(draft, actor, recipient, self.what, self.whether)

    def resolve(self, text: str, date: str | None = None, context: str | None = None) -> Actor | None:
        """Who "the Pakistani foreign minister" or "American warplanes" is.

        Args:
            text: a name or description.
            date: ISO date; offices are those of that day.
            context: text in which the words stand; the rest of it may tell country and office.

        Returns:
            the actor, or ``None`` if the words name nobody known as an actor.
        """
        whole = context if context and text in context else text
        start = whole.index(text)
        draft = self._read(whole, date or "")
        return questions.resolve(draft, (start, start + len(text)), self.knowledge)

    def places(self, text: str, spans: Sequence[Chars] | None = None, published: str | None = None) -> list[Place | None]:
        """The places named in a text.

        Args:
            text: any English text.
            spans: toponyms given as ``(start, end)`` in characters; all are sought if left out.
            published: ISO date, kept for gazetteers with dated names.

        Returns:
            one place for each span given, ``None`` where it is unknown; else all places found, with their spans.
        """
        draft = self._draft(text, published or "")
        if spans is None:
            self.find_places(draft)
            return questions.found_places(draft)
        return self.find_places.resolve_places(draft, spans)

    def attributions(self, text: str) -> list[questions.Attribution]:
        """Every attribution in a text: source, cue and content as character spans (the shape of PolNeAR)."""
        draft = self._draft(text, "")
        return [questions.attribution(draft, found) for found in find_attributions(draft)]

    def _draft(self, text: str, published: str) -> Draft:
        report = Report(id="text", text=text, published=published, language="en")
        return prepare(report, next(self._parse_many([text])), published_date(report))

    def _read(self, text: str, published: str) -> Draft:
        draft = self._draft(text, published)
        self.find_places(draft)
        self.who(draft)
        return draft

    # -- parts -----------------------------------------------------------------------------------------------------

    def _record(self, report: Report, doc: Doc | None) -> Record:
        if doc is None:
            empty = prepare(report, Doc(self.nlp.vocab), None)
            return Record(report=report_info(empty), actors=[], events=[], statements=[], engagements=[], coder=self.info)
        return to_record(self.draft(report, doc), self.info)

    def _parse_many(self, texts: list[str]) -> Iterator[Doc]:
        """Parses in order; a long text in pieces that end at paragraphs, joined again without changing an offset."""
        pieces = [list(_pieces(parsed_text(text))) for text in texts]
        docs = self.nlp.pipe((piece for text in pieces for piece in text), batch_size=BATCH)
        for text in pieces:
            parts = [next(docs) for _ in text]
            yield parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits of a SHA-256 over the version, the pipeline and every data file of the package."""
        spacy_version = version("spacy")
        digest = hashlib.sha256(f"{__version__} {self.nlp.meta['name']} {self.nlp.meta['version']} {spacy_version}".encode())
        for package in DATA_PACKAGES:
            for path in _data_files(files(package)):
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()[:12]

    @cached_property
    def info(self) -> CoderInfo:
        return CoderInfo(version=__version__, fingerprint=self.fingerprint)


def published_date(report: Report) -> datetime.date | None:
    """A report's publication date; ``None`` where it is unknown or not a full date."""
    try:
        return datetime.date.fromisoformat(report.published[:10])
    except ValueError:
        return None


def _pieces(text: str) -> Iterator[str]:
    while len(text) > PIECE:
        cut = max(text.rfind("\n\n", 0, PIECE) + 2, text.rfind("\n", 0, PIECE) + 1 if "\n\n" not in text[:PIECE] else 0)
        if cut < PIECE // 2:
            cut = text.rfind(" ", 0, PIECE) + 1 or PIECE
        yield text[:cut]
        text = text[cut:]
    yield text


def _batched(items: Iterable[Report], size: int) -> Iterator[tuple[Report, ...]]:
    iterator = iter(items)
    while batch := tuple(itertools.islice(iterator, size)):
        yield batch


def _data_files(root: Traversable) -> Iterator[Traversable]:
    for path in sorted(root.iterdir(), key=lambda path: path.name):
        if path.is_dir() and path.name != "__pycache__":
            yield from _data_files(path)
        elif path.is_file() and not path.name.endswith((".py", ".pyc")):
            yield path
