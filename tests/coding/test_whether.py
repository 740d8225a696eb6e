"""Whether an act has happened: single sentences, then events with their dates."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Span

from dragoman.coding import status_cues
from dragoman.coding.draft import Draft, DraftEvent, TimeExpression
from dragoman.coding.parse import prepare
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.whether import History, Whether, is_history, lies_ahead
from dragoman.knowledge.tables import TableError, read_table
from dragoman.model import EventType, Report, Status

PUBLISHED = datetime.date(2021, 4, 7)


@functools.cache
def nlp() -> Language:
    return load_pipeline()


@functools.cache
def step() -> Whether:
    return Whether()


def act(sentence: str) -> Span:
    """The words between asterisks, in the parse of the sentence without them."""
    before, word, _ = sentence.split("*")
    doc = nlp()(sentence.replace("*", ""))
    span = doc.char_span(len(before), len(before) + len(word))
    assert span is not None
    return span


def status(sentence: str, kind: EventType = "CONSULT") -> Status:
    return step().status(act(sentence), kind, PUBLISHED.year)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("A *meeting* between Ghana and Togo is planned for Friday.", "future"),
        ("Ghana plans a *meeting* with Togo.", "future"),
        ("Ghana held a *meeting* with Togo.", "actual"),
        # plain facts
        ("The Peruvian president *visited* Oslo.", "actual"),
        ("The ministers have *met* twice this week.", "actual"),
        ("The ministers held *talks* on fishing.", "actual"),
        ("After the *meeting* the ministers flew home.", "actual"),
        ("The envoy spoke during a *visit* to Accra.", "actual"),
        ("Troops tried to *storm* the radio station.", "actual"),
        ("She is the first minister of Peru to *visit* Oslo.", "actual"),
        ("He is the only envoy since 2012 to *visit* Oslo.", "actual"),
        ("The premier thanked the sailors for not only *meeting* but feeding the crew.", "actual"),
        # still to come
        ("The Peruvian president will *visit* Oslo in May.", "future"),
        ("The ministers are due to *meet* on Monday.", "future"),
        ("The Peruvian president is to *visit* Oslo.", "future"),
        ("The envoy is expected to *meet* the rebels.", "future"),
        ("The envoy hopes to *meet* the rebels.", "future"),
        ("The envoy plans to hold *talks* with the rebels.", "future"),
        ("Oslo said it would *send* doctors to the island.", "future"),
        ("The premier will travel to Lima to *meet* the king.", "future"),
        ("The *talks* will begin on Monday.", "future"),
        ("The *visit* is scheduled for May.", "future"),
        ("The two sides agreed on another round of *talks* in May.", "future"),
        ("The town prepares for the *visit* of the queen.", "future"),
        ("A *meeting* planned for Monday worries the union.", "future"),
        ("The envoy arrived ahead of the *visit*.", "future"),
        ("The ministers look forward to *meeting* the king.", "future"),
        ("The premier is heading to the *summit* in Accra.", "future"),
        # only thought of
        ("The council may *impose* sanctions.", "hypothetical"),
        ("If the army *attacks* the town, the convoy will leave.", "hypothetical"),
        ("The army would *attack* the town if the truce broke.", "hypothetical"),
        ("The army would have *attacked* the town.", "hypothetical"),
        ("The envoy proposed *talks* in Oslo.", "hypothetical"),
        ("Villagers fear an *attack* on the bridge.", "hypothetical"),
        ("In the event of an *attack* the convoy will leave.", "hypothetical"),
        ("There is a possibility of *talks* in Oslo.", "hypothetical"),
        ("The president should not *meet* the rebels.", "hypothetical"),
        ("The convoy waits for the army to *open* the road.", "hypothetical"),
        ("The general received an invitation to *visit* Rome.", "hypothetical"),
        # said not to have happened
        ("The envoy did not *meet* the rebels.", "negated"),
        ("The envoy has never *met* the rebels.", "negated"),
        ("The ministers failed to *meet*.", "negated"),
        ("The envoy has yet to *meet* the rebels.", "negated"),
        ("The general denied *attacking* the town.", "negated"),
        ("The general denied that his men *attacked* the town.", "negated"),
        ("The premier ruled out *talks* with the rebels.", "negated"),
        ("The *visit* to Lima was called off.", "negated"),
        ("There were no *talks* with the rebels.", "negated"),
        ("The envoy left without *meeting* the rebels.", "negated"),
        ("No soldiers were *killed*.", "negated"),
        ("The premier does not plan to *visit* Lima.", "negated"),
        # long past
        ("The two presidents used to *meet* every spring.", "historical"),
        ("The army *fought* the rebels for decades.", "historical"),
        ("The rebels have *fought* a decades-long war.", "historical"),
        ("The port was *bombed* in the Second World War.", "historical"),
        ("The union has *extended* the sanctions in recent years.", "historical"),
    ],
)
def test_a_single_sentence(sentence: str, wanted: Status) -> None:
    assert status(sentence) == wanted


@pytest.mark.parametrize(
    ("sentence", "kind", "wanted"),
    [
        ("Oslo said it will *give* the island two ferries.", "AGREE", "actual"),
        ("The rebels said they would *not accept* the truce.", "REJECT", "actual"),
        ("The general said he could *flatten* the town.", "THREATEN", "actual"),
        ("The planned *withdrawal* alarmed the town.", "CONCEDE", "actual"),
        ("I would *urge* the rebels to release the crew.", "REQUEST", "actual"),
        ("He said it would be a *mistake* to leave.", "ACCUSE", "actual"),
        ("The premier said she would *urge* the king to sign.", "REQUEST", "future"),
        ("Oslo may *offer* the island two ferries.", "AGREE", "hypothetical"),
        ("Oslo is expected to *pledge* two ferries.", "AGREE", "future"),
        ("The rebels did not *reject* the truce.", "REJECT", "negated"),
    ],
)
def test_saying_is_doing(sentence: str, kind: EventType, wanted: Status) -> None:
    """Promises, threats, refusals and announcements are facts once uttered; requests only when they are made."""
    assert status(sentence, kind) == wanted


def test_what_is_said_of_one_act_does_not_touch_another() -> None:
    assert status("The envoy hopes to end the strike that *paralysed* the port.", "PROTEST") == "actual"
    assert status("The envoy will visit the town that the rebels *bombed*.", "ASSAULT") == "actual"
    assert status("The envoy left the port without mentioning that the rebels *bombed* it.", "ASSAULT") == "actual"
    assert status("The premier said he would go home after *visiting* Lima.") == "actual"
    assert status("Oslo ordered the envoy to leave in answer to the *expulsion* of a consul.", "SANCTION") == "actual"
    assert status("The premier will speak about the *attack* on the bridge.", "ASSAULT") == "actual"


def test_a_past_happening_is_history_only_once_it_is_past() -> None:
    word = act("The town was *shelled* in the Gulf War.")
    assert step().status(word, "ASSAULT", 2021) == "historical"
    assert step().status(word, "ASSAULT", 1991) == "actual"
    assert step().status(word, "ASSAULT") == "actual"


# -- events --------------------------------------------------------------------------------------------------------


def draft_of(text: str, *words: str, kind: EventType = "CONSULT") -> Draft:
    """A draft with one event that these words of the text tell."""
    draft = prepare(Report(id="r", text=text, published=PUBLISHED.isoformat(), language="en"), nlp()(text), PUBLISHED)
    tokens = [next(token for token in draft.doc if token.text == word) for word in words]
    draft.events = [DraftEvent(kind, "", tokens[0].i, [(token.i, token.i + 1) for token in tokens])]
    return draft


def test_the_first_telling_that_says_anything_decides() -> None:
    draft = draft_of("The union welcomed talks in Oslo. The ministers will meet there.", "talks", "meet")
    step()(draft)
    assert draft.events[0].status == "future"


def test_a_plain_fact_is_not_undone_by_a_later_telling() -> None:
    draft = draft_of("The ministers met in Oslo. The mayor had spoken before their meeting.", "met", "meeting")
    step()(draft)
    assert draft.events[0].status == "actual"


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2012", "2012", "historical"),
        ("2020", "2020", "actual"),
        ("2019", "", "historical"),
        ("2020-04-01", "2020-04-01", "historical"),
        ("2020-05-01", "2020-05-02", "actual"),
        ("2015-01", "2021-03", "actual"),
        ("2021-04-07", "2021-04-07", "actual"),
        ("2021-05", "2021-05", "future"),
        ("", "", "actual"),
    ],
)
def test_dates(start: str, end: str, wanted: Status) -> None:
    draft = draft_of("The ministers met.", "met")
    draft.events[0].start, draft.events[0].end = start, end
    History()(draft)
    assert draft.events[0].status == wanted


def test_since_tells_a_beginning_and_no_end() -> None:
    draft = draft_of("The ministers have met since 2012.", "met")
    event = draft.events[0]
    event.start, event.when = "2012", (5, 6)
    draft.times = [TimeExpression(5, 6, "2012", "2012", since=True)]
    History()(draft)
    assert event.status == "actual"


def test_what_since_is_counted_from_is_over() -> None:
    draft = draft_of("The ministers have argued since the 2012 strike.", "strike", kind="PROTEST")
    event = draft.events[0]
    event.start, event.when = "2012", (6, 7)
    draft.times = [TimeExpression(6, 7, "2012", "2012", since=True)]
    History()(draft)
    assert event.status == "historical"


def test_background_is_history_though_only_the_next_word_is_dated() -> None:
    draft = draft_of("The island broke away in 2012 after the killing of its mayor.", "killing", kind="ASSAULT")
    draft.times = [TimeExpression(5, 6, "2012", "2012")]
    History()(draft)
    assert draft.events[0].status == "historical"


def test_a_sentence_of_today_with_a_date_of_today_is_no_background() -> None:
    draft = draft_of("The mayor elected in 2012 was killed on Tuesday.", "killed", kind="ASSAULT")
    draft.times = [TimeExpression(4, 5, "2012", "2012"), TimeExpression(8, 9, "2021-04-06", "2021-04-06")]
    History()(draft)
    assert draft.events[0].status == "actual"


def test_a_promise_dated_by_what_is_promised_stays_a_fact() -> None:
    draft = draft_of("Oslo promised two ferries.", "promised", kind="AGREE")
    draft.events[0].start = "2022"
    History()(draft)
    assert draft.events[0].status == "actual"


def test_without_a_publication_date_nothing_is_history() -> None:
    draft = draft_of("The ministers met.", "met")
    draft.date, draft.events[0].start = None, "1990"
    History()(draft)
    assert draft.events[0].status == "actual"


def test_helpers_agree_on_the_day_of_publication() -> None:
    event = DraftEvent("CONSULT", "", 0, [], start=PUBLISHED.isoformat(), end=PUBLISHED.isoformat())
    assert not is_history(event, PUBLISHED)
    assert not lies_ahead(event, PUBLISHED)


# -- the table -----------------------------------------------------------------------------------------------------


def test_every_cue_has_an_example_that_uses_it() -> None:
    for row in read_table(status_cues.CUES / "status.csv", ("cue", "kind", "status", "needs", "example")):
        assert row["example"], row.where


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("maybe,adverb,hypothetical,,Maybe.", "kind must be one of"),
        ("maybe,modal,possible,,Maybe.", "status one of"),
        ("Old War,past,historical,long ago,In the Old War.", "needs the year"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, line: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "status.csv").write_text(f"cue,kind,status,needs,example\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(status_cues, "CUES", tmp_path)
    with pytest.raises(TableError, match=told) as caught:
        Whether()
    assert "status.csv:2" in str(caught.value)
