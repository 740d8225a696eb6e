"""Who says so: attributions by hand-written sentences, one hard thing each, and the statements made of them."""

from __future__ import annotations

import pytest
from spacy.language import Language

from dragoman.coding.attribution import Attribution, find_attributions
from dragoman.coding.cue_words import frames, media, nouns, speakers, topics, verbs
from dragoman.coding.draft import Draft, DraftActor, Mention
from dragoman.coding.parse import prepare
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.says import Says
from dragoman.model import Report


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def draft_of(text: str, nlp: Language, title: str = "") -> Draft:
    return prepare(Report(id="r", text=text, title=title), nlp(text), None)


def attributions(text: str, nlp: Language) -> list[tuple[str, str, list[str]]]:
    """(source, cue, contents) of every attribution that is no mere thought."""
    draft = draft_of(text, nlp)
    return [
        (words(draft, found.source), words(draft, found.cue), [text[start:end] for start, end in found.content_chars])
        for found in find_attributions(draft)
        if found.sense != "thought" and not found.nested
    ]


def words(draft: Draft, run: tuple[int, int] | None) -> str:
    return draft.doc[run[0] : run[1]].text if run is not None else ""


CASES = {
    "cue before": (
        "The foreign minister said the border would stay shut until Friday.",
        [("The foreign minister", "said", ["the border would stay shut until Friday"])],
    ),
    "cue behind": (
        "The border will stay shut until Friday, the foreign minister said.",
        [("the foreign minister", "said", ["The border will stay shut until Friday"])],
    ),
    "inverted with apposition": (
        '"We have shut the border for good," said Marta Kovac, a spokeswoman for the ministry.',
        [("Marta Kovac, a spokeswoman for the ministry", "said", ["We have shut the border for good,"])],
    ),
    "relative clause between subject and cue": (
        '"The border stays shut," Kovac, who took office last week, said.',
        [("Kovac, who took office last week", "said", ["The border stays shut,"])],
    ),
    "question mark ends the quotation": (
        "“Who gave that order?” asked the opposition leader.",
        [("the opposition leader", "asked", ["Who gave that order?"])],
    ),
    "interrupted quotation is one attribution": (
        '"Our neighbours," the president said, "have nothing to fear from us."',
        [("the president", "said", ["Our neighbours,", "have nothing to fear from us."])],
    ),
    "two quotations around a full cue": (
        '"The talks were useful," Kovac said. "We will meet again in May."',
        [("Kovac", "said", ["The talks were useful,", "We will meet again in May."])],
    ),
    "colon": (
        "Addressing parliament, the premier said: “No soldier of ours will cross the river.”",
        [("the premier", "said", ["No soldier of ours will cross the river."])],
    ),
    "according to, first": (
        "According to the defence ministry, two patrol boats left the port at dawn.",
        [("the defence ministry", "According to", ["two patrol boats left the port at dawn"])],
    ),
    "according to, last": (
        "Two patrol boats left the port at dawn, according to the defence ministry.",
        [("the defence ministry", "according to", ["Two patrol boats left the port at dawn"])],
    ),
    "words in marks belong to the clause": (
        'Kovac said the launch was "a reckless provocation" that would be answered.',
        [("Kovac", "said", ['the launch was "a reckless provocation" that would be answered'])],
    ),
    "told somebody": (
        "Kovac told reporters in Vienna that the embassy would reopen.",
        [("Kovac", "told", ["the embassy would reopen"])],
    ),
    "participle shares the subject": (
        "Serbia recalled its envoy, saying the vote had been rigged.",
        [("Serbia", "saying", ["the vote had been rigged"])],
    ),
    "relative pronoun stands for its noun": (
        "The mission angered Hungary, which says the treaty is void.",
        [("Hungary, which", "says", ["the treaty is void"])],
    ),
    "urge takes the infinitive": (
        "Germany urged Serbia to withdraw its troops from the bridge.",
        [("Germany", "urged", ["to withdraw its troops from the bridge"])],
    ),
    "call on": (
        "The council called on both sides to respect the ceasefire.",
        [("The council", "called on", ["to respect the ceasefire"])],
    ),
    "call for": (
        "France has called for an independent inquiry.",
        [("France", "has called for", ["an independent inquiry"])],
    ),
    "accuse of": (
        "Armenia accused its neighbour of shelling two villages.",
        [("Armenia", "accused", ["its neighbour of shelling two villages"])],
    ),
    "describe as": (
        "The minister described the sanctions as illegal.",
        [("The minister", "described", ["the sanctions as illegal"])],
    ),
    "an aside of the reporter is cut from an object": (
        "The president praised the work of the mission, which has been in the country since spring.",
        [("The president", "praised", ["the work of the mission"])],
    ),
    "though-clause is the reporter's": (
        "Officials said the road was open, although no lorry had passed it for days.",
        [("Officials", "said", ["the road was open"])],
    ),
    "noun with its owner": (
        "Turkey rejected Greece's claim that a frigate had entered its waters.",
        [
            ("Turkey", "rejected", ["Greece's claim that a frigate had entered its waters"]),
            ("Greece's", "claim", ["a frigate had entered its waters"]),
        ],
    ),
    "quoted as saying": (
        "Li was quoted as saying that the two countries were brothers.",
        [("Li", "saying", ["the two countries were brothers"])],
    ),
    "impersonal passive": (
        "It was noted that both countries want the pipeline finished.",
        [("", "was noted", ["both countries want the pipeline finished"])],
    ),
    "hope was expressed": (
        "Hope was expressed that the summit would take place in June.",
        [("", "was expressed", ["the summit would take place in June"])],
    ),
    "sign with writing on it": (
        "Dozens of students carried banners reading “no more arms”.",
        [("Dozens of students", "reading", ["no more arms"])],
    ),
    "cue between two clauses": (
        "The army did not fire, the general said, and the soldiers had stayed in their barracks.",
        [("the general", "said", ["The army did not fire", "the soldiers had stayed in their barracks"])],
    ),
    "cue with an addressee between two clauses": (
        "The deal is dead, Kovac told the daily by telephone on Friday, and nobody will revive it.",
        [("Kovac", "told", ["The deal is dead", "nobody will revive it"])],
    ),
    "a quotation at the end keeps its mark": (
        "Kovac said the launch was “a reckless provocation”.",
        [("Kovac", "said", ["the launch was “a reckless provocation”"])],
    ),
    "dateline before the subject": (
        "VIENNA, Austria (Agency) - The envoy said the talks had failed.",
        [("The envoy", "said", ["the talks had failed"])],
    ),
    "cue within a clause": (
        "The campaign, the envoy says, is a waste of money.",
        [("the envoy", "says", ["The campaign", "is a waste of money"])],
    ),
    "speaker goes on with a second cue": (
        "Kovac said the bridge was safe, adding that the road was not.",
        [("Kovac", "said", ["the bridge was safe"]), ("Kovac", "adding", ["the road was not"])],
    ),
    "not said": ("The ministry did not say whether the envoy would return.", []),
    "declined to say": ("The ministry declined to say whether the envoy would return.", []),
    "not yet said": ("The premier will announce the names next week.", []),
    "an event does not speak": ("The incident underscored the need for better radar.", []),
    "a person welcomed is a visit": ("The president welcomed the chancellor Anna Weber at the airport.", []),
    "a name in marks is no utterance": ('"Proximity talks" between the two camps adjourned last month.', []),
}


