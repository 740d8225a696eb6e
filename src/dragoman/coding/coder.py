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
from dragoman.coding.offices import KnownOffices
from dragoman.coding.parse import parsed_text, prepare
from dragoman.coding.pipeline import checked, load_pipeline
from dragoman.coding.questions import Chars
from dragoman.coding.ranking import RankDates, RankPlaces
from dragoman.coding.reader import Reader
from dragoman.coding.record import report_info, to_record
from dragoman.coding.relating import Relater
from dragoman.coding.resolving.candidate import GUESSED
from dragoman.coding.resolving.candidates import Candidates, iso_date
from dragoman.coding.says import Says
from dragoman.coding.sections import join, sections
from dragoman.coding.what import What
from dragoman.coding.when import DateEvents, FindTimes
from dragoman.coding.where import FindPlaces, PlaceEvents
from dragoman.coding.whether import History, Whether
from dragoman.coding.who import Who
from dragoman.errors import CodingError
from dragoman.knowledge import base
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.geonames import World
from dragoman.knowledge.overlay import Overlay
from dragoman.model import Actor, ActorCandidate, CoderInfo, Place, Record, Relation, Report
from dragoman.reading.language import ENGLISH, detect
from dragoman.version import __version__

Step = Callable[[Draft], None]
BATCH = 16  # reports parsed together: fastest of 8, 16, 64, 256 with this pipeline (design notes on spaCy)
BATCH_CHARACTERS = 50_000  # at most parsed together: the pipeline needs some 4 KB a character while it runs
FIRST_YEAR, LAST_YEAR = 1500, 2999  # of reports; what they tell may lie centuries off and is still within Python's calendar
DATA_PACKAGES = ("dragoman.knowledge", "dragoman.coding", "dragoman.plover")


