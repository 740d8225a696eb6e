"""Which language a report is written in (py3langid: character sequences, 97 languages, no network).

Names mislead it: a sentence of English about Andrés Manuel López Obrador passes for Catalan. So capitalized words are
left out, and another language than English must beat English by a margin.
"""

from __future__ import annotations

ENGLISH = "en"
SAMPLE = 2000  # characters looked at; more changes nothing
SHORTEST = 20  # characters; below this the answer is a guess
# in py3langid's log-probability; short sentences of Spanish, French, German, Italian reach 37 to 81, English ones with
# foreign names stay below 10 once capitalized words are out
MARGIN = 15.0


def detect(text: str, title: str = "") -> str:
    """The ISO 639-1 code of the language of a report; empty where there is too little text to tell."""
    sample = f"{title}\n{text}".strip()[:SAMPLE]
    if len(sample) <= SHORTEST:
        return ""
    plain = _without_names(sample)
    if len(plain) <= SHORTEST:
        if _mostly_ascii(sample):  # Latin letters, and hardly a word that is no name
            return ""
        plain = sample
    from py3langid import rank  # loads its model: not before it is needed

    ranked = rank(plain)
    best, score = ranked[0]
    english = next(value for name, value in ranked if name == ENGLISH)
    return str(best) if score - english > MARGIN else ENGLISH


def _without_names(sample: str) -> str:
    return " ".join(word for word in sample.split() if not word.lstrip("“\"'‘(¿¡«„").istitle())


def _mostly_ascii(sample: str) -> bool:
    return sum(character.isascii() for character in sample) * 2 > len(sample)