@pytest.mark.parametrize("name", CASES)
def test_attribution(name: str, nlp: Language) -> None:
    text, expected = CASES[name]
    assert attributions(text, nlp) == expected


def by_content(text: str, nlp: Language) -> dict[str, Attribution]:
    found = find_attributions(draft_of(text, nlp))
    return {text[one.content_chars[0][0] :][:12]: one for one in found}


def test_quotation_over_paragraphs_continues_its_speaker(nlp: Language) -> None:
    text = "“We are patient,” the envoy said.\n\n“But our patience has an end. Everybody should know that.”"
    found = by_content(text, nlp)
    assert found["But our pati"].continues == found["We are patie"].source
    assert found["But our pati"].source is None


def test_quotation_after_reported_speech_is_the_same_speakers(nlp: Language) -> None:
    text = "The talks had failed, the envoy said.\n\n“They never answered a single letter of ours.”"
    found = by_content(text, nlp)
    assert found["They never a"].continues == found["The talks ha"].source


def test_quotation_far_from_any_cue_has_no_speaker(nlp: Language) -> None:
    text = "The talks had failed, the envoy said.\n\nThe hall is cold.\n\nIt rained all day.\n\n“No more of this.”"
    assert "No more of t" not in by_content(text, nlp)


def test_thought_is_an_attribution_but_no_statement(nlp: Language) -> None:
    draft = draft_of("The general believes the city will fall within days.", nlp)
    assert [found.sense for found in find_attributions(draft)] == ["thought"]
    Says()(draft)
    assert draft.statements == []


def test_said_within_a_quotation_is_no_statement_of_its_own(nlp: Language) -> None:
    draft = draft_of('"Their envoy says the deal is dead," the premier told parliament.', nlp)
    Says()(draft)
    assert len(draft.statements) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The deal is dead,” the premier said.", "direct"),
        ("The premier said the deal was dead.", "indirect"),
        ("The premier said the deal was “dead and buried”.", "mixed"),
    ],
)
def test_kind(text: str, kind: str, nlp: Language) -> None:
    assert [found.kind for found in find_attributions(draft_of(text, nlp))] == [kind]


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The ministry said in a statement that the envoy had left.", "statement"),
        ("“The envoy has left,” the minister tweeted.", "tweet"),
        ("The minister told a news conference that the envoy had left.", "press-conference"),
        ("In a letter to the council, the minister wrote that the envoy had left.", "letter"),
        ("The minister said after the interview that the envoy had left.", ""),
    ],
)
def test_medium(text: str, medium: str, nlp: Language) -> None:
    assert find_attributions(draft_of(text, nlp))[0].medium == medium