class Coder:
    """Codes reports. Making one loads the language pipeline and the knowledge (about two seconds); then it is reused.

    Args:
        nlp: a spaCy pipeline of English with tagger, parser, lemmatizer and entities; the packaged one if left out.
        overlay: actors of the user's own and of a registry, laid over the tables (``Registry.overlay``).
        world: a gazetteer of the user's own, asked for places that the shipped one lacks.

    The same report gives the same record, on every machine, for the same ``fingerprint``.

    Raises:
        PipelineError: ``nlp`` lacks a component, or the packaged pipeline is not the one that was tested.
    """

    def __init__(self, nlp: Language | None = None, overlay: Overlay | None = None, world: World | None = None) -> None:
        self.nlp = checked(nlp) if nlp is not None else load_pipeline()
        self.knowledge = base.load() if overlay is None else base.load().laid_over(overlay)
        self.world = world
        self.what = What()
        self.whether = Whether()
        self.find_places = FindPlaces(None if world is None else Gazetteer(world=world))
        self.who = Who(self.knowledge)
        self.read = Reader()
        self.date_events, self.rank_dates = DateEvents(), RankDates()
        self.merge = Merge()
        self.place_events, self.rank_places = PlaceEvents(), RankPlaces()
        self.steps: list[Step] = [
            FindTimes(), self.find_places, self.read, self.who, Says(), self.what, self.whether,
            self.date_events, self.rank_dates, self.merge, History(), self.place_events, self.rank_places, Engagements(),
        ]  # fmt: skip
        if overlay is not None:
            self.steps.insert(self.steps.index(self.who) + 1, KnownOffices(self.knowledge))

    def code(self, report: Report) -> Record:
        """The record of one report. A report that is not in English gets an empty record that says its language.

        Raises:
            CodingError: a step failed on this report; the error names it.
        """
        return next(self.code_many([report]))

    def code_many(self, reports: Iterable[Report], on_error: Callable[[CodingError], object] | None = None) -> Iterator[Record]:
        """The records of many reports, in their order, as a stream: memory does not grow with their number.

        Args:
            reports: read as they are needed, some at a time.
            on_error: called with the error of a report that cannot be coded, in its turn; it has no record then and the others go on.

        Raises:
            CodingError: a report cannot be coded and there is no ``on_error``.
        """
        for batch in _batched(reports, BATCH):
            for outcome in self._code_batch(batch):
                if isinstance(outcome, Record):
                    yield outcome
                elif on_error is None:
                    raise outcome
                else:
                    on_error(outcome)

    def draft(self, report: Report, doc: Doc | None = None) -> Draft:
        """The working draft of a report with every question answered; ``doc`` is its parse if there is one already."""
        draft = prepare(report, doc if doc is not None else self._parse(report.text), published_date(report))
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
            type (a PLOVER type, or ``NONE`` where nothing joins them), mode, status, confidence, and the probability of every type.
        """
        return self.relations([(text, actor, recipient)])[0]

    def relations(self, asked: Sequence[tuple[str, Chars, Chars | None]]) -> list[Relation]:
        """The answers of ``relation`` to many questions at once, in their order; text, actor and recipient each."""
        drafts = [self._told(text) for text, _, _ in asked]
        found = [questions.question(draft.doc, actor, recipient) for draft, (_, actor, recipient) in zip(drafts, asked, strict=True)]
        answers = iter(self.relate([item for item in found if item is not None]))
        return [
            questions.NO_RELATION if item is None else questions.with_rules(next(answers), draft)
            for item, draft in zip(found, drafts, strict=True)
        ]

    def resolve(self, text: str, date: str | None = None, context: str | None = None) -> Actor | None:
        """Who "the Pakistani foreign minister" or "American warplanes" is: the first of ``candidates``.

        Args:
            text: a name or description.
            date: ISO date, or "7 April 2021"; offices are those of that day.
            context: text in which the words stand, or a word on what it is about; it may tell country and office.

        Returns:
            the actor, or ``None`` if the words name nobody known as an actor.

        Raises:
            InputError: ``date`` is no date.
        """
        return next((candidate.actor for candidate in self.candidates(text, date, context)), None)

    def candidates(self, text: str, date: str | None = None, context: str | None = None) -> list[ActorCandidate]:
        """Everybody whom a name or description may mean, the likeliest first, each with what tells it.

        Arguments and errors are those of ``resolve``. The mention is looked up in the tables; the text is parsed only where
        a context is given and the tables do not know country and sector.
        """
        day = iso_date(date or "")
        start = questions.where(text, context or "")
        whole = text if start is None or not context else context
        start = start or 0
        found = questions.as_actors(self._candidates.find(text, day, context or ""), whole, (start, start + len(text)))
        if whole is not context or (found and found[0].actor.country and found[0].score > GUESSED):
            return found
        read = questions.resolve(self._read(whole, day), (start, start + len(text)), self.knowledge)
        return questions.with_reading(found, read)

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
        self.read(draft)
        return [questions.attribution(draft, found) for found in find_attributions(draft)]

    def _draft(self, text: str, published: str) -> Draft:
        report = Report(id="text", text=text, published=published, language="en")
        return prepare(report, self._parse(text), published_date(report))

    def _read(self, text: str, published: str) -> Draft:
        draft = self._draft(text, published)
        self.find_places(draft)
        self.who(draft)
        return draft

    @cached_property
    def relate(self) -> Relater:
        """The relation classifier, loaded when it is first asked."""
        return Relater(self.read)

    def _told(self, text: str) -> Draft:
        """A sentence with its events."""
        draft = self._draft(text, "")
        for step in (self.find_places, self.read, self.who, self.what, self.whether):
            step(draft)
        return draft

    # -- parts -----------------------------------------------------------------------------------------------------

    def _code_batch(self, batch: Sequence[Report]) -> list[Record | CodingError]:
        known = [report if report.language else report.model_copy(update={"language": _language(report)}) for report in batch]
        with self.nlp.memory_zone():
            texts = [report.text[start:end] for report in known if report.language == ENGLISH for start, end in sections(report.text)]
            docs = self._docs([parsed_text(text) for text in texts])
            return [self._outcome(report, docs) for report in known]

    def _outcome(self, report: Report, docs: Iterator[Doc | Exception]) -> Record | CodingError:
        """The record of a report, or the error that keeps it from having one; ``docs`` gives the parse of each of its sections."""
        if report.language != ENGLISH:
            empty = prepare(report, Doc(self.nlp.vocab), None)
            return Record(report=report_info(empty), actors=[], events=[], statements=[], engagements=[], coder=self.info)
        parts = sections(report.text)
        records: list[Record] = []
        fault: Exception | None = None
        for start, end in parts:
            doc = next(docs)  # also behind a fault: the next report's parse comes after these
            if isinstance(doc, Exception):
                fault = fault or doc
            elif fault is None:
                try:
                    section = report if len(parts) == 1 else report.model_copy(update={"text": report.text[start:end]})
                    records.append(to_record(self.draft(section, doc), self.info))
                except Exception as error:  # whatever it is: a bad report stops nobody
                    fault = error
        if fault is not None:
            return CodingError(report.id, fault)
        return records[0] if len(parts) == 1 else join(records, [start for start, _ in parts], report.text)

    def _docs(self, texts: Sequence[str]) -> Iterator[Doc | Exception]:
        """The parse of each text in order; where the pipeline fails on one, its error stands in its place."""
        longest = max([1, *map(len, texts)])
        together = self.nlp.pipe(texts, batch_size=max(1, min(BATCH, BATCH_CHARACTERS // longest)))
        done = 0
        try:
            for doc in together:
                yield doc
                done += 1
        except Exception:  # which text it was is not told: from here on each by itself
            for text in texts[done:]:
                yield self._parse_or_error(text)

    def _parse_or_error(self, text: str) -> Doc | Exception:
        try:
            return self.nlp(text)
        except Exception as error:
            return error

    def _parse(self, text: str) -> Doc:
        """The parse of a text of any length: in pieces, which are joined without changing an offset."""
        blanked = parsed_text(text)
        parts = list(self.nlp.pipe((blanked[start:end] for start, end in sections(text)), batch_size=BATCH))
        return parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self.knowledge)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits of a SHA-256 over the version, the pipeline, every data file of the package, and the user's own."""
        spacy_version = version("spacy")
        digest = hashlib.sha256(f"{__version__} {self.nlp.meta['name']} {self.nlp.meta['version']} {spacy_version}".encode())
        for package in DATA_PACKAGES:
            for path in _data_files(files(package)):
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
        for own in (self.knowledge.overlay, self.world):
            if own is not None:
                digest.update(f"{type(own).__name__} {own.fingerprint}".encode())
        return digest.hexdigest()[:12]

    @cached_property
    def info(self) -> CoderInfo:
        return CoderInfo(version=__version__, fingerprint=self.fingerprint)


def published_date(report: Report) -> datetime.date | None:
    """A report's publication date; ``None`` where it is unknown, not a full date, or of no year in which there is news."""
    try:
        date = datetime.date.fromisoformat(report.published[:10])
    except ValueError:
        return None
    return date if FIRST_YEAR <= date.year <= LAST_YEAR else None


def _language(report: Report) -> str:
    return detect(report.text, report.title) or ENGLISH


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
