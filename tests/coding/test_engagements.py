"""Engagements from events made by hand, so that only the gathering is tested; agendas from single sentences."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path

import pytest
from spacy.language import Language

from dragoman.coding import engagements as engagements_step
from dragoman.coding.agenda import Topics, span_of
from dragoman.coding.draft import DraftActor, DraftEngagement, DraftEvent, Mention, Toponym
from dragoman.coding.engagements import PRECEDENT, Engagements
from dragoman.coding.parse import prepare
from dragoman.coding.pipeline import load_pipeline
from dragoman.knowledge.tables import TableError
from dragoman.model import EventType, Place, Report, Status

PUBLISHED = datetime.date(2021, 4, 7)
# by number: 0 and 1 ministers, 2 and 3 their states, 4 a premier and 5 a general of the host, 6 a third state, 7 its minister, 8 a crowd
ACTORS = (
    DraftActor("Ana Lima", "person", "PER", ["GOV"], "foreign minister"),
    DraftActor("Jan Novak", "person", "CZE", ["GOV"], "foreign minister"),
    DraftActor("Peru", "country", "PER", ["GOV"]),
    DraftActor("Czech Republic", "country", "CZE", ["GOV"]),
    DraftActor("Petr Maly", "person", "CZE", ["GOV"], "prime minister"),
    DraftActor("Karel Cerny", "person", "CZE", ["MIL"], "general"),
    DraftActor("Poland", "country", "POL", ["GOV"]),
    DraftActor("Piotr Zielinski", "person", "POL", ["GOV"], "foreign minister"),
    DraftActor("villagers", "group", "", ["CVL"]),
)
LIMA, NOVAK, PERU, CZECHIA, MALY, CERNY, POLAND, ZIELINSKI, VILLAGERS = range(9)


@functools.cache
def nlp() -> Language:
    return load_pipeline()


@functools.cache
def step() -> Engagements:
    return Engagements()


class Story:
    """A draft in the making: a text whose words between asterisks tell, in order, the events that are added."""

    def __init__(self, marked: str) -> None:
        text = marked.replace("*", "")
        pieces = marked.split("*")
        report = Report(id="r", text=text, published=PUBLISHED.isoformat(), language="en")
        self.draft = prepare(report, nlp()(text), PUBLISHED)
        self.draft.actors = [*ACTORS]
        starts = [len("".join(pieces[:i])) for i in range(1, len(pieces), 2)]
        self.triggers = [(start, start + len(word)) for start, word in zip(starts, pieces[1::2], strict=True)]

    def event(
        self,
        actors: list[int],
        recipients: list[int] | None = None,
        mode: str = "",
        status: Status = "actual",
        start: str = "",
        kind: EventType = "CONSULT",
        place: str = "",
    ) -> Story:
        """Add the event that the next marked words tell."""
        span = self.draft.doc.char_span(*self.triggers[len(self.draft.events)])
        assert span is not None
        self.draft.events.append(
            DraftEvent(
                kind, mode, span.root.i, [(span.start, span.end)], actors, recipients or [], status, start, start,
                place=Toponym(0, 1, Place(name=place, country=place, admin1="")) if place else None,
            )
        )  # fmt: skip
        return self

    def filed(self) -> list[DraftEngagement]:
        step()(self.draft)
        return self.draft.engagements

    def agenda(self, number: int = 0) -> list[str]:
        return [self.draft.report.text[a:b] for a, b in self.draft.engagements[number].agenda_chars]


def test_a_visit_has_a_visitor_and_a_host() -> None:
    (visit,) = Story("Ana Lima *visited* Prague.").event([LIMA], [CZECHIA], "visit", start="2021-04-06").filed()
    assert (visit.kind, visit.visitors, visit.hosts, visit.start) == ("visit", [LIMA], [CZECHIA], "2021-04-06")


def test_a_visit_and_the_talks_on_it_are_one() -> None:
    story = Story("Ana Lima *arrived* in Prague on Tuesday. She and Jan Novak *held* talks on Wednesday.")
    story.event([LIMA], [CZECHIA], "visit", start="2021-04-06").event([LIMA, NOVAK], start="2021-04-07")
    (visit,) = story.filed()
    assert visit.kind == "visit"
    assert (visit.visitors, visit.hosts, sorted(visit.participants)) == ([LIMA], [NOVAK, CZECHIA], [LIMA, NOVAK])
    assert (visit.start, visit.end) == ("2021-04-06", "2021-04-07")


def test_the_host_is_the_one_at_home_when_roles_are_told_as_one() -> None:
    """Where talks and visit are one event, the place tells who is the host."""
    (visit,) = Story("Novak and Lima *held* talks here.").event([NOVAK, LIMA], mode="visit", place="CZE").filed()
    assert (visit.visitors, visit.hosts) == ([LIMA], [NOVAK, CZECHIA])


def test_visits_to_two_countries_are_two() -> None:
    story = Story("Ana Lima *arrived* in Prague after *concluding* a visit to Poland.")
    story.event([LIMA], [CZECHIA], "visit").event([LIMA], [POLAND], "visit")
    first, second = story.filed()
    assert (first.hosts, second.hosts) == ([CZECHIA], [POLAND])
    assert first.visitors == second.visitors == [LIMA]


def test_the_same_pair_last_autumn_is_another_meeting() -> None:
    story = Story("Lima *met* Novak on Tuesday. They had *met* in September.")
    story.event([LIMA, NOVAK], start="2021-04-06").event([LIMA, NOVAK], start="2020-09-10")
    assert [one.start for one in story.filed()] == ["2021-04-06", "2020-09-10"]


def test_meetings_to_come_on_the_visit_are_planned() -> None:
    story = Story("Ana Lima *arrived* in Prague. She will *call* on Petr Maly and is to *meet* General Cerny.")
    story.event([LIMA], [CZECHIA], "visit")
    story.event([LIMA], [MALY], "visit", "future").event([LIMA, CERNY], status="future")
    (visit,) = story.filed()
    assert (visit.planned, visit.status) == ([1, 2], "actual")
    assert MALY not in visit.participants


def test_a_visit_to_come_elsewhere_is_an_engagement_of_its_own() -> None:
    story = Story("Ana Lima *arrived* in Prague. She will *visit* Poland on Friday.")
    story.event([LIMA], [CZECHIA], "visit").event([LIMA], [POLAND], "visit", "future")
    first, second = story.filed()
    assert (first.planned, second.planned) == ([], [1])
    assert (second.status, second.hosts) == ("future", [POLAND])


def test_a_call_is_no_part_of_a_visit() -> None:
    story = Story("Ana Lima *visited* Prague. Later she *phoned* Jan Novak.")
    story.event([LIMA], [NOVAK], "visit").event([LIMA, NOVAK], mode="phone")
    assert [one.kind for one in story.filed()] == ["visit", "call"]


def test_a_summit_is_one_by_its_word() -> None:
    (summit,) = Story("The three ministers attended a *summit*.").event([LIMA, NOVAK, ZIELINSKI]).filed()
    assert (summit.kind, summit.visitors, summit.hosts) == ("summit", [], [])
    assert sorted(summit.participants) == [LIMA, NOVAK, ZIELINSKI]


def test_states_take_part_where_nobody_of_theirs_is_named() -> None:
    (meeting,) = Story("Lima, Peru and Poland *met*.").event([LIMA, PERU, POLAND]).filed()
    assert meeting.participants == [LIMA, POLAND]


@pytest.mark.parametrize("status", ["negated", "hypothetical"])
def test_what_did_not_happen_is_not_filed(status: Status) -> None:
    assert Story("Lima did not *meet* Novak.").event([LIMA, NOVAK], status=status).filed() == []


def test_a_crowd_is_no_party() -> None:
    assert Story("Ana Lima *met* villagers.").event([LIMA], [VILLAGERS]).filed() == []


def test_letters_are_no_engagement() -> None:
    assert Story("Lima *sent a letter* to Novak.").event([LIMA], [NOVAK]).filed() == []


def test_the_object_of_a_discussion_is_no_second_meeting() -> None:
    story = Story("Lima *met* Novak. She *discussed* Poland with him.")
    story.event([LIMA, NOVAK]).event([LIMA, POLAND])
    (meeting,) = story.filed()
    assert POLAND not in meeting.participants


def test_a_meeting_at_home_is_no_part_of_the_journey() -> None:
    story = Story("Petr Maly *travelled* to Lima. Before that he *met* General Cerny.")
    story.event([MALY], [PERU], "visit").event([MALY, CERNY])
    assert [one.kind for one in story.filed()] == ["visit", "meeting"]


def test_a_visit_to_come_is_no_part_of_a_mere_meeting() -> None:
    story = Story("Lima *met* Novak in Lima. She will *visit* Maly in May.")
    story.event([LIMA, NOVAK]).event([LIMA], [MALY], "visit", "future")
    assert [(one.status, one.planned) for one in story.filed()] == [("actual", []), ("future", [1])]


def test_nobody_joins_a_call_later() -> None:
    story = Story("Lima *phoned* Novak. Petr Maly then *met* Lima.")
    story.event([LIMA, NOVAK], mode="phone").event([MALY, LIMA])
    assert [one.kind for one in story.filed()] == ["call", "meeting"]


def test_talks_of_states_in_general_are_left_out_beside_a_meeting_of_persons() -> None:
    story = Story("Lima *met* Novak. Peru and Poland are in *talks*.")
    story.event([LIMA, NOVAK]).event([PERU, POLAND])
    assert len(story.filed()) == 1
    assert len(Story("Peru and Poland are in *talks*.").event([PERU, POLAND]).filed()) == 1


def test_agreements_between_the_parties_are_outcomes() -> None:
    story = Story("Lima *met* Novak. They *agreed* to trade more. Poland *agreed* to sell coal. Lima will *help* Novak.")
    story.event([LIMA, NOVAK]).event([LIMA, NOVAK], kind="AGREE").event([POLAND], kind="AGREE")
    story.event([LIMA], [NOVAK], status="future", kind="AID")
    (meeting,) = story.filed()
    assert meeting.outcomes == [1]


def test_the_place_is_in_the_country_visited() -> None:
    story = Story("Ana Lima left Lima and *arrived* in Prague; the ministers *met* there.")
    story.event([LIMA], [CZECHIA], "visit", place="PER").event([LIMA, NOVAK], place="CZE")
    (visit,) = story.filed()
    assert visit.place is not None
    assert visit.place.place.country == "CZE"


# -- precedents ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        "Lima, *the first Peruvian minister to visit Prague since 1998*, met Novak.",
        "It was *her second trip to Prague this year*.",
        "This is *the first visit by a Peruvian leader in more than two decades*.",
        "He is *the first Peruvian premier ever* to come here.",
        "It is *the first such meeting since the war ended in the north*, aides said.",
    ],
)
def test_claims_of_rank_and_return(marked: str) -> None:
    before, claim, after = marked.split("*")
    match = PRECEDENT.search(before + claim + after)
    assert match is not None
    assert match.group() == claim


def test_first_since_a_year_tells_of_a_visit_in_that_year() -> None:
    story = Story("Ana Lima, the first Peruvian minister to visit Prague since 2012, was *welcomed* by Jan Novak.")
    story.event([LIMA], [NOVAK], "visit", start="2021-04-06")
    (visit,) = story.filed()
    assert visit.precedent_chars is not None
    earlier = next(event for event in story.draft.events if event.status == "historical")
    assert (earlier.start, earlier.actors, earlier.recipients) == ("2012", [PERU], [CZECHIA])
    assert story.draft.doc[earlier.triggers[0][0] : earlier.triggers[0][1]].text == "visit Prague since 2012"


def test_second_since_a_year_tells_of_no_visit_in_that_year() -> None:
    story = Story("Ana Lima, the second Peruvian minister to visit Prague since 2012, was *welcomed* by Jan Novak.")
    story.event([LIMA], [NOVAK], "visit")
    story.filed()
    assert [event.status for event in story.draft.events] == ["actual"]


# -- agenda --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("They discussed trade, fishing and visas.", ["trade", "fishing", "visas"]),
        ("They discussed efforts to free the sailors.", ["efforts to free the sailors"]),
        ("They discussed the situation.", []),
        ("They reviewed cooperation in the field of energy, including counter-smuggling.", ["energy", "counter-smuggling"]),
        ("They discussed peace and stability in Mali.", ["peace and stability in Mali"]),
        ("They discussed the situation in Gaza.", ["the situation in Gaza"]),
        ("They discussed several issues of mutual interest.", []),
        ("They considered ways to expand tourism.", ["tourism"]),
        ("The envoy raised the Aral Sea issue.", ["the Aral Sea issue"]),
        ("They held talks on a ceasefire in the north.", ["a ceasefire in the north"]),
        ("They talked about their border dispute.", ["border dispute"]),
        ("They stressed the need to promote student exchanges.", ["student exchanges"]),
        ("They exchanged views on #OpenSkies.", ["#OpenSkies"]),
        ("The envoy held talks with the mayor on fishing and visas.", ["fishing", "visas"]),
        ("They discussed the war in Mali, piracy and trade.", ["the war in Mali", "piracy", "trade"]),
        ("The minister bought a hat and a map.", []),
    ],
)
def test_topics(sentence: str, wanted: list[str]) -> None:
    doc = nlp()(sentence)
    spans = sorted({span for word in doc for topic in Topics().behind(word) if (span := span_of(topic))})
    found = [doc.text[a:b] for a, b in spans]
    assert [topic.removeprefix("a ") for topic in found] == [topic.removeprefix("a ") for topic in wanted]


def test_each_sentence_is_about_the_engagement_told_last() -> None:
    story = Story("Lima *met* Novak. They discussed fishing. Lima then *met* Zielinski. They discussed coal.")
    story.event([LIMA, NOVAK]).event([LIMA, ZIELINSKI])
    story.filed()
    assert (story.agenda(0), story.agenda(1)) == (["fishing"], ["coal"])


def test_a_sentence_that_tells_two_is_about_the_one_told_first() -> None:
    story = Story("Lima *met* Novak on the sidelines of a *summit*. They discussed fishing.")
    story.event([LIMA, NOVAK]).event([POLAND, PERU, CZECHIA], start="2021-04-07")
    story.filed()
    assert (story.agenda(0), story.agenda(1)) == (["fishing"], [])


def test_what_others_discuss_is_not_on_the_agenda() -> None:
    story = Story("Lima *met* Novak. They discussed fishing. In Warsaw Piotr Zielinski raised pensions.")
    doc = story.draft.doc
    root = next(token.i for token in doc if token.text == "Zielinski")
    story.draft.mentions = [Mention(root - 1, root + 1, root, [ZIELINSKI])]
    story.draft.mention_at = {root: story.draft.mentions[0]}
    story.event([LIMA, NOVAK]).filed()
    assert story.agenda() == ["fishing"]


# -- the table -----------------------------------------------------------------------------------------------------


def test_an_unknown_kind_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "engagements.csv").write_text("word,role,value,example\nparty,kind,feast,A party.\n", encoding="utf-8")
    monkeypatch.setattr(engagements_step, "CUES", tmp_path)
    with pytest.raises(TableError, match=r"engagements\.csv:2: 'feast' is no kind"):
        Engagements()
