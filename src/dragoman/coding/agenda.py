"""What was talked about: the topics of a sentence, as short noun phrases of the report.

A topic stands behind a word of discussing ("reviewed trade", "talks on trade"; ``cues/engagements.csv``). Coordinated topics
count one by one, and a hollow noun ("the field of", "issues including") stands for what follows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from spacy.tokens import Token

from dragoman.knowledge.tables import read_table

CUES = files("dragoman.coding") / "cues"
LONGEST = 90  # characters; a longer stretch is a clause, not a topic
INNER = frozenset({"of", "in", "on", "including", "across", "around", "about", "regarding", "concerning", "for"})
# prepositions that go on with a topic
PHRASE = frozenset({"of", "in", "with", "between", "for", "on", "to", "over", "from", "against", "at", "around", "towards", "toward",
                    "along", "among", "within", "inside", "across", "near"})  # fmt: skip
DROPPED = frozenset({"a", "an", "their", "its", "his", "her", "our", "various", "several", "some", "other", "these", "those", "such"})
PARTS = ("amod", "compound", "poss", "nmod", "det", "nummod", "case")


class Topics:
    """The words of discussing and the hollow nouns, by lemma, as ``cues/engagements.csv`` lists them."""

    def __init__(self) -> None:
        self.ways: dict[str, set[str]] = {}
        self.hollow: set[str] = set()
        self.vague: set[str] = set()
        self.empty: set[str] = set()
        for row in read_table(CUES / "engagements.csv", ("word", "role", "value", "example")):
            if row["role"] == "topic":
                self.ways.setdefault(row["word"], set()).add(row["value"])
            elif row["role"] == "hollow":
                self.hollow.add(row["word"])
            elif row["role"] == "vague":
                self.vague.add(row["word"])
            elif row["role"] == "empty":
                self.empty.add(row["word"])

    def behind(self, word: Token) -> Iterator[Token]:
        """The nouns that head what is discussed, if ``word`` is a word of discussing."""
        ways = self.ways.get(word.lemma_.lower(), set())
        hollow_object = False
        for child in word.children:
            if "object" in ways and self._is_object(word, child):
                hollow_object = hollow_object or child.lemma_.lower() in self.hollow
                yield from self.unfold(child)
            elif "object" in ways and child.dep_ == "conj" and child.pos_ == "NOUN" and child.i > word.i:
                yield from self.unfold(child)  # where the parser coordinates a distant object with the verb
            elif child.dep_ == "prep" and (
                child.lower_ in ways
                or (ways and child.lower_ == "including")
                or (hollow_object and child.lower_ in INNER)  # "discussed progress in the area of energy"
            ):
                yield from self._objects(child)
        if word.dep_ == "dobj":  # "held talks with the king on trade": the parser often hangs the topic on the verb
            for child in word.head.children:
                if child.dep_ == "prep" and child.lower_ in ways and child.i > word.i:
                    yield from self._objects(child)

    def _is_object(self, word: Token, child: Token) -> bool:
        return child.dep_ == "dobj" or (child.dep_ == "nsubjpass" and word.pos_ == "VERB")

    def _objects(self, preposition: Token) -> Iterator[Token]:
        for noun in preposition.children:
            if noun.dep_ == "pobj":
                yield from self.unfold(noun)
            elif noun.dep_ == "pcomp":  # "talks on ending the war"
                yield from (topic for child in noun.children if child.dep_ == "dobj" for topic in self.unfold(child))

    def unfold(self, noun: Token) -> Iterator[Token]:
        """Coordinated topics one by one; for a hollow noun what it stands for."""
        inner = list(self._inner(noun))
        if not self._is_hollow(noun) and noun.pos_ in ("NOUN", "PROPN"):
            yield noun
        yield from inner
        for child in noun.children:
            if child.dep_ == "conj" and not joined(noun):
                yield from self.unfold(child)
            elif child.dep_ == "prep":  # "the situation in Mali, drought and trade": coordinated with the name by the parser
                for name in child.children:
                    if name.dep_ == "pobj" and name.pos_ == "PROPN":
                        yield from (t for c in name.children if c.dep_ == "conj" and c.pos_ == "NOUN" for t in self.unfold(c))

    def _inner(self, noun: Token) -> Iterator[Token]:
        hollow = noun.lemma_.lower() in self.hollow
        for child in noun.children:
            if child.dep_ == "prep" and (child.lower_ == "including" or (hollow and child.lower_ in INNER)):
                yield from self._objects(child)
            elif hollow and child.dep_ in ("acl", "relcl") and child.pos_ == "VERB":  # "ways to expand trade"
                yield from (topic for word in child.children if word.dep_ == "dobj" for topic in self.unfold(word))

    def _is_hollow(self, noun: Token) -> bool:
        lemma = noun.lemma_.lower()
        if noun.ent_type_ in ("DATE", "TIME") or lemma in self.empty or not any(c.isalpha() for c in noun.text):
            return True
        if lemma in self.vague and any(child.dep_ in ("prep", "acl", "relcl") for child in noun.rights):
            return False
        if lemma not in self.hollow | self.vague:
            return False
        return not any(self._names(child) for child in noun.lefts)  # "the Kashmir issue" is a topic, "several issues" is not

    def _names(self, modifier: Token) -> bool:
        """Whether a word before a hollow noun says what it is about; "larger", "latest" and "bilateral" do not."""
        return (
            modifier.dep_ in ("compound", "amod", "nmod", "poss")
            and modifier.pos_ != "PRON"
            and modifier.tag_ not in ("JJR", "JJS", "PRP$")
            and modifier.lemma_.lower() not in self.empty
        )


def joined(noun: Token) -> Token | None:
    """The second of two bare nouns that one phrase qualifies: "stability" in "peace and stability in Mali"."""
    second = next((child for child in noun.children if child.dep_ == "conj"), None)
    if second is None or second.i != noun.i + 2 or noun.doc[noun.i + 1].lower_ != "and":
        return None
    if second.pos_ != "NOUN" or not (_has_phrase(second) or _has_phrase(noun, second.i + 1)):
        return None
    return second


def _has_phrase(noun: Token, at: int | None = None) -> bool:
    start = noun.i + 1 if at is None else at
    return any(child.dep_ == "prep" and child.i == start and child.lower_ in PHRASE for child in noun.children)


def span_of(noun: Token) -> tuple[int, int] | None:
    """The characters of a topic: its modifiers and the phrases behind it, cut before coordination and clauses."""
    doc = noun.doc
    second = joined(noun)
    start = min([noun.i, *(child.left_edge.i for child in noun.lefts if child.dep_ in PARTS)])
    end = (second or noun).i + 1
    for head in (noun, second):
        for child in head.rights if head is not None else ():
            infinitive = child.dep_ == "acl" and child.left_edge.lower_ == "to"
            if child.left_edge.i == end and (infinitive or (child.dep_ == "prep" and child.lower_ in PHRASE)):
                end = _phrase_end(child)
    start, end = _hyphens(noun, start, end)
    while start < noun.i and doc[start].lower_ in DROPPED:
        start += 1
    first = doc[start].idx - (start > 0 and doc[start - 1].text == "#")
    last = doc[end - 1].idx + len(doc[end - 1])
    text = doc[start:end].text
    return None if len(text) > LONGEST or "\n" in text or not any(c.isalpha() for c in text) else (first, last)


def _phrase_end(head: Token) -> int:
    """The token behind a prepositional phrase or an infinitive; two coordinated names ("Jammu and Kashmir") stay together."""
    for token in head.subtree:
        if token.i <= head.i:
            continue
        if token.dep_ in ("relcl", "acl", "punct") and token.text not in ("-", "’s", "'s"):
            return token.left_edge.i if token.dep_ != "punct" else token.i
        if token.dep_ == "prep" and token.lower_ not in PHRASE:
            return token.i
        if token.dep_ == "cc" and not _names(token):
            return token.i
    return head.right_edge.i + 1


def _names(conjunction: Token) -> bool:
    """Whether the words on both sides are names."""
    doc, i = conjunction.doc, conjunction.i
    return i + 1 < len(doc) and doc[i - 1].pos_ == "PROPN" and doc[i + 1].pos_ == "PROPN"


def _hyphens(noun: Token, start: int, end: int) -> tuple[int, int]:
    """The stretch widened over words that hyphens join to it, whatever the parser makes of them ("counter-terrorism")."""
    doc = noun.doc
    while start >= 2 and doc[start - 1].text in ("-", "–") and not doc[start - 1].whitespace_ and not doc[start - 2].whitespace_:
        start -= 2
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2
    return start, end
