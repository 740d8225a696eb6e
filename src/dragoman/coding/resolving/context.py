"""What the text around a mention tells of it: the full name behind a surname, the long form of an acronym, the countries named."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from dragoman.coding.names import initials
from dragoman.coding.resolving.mention_words import PARTICLES, MentionReader

READ = 20_000  # characters of the context that are read for names
WORD = re.compile(r"[^\W\d_][\w.’'\-]*", re.UNICODE)
SENTENCE_END = re.compile(r"[.!?]['\"”’]?\s")


class Context:
    """A text in which a mention stands, or a word or two on what it is about ("Somalia")."""

    def __init__(self, text: str, mention: str, reader: MentionReader) -> None:
        self.text, self.mention, self.reader = text[:READ], mention, reader

    @cached_property
    def countries(self) -> Counter[str]:
        """How often each country is named, by name, capital or nationality, the mention itself left out."""
        rest = self.text.replace(self.mention, " ") if len(self.mention) < len(self.text) else self.text
        found: Counter[str] = Counter()
        for sentence in SENTENCE_END.split(rest):
            for unit in self.reader.units(sentence):
                states = {entry.country for entry in unit.entries if entry.kind == "country"}
                if unit.country or len(states) == 1:
                    found[unit.country or states.pop()] += 1
        return found

    @property
    def country(self) -> str:
        """The country named most; empty if two are named as often, or none is."""
        most = self.countries.most_common(2)
        return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else ""

    def long_form(self, acronym: str) -> str:
        """What the text says an acronym stands for: "the Farmers' Union (FU)", "the FU (Farmers' Union)"; empty if it says nothing."""
        if not (acronym.isupper() and acronym.isascii() and " " not in acronym and len(acronym) > 1):
            return ""
        name = re.escape(acronym)
        if (behind := re.search(rf"\b{name}\s*\(([^)]{{6,120}})\)", self.text)) is not None:
            return behind[1].strip("\"'“”").removeprefix("the ")
        bracket = re.search(rf"([^.;:()\n]{{6,120}})\(\s*(?:the\s+)?[\"'“]?{name}[\"'”]?\s*\)", self.text)
        return _spelled_by(acronym, bracket[1].split()) if bracket is not None else ""

    def full_name(self, surname: str) -> str:
        """The longest name in the text that ends with a word and does not begin a sentence by chance; empty if there is none."""
        word = re.escape(surname)
        run = rf"(?:(?:[A-Z][\w.’'\-]*|{'|'.join(sorted(PARTICLES))})\s+){{1,4}}{word}\b(?![\w\-])"
        names = [_without_titles(match[0], self.reader) for match in re.finditer(run, self.text)]
        return max((name for name in names if name.count(" ") and name != self.mention), key=len, default="")


def _spelled_by(acronym: str, words: list[str]) -> str:
    """The last words whose initials are the acronym, small words passed over: the longest such run."""
    for start in range(max(0, len(words) - len(acronym) - 5), len(words)):
        long = " ".join(words[start:]).strip("\"'“”,")
        capitals = "".join(part[0] for part in re.split(r"[\s\-]+", long) if part[:1].isupper())
        if long[:1].isupper() and acronym in (capitals, *initials(long)):
            return long
    return ""


def _without_titles(name: str, reader: MentionReader) -> str:
    """A run of capitalised words without the titles and nationalities in front."""
    words = name.split()
    while len(words) > 1:
        units = reader.units(" ".join(words))
        first = units[0]
        if (
            first.kind in ("generic", "nation", "former")
            or words[0].lower() in PARTICLES
            or (words[0] in ("The", "A", "But", "And", "When"))
        ):
            words = words[len(first.text.split()) :]
        else:
            break
    return " ".join(words)
