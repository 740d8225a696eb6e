"""Relations, statements, places and actors, each on a case small enough to score by hand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dragoman.evaluation.actors import score_actor, score_answer
from dragoman.evaluation.measures import F1, Median, Share
from dragoman.evaluation.places import distance_km, score_places, score_toponyms
from dragoman.evaluation.relations import marked, score_relation, score_types
from dragoman.evaluation.statements import Attribution, score_article, score_attributions
from dragoman.model import Actor, Place, Relation, Span

# -- relations --------------------------------------------------------------------------------------------------------


def test_marks_become_offsets_into_the_plain_text():
    actor, recipient = marked("In <t>Mali</t>, <s>the army</s> shelled <t>Mali</t>'s north")
    plain = "In Mali, the army shelled Mali's north"
    assert plain[slice(*actor)] == "the army"
    assert recipient == (3, 7)  # the first of two
    assert marked("<s>Police</s> fired") == ((0, 6), None)


class Withdraws:
    def relation(self, text, actor, recipient=None):
        self.asked = text, actor, recipient
        return Relation(type="RETREAT", confidence=0.5)


def test_concede_and_retreat_are_one_type():
    coder = Withdraws()
    row = {"text": "France left Mali", "marked": "<s>France</s> left <t>Mali</t>", "type": "YIELD"}
    assert score_relation(row, coder).measures["accuracy"] == Share(1, 1)
    assert coder.asked == ("France left Mali", (0, 6), (12, 16))


def test_without_an_actor_nothing_is_asked():
    row = {"text": "Two papers were shut", "marked": "<t>Two papers</t> were shut", "type": "COERCE"}
    assert score_relation(row, Withdraws()).measures["accuracy"] == Share(0, 1)


def test_accuracy_and_macro_f1_by_hand():
    answers = [("AID", "AID"), ("AID", "AID"), ("AID", "ACCUSE"), ("ACCUSE", "ACCUSE"), ("REJECT", "NONE")]
    parts = [score_types(gold, predicted) for gold, predicted in answers]
    total = sum(parts[1:], start=parts[0]).measures
    assert total["accuracy"] == Share(3, 5)
    # AID: 2 of 3, 2 predicted: 0.8; ACCUSE: 1 of 1, 2 predicted: 2/3; REJECT: 0
    assert total["macro_f1"].value == pytest.approx((0.8 + 2 / 3 + 0) / 3)


# -- statements -------------------------------------------------------------------------------------------------------

#       0123456789012345678901234567890
SAID = "Ann said it rains. Bob: no."
GOLD = [Attribution([(0, 3)], [(4, 8)], [(9, 17)]), Attribution([(19, 22)], [], [(24, 26)])]


def test_right_attributions_are_all_found():
    scores = score_attributions(SAID, GOLD, GOLD).measures
    assert scores["content"] == F1(9, 9, 9)  # letters of "it rains" and "no"
    assert scores["source"] == F1(6, 6, 6)
    assert scores["attributions"] == F1(2, 2, 2)
    assert scores["source.of_found"] == Share(2, 2)


def test_half_of_the_content_and_a_touching_cue_are_enough():
    half = [Attribution([(0, 3)], [(0, 5)], [(13, 17)])]  # 4 of 8 characters
    scores = score_attributions(SAID, GOLD, half).measures
    assert scores["attributions"] == F1(1, 2, 1)
    assert scores["content"] == F1(4, 9, 4)
    less = [Attribution([(0, 3)], [(4, 8)], [(14, 17)])]  # 3 of 8
    assert score_attributions(SAID, GOLD, less).measures["attributions"] == F1(0, 2, 1)
    other_cue = [Attribution([(0, 3)], [(19, 22)], [(9, 17)])]
    assert score_attributions(SAID, GOLD, other_cue).measures["attributions"] == F1(0, 2, 1)


def test_without_a_cue_in_gold_the_content_decides():
    answer = [Attribution([], [(22, 23)], [(24, 26)])]
    scores = score_attributions(SAID, GOLD, answer).measures
    assert scores["attributions"] == F1(1, 2, 1)
    assert scores["source.of_found"] == Share(0, 1)


def test_an_article_is_read_in_the_corpus_form():
    class Silent:
        def attributions(self, text):
            return []

    row = {"text": SAID, "attributions": [{"source": [], "cue": [[4, 8]], "content": [[9, 11], [12, 17]]}]}
    scores = score_article(row, Silent()).measures
    assert scores["content"] == F1(0, 7, 0)
    assert scores["attributions"] == F1(0, 1, 0)


# -- places -----------------------------------------------------------------------------------------------------------

ROME = Place(name="Rome", country="ITA", latitude=41.89, longitude=12.48, span=Span(start=0, end=4, text="Rome"))


def test_distances_are_great_circles():
    assert distance_km(ROME, 41.89, 12.48) == 0
    quarter = distance_km(Place(name="0", country="", latitude=0, longitude=0), 0, 90)
    assert quarter == pytest.approx(10007.6, abs=0.1)  # a quarter of the equator of a sphere of 6371.0088 km
    assert distance_km(ROME, 45.46, 9.19) == pytest.approx(477, abs=2)  # Milan
    assert distance_km(Place(name="Sahel", country=""), 14, 0) is None


def test_places_by_hand():
    gold = [
        {"start": 0, "end": 4, "lat": 41.0, "lon": 12.5, "country": "Italy"},  # 99 km away
        {"start": 9, "end": 14, "lat": 45.46, "lon": 9.19, "country": "Italy"},  # 477 km
        {"start": 20, "end": 24, "lat": 0.0, "lon": 0.0, "country": None},
    ]
    scores = score_places(gold, [ROME, ROME, None], {(0, 4), (9, 13)}).measures
    assert scores["within_161_km"] == Share(1, 3)
    assert scores["median_km"].value == pytest.approx((99 + 477) / 2, abs=2)
    assert scores["country"] == Share(2, 2)
    assert scores["found"] == F1(1, 3, 2)


def test_a_file_without_countries_has_no_measure_of_them():
    scores = score_places([{"start": 0, "end": 4, "lat": 0, "lon": 0}], [None], set()).measures
    assert "country" not in scores
    assert scores["median_km"] == Median(())


def test_toponyms_are_asked_for_with_and_without_spans():
    class Gazetteer:
        asked: list[object] = []  # noqa: RUF012

        def places(self, text, spans=None, published=None):
            self.asked.append((spans, published))
            return [ROME]

    row = {
        "text": "Rome",
        "date": "2009-03-20 12:24:52",
        "toponyms": [{"start": 0, "end": 4, "lat": 41.9, "lon": 12.5, "country": "Italy"}],
    }
    scores = score_toponyms(row, Gazetteer()).measures
    assert Gazetteer.asked == [([(0, 4)], "2009-03-20"), (None, "2009-03-20")]
    assert (scores["within_161_km"], scores["found"]) == (Share(1, 1), F1(1, 1, 1))


# -- actors -----------------------------------------------------------------------------------------------------------


@dataclass
class Case:
    country: str | None = "USA"
    sector: str | None = "MIL"
    other_sector: str | None = None
    nobody: bool = False


@pytest.mark.parametrize(
    ("case", "country", "sector", "right"),
    [
        (Case(), "USA", "MIL", True),
        (Case(), "USA", "GOV", False),
        (Case(), "", "MIL", False),
        (Case(other_sector="GOV"), "USA", "GOV", True),
        (Case(country=""), "", "MIL", True),
        (Case(country=""), "USA", "MIL", False),
        (Case(country=None), "USA", "MIL", True),
        (Case(sector=None), "USA", "", True),
        (Case(sector=""), "USA", "MIL", False),
        (Case(sector="", other_sector=""), "USA", "", True),
        (Case(country=None, sector=None, nobody=True), "", "", True),
        (Case(country=None, sector=None, nobody=True), "USA", "", False),
        (Case(country="USA", sector="MIL", nobody=True), "", "", True),
    ],
)
def test_a_case_is_right_by_its_rules(case, country, sector, right):
    scores = score_answer(vars(case) | {"needs": "agents"}, country, sector).measures
    assert scores["right"] == scores["right.agents"] == Share.one(right)


def test_the_first_sector_counts():
    class Knows:
        def resolve(self, text, date=None, context=None):
            if text == "nobody":
                return None
            return Actor(
                id="A1",
                name=text,
                kind="group",
                country="USA",
                sectors=["MIL", "GOV"],
                office="",
                mentions=[],
                confidence=1,
            )

    case = vars(Case()) | {"text": "American warplanes", "date": None, "context": None, "needs": "none"}
    assert score_actor(case, Knows()).measures["right"] == Share(1, 1)
    assert score_actor(case | {"text": "nobody"}, Knows()).measures["right"] == Share(0, 1)
    assert score_actor(case | {"text": "nobody", "nobody": True}, Knows()).measures["right"] == Share(1, 1)