def with_actors(draft: Draft, *names: str) -> Draft:
    """Plays the part of ``Who``: each name is an actor with its mentions."""
    for name in names:
        draft.actors.append(DraftActor(name, "person"))
        start = draft.report.text.find(name)
        while start >= 0:
            span = draft.doc.char_span(start, start + len(name), alignment_mode="expand")
            draft.mentions.append(Mention(span.start, span.end, span.root.i, [len(draft.actors) - 1]))
            start = draft.report.text.find(name, start + 1)
    draft.mention_at = {mention.root: mention for mention in draft.mentions}
    return draft


def test_speaker_and_addressee_are_actors(nlp: Language) -> None:
    draft = with_actors(draft_of("Hungary urged Serbia to reopen the bridge.", nlp), "Hungary", "Serbia")
    Says()(draft)
    (statement,) = draft.statements
    assert (statement.speaker, statement.to) == (0, [1])


def test_a_name_in_apposition_is_the_speaker(nlp: Language) -> None:
    text = "“Trade is good,” added the head of the chamber of commerce, Oyuna Dorj."
    draft = with_actors(draft_of(text, nlp), "the head", "Oyuna Dorj")
    Says()(draft)
    assert [draft.actors[statement.speaker or 0].name for statement in draft.statements] == ["Oyuna Dorj"]


def test_a_spokesman_is_not_whom_he_speaks_for(nlp: Language) -> None:
    text = "A spokesman for the country's leader, Viktor Orban, said the bridge was safe."
    draft = with_actors(draft_of(text, nlp), "A spokesman", "Viktor Orban")
    Says()(draft)
    assert [statement.speaker for statement in draft.statements] == [0]


def test_interrupted_quotation_gives_two_statements(nlp: Language) -> None:
    text = "“We want peace,” Kovac said. “We are ready for war.”"
    draft = with_actors(draft_of(text, nlp), "Kovac")
    Says()(draft)
    assert [(one.speaker, one.content_chars) for one in draft.statements] == [(0, [(1, 14)]), (0, [(30, 51)])]


def test_a_report_speaks_for_whom_it_belongs_to(nlp: Language) -> None:
    text = "A report by Amnesty said the prison was full.\n\nThe report said guards had been absent."
    draft = with_actors(draft_of(text, nlp), "Amnesty")
    Says()(draft)
    assert [statement.speaker for statement in draft.statements] == [0, 0]


def test_medium_is_carried_to_the_same_speakers_next_words(nlp: Language) -> None:
    text = "Kovac said in a speech that the bridge was safe. Meyer said it was not. Kovac said it would open in May."
    draft = with_actors(draft_of(text, nlp), "Kovac", "Meyer")
    Says()(draft)
    assert [statement.medium for statement in draft.statements] == ["speech", "", "speech"]


def test_speech_with_the_speakers_name_before_it_is_one_statement(nlp: Language) -> None:
    speech = "Dear friends, I thank you for coming. I said that we would win. We have won, and I am proud of you all."
    draft = with_actors(draft_of(f"Marta Kovac: {speech}", nlp, title="Address to veterans"), "Marta Kovac")
    Says()(draft)
    (statement,) = draft.statements
    assert (statement.speaker, statement.medium) == (0, "speech")
    assert draft.report.text[slice(*statement.content_chars[0])] == speech


def test_cue_of_the_record_tells_the_medium(nlp: Language) -> None:
    draft = draft_of("The ministry said in a statement that the envoy had left.", nlp)
    Says()(draft)
    cue = draft.statements[0].cue
    assert cue is not None and draft.span(*cue).text == "said in a statement"


@pytest.mark.parametrize("text", ["", '"', "said", "According to", "He said:", "“We are", "X said that", "“A.” “B.” said", "Name: "])
def test_scraps_are_no_error(text: str, nlp: Language) -> None:
    draft = draft_of(text, nlp)
    Says()(draft)
    assert all(text[start:end].strip() for one in draft.statements for start, end in one.content_chars)


def test_word_lists_are_well_formed() -> None:
    codes = {
        "clause", "quote", "to", "ing", "obj", "thing", "as", "small", "person",
        "for", "of", "on", "against", "about", "over", "at", "with", "in", "to_n",
    }  # fmt: skip
    cues = [cue for found in verbs().values() for cue in found] + list(nouns().values())
    assert [cue.lemma for cue in cues if not cue.grammar <= codes or not cue.grammar] == []
    assert {cue.sense for cue in cues} == {"speech", "act", "thought", "evidence"}
    assert set(frames().values()) == {"speaks", "silent"}
    assert len(speakers()) > 200 and len(media()) > 50 and "need" in topics()
