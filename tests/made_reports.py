"""Reports made up for tests and benchmarks: sentences of news in which states, persons and places take turns.

Deterministic: the same number gives the same report. No sentence is of anybody else; the happenings are invented.
"""

from __future__ import annotations

from collections.abc import Iterator

STATES = (
    "Russia", "Pakistan", "France", "Turkey", "Iran", "Egypt", "Brazil", "Japan", "Kenya", "Ukraine", "Serbia", "Peru", "Norway", "India",
)  # fmt: skip
ADJECTIVES = (
    "Russian", "Pakistani", "French", "Turkish", "Iranian", "Egyptian", "Brazilian", "Japanese", "Kenyan", "Ukrainian", "Serbian",
    "Peruvian", "Norwegian", "Indian",
)  # fmt: skip
CITIES = ("Moscow", "Lahore", "Paris", "Ankara", "Tehran", "Cairo", "Recife", "Osaka", "Nairobi", "Odesa", "Novi Sad", "Lima", "Oslo")
FIRST = ("Anna", "Viktor", "Leila", "Omar", "Ingrid", "Pedro", "Yuki", "Grace", "Dragan", "Priya", "Ahmed")
LAST = (
    "Kovac", "Sorensen", "Haddad", "Mbeki", "Tanaka", "Ivanchuk", "Moreau", "Quispe", "Rahimi", "Yildiz", "Okafor", "Petrovic", "Castellan",
    "Nandakumar", "Bergqvist", "Dimitrov", "Farouk",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SENTENCES = (
    "{adj} Foreign Minister {name} met {adj2} President {name2} in {city} on {day} and agreed to open two new consulates.",
    "“We will not give way to threats from {state2},” {last} told reporters after the talks.",
    "{state2} accused {state} of sending weapons to rebels near {city}, an accusation that the {adj} government rejected.",
    "Soldiers of the {adj} army shelled a village outside {city} on {day}, killing {n} civilians, officials said.",
    "The two ministers discussed trade, energy and the return of refugees, according to a statement from the ministry.",
    "Police in {city} arrested {n} protesters who had blocked a road to the port.",
    "{last} said that his country would send {n} tons of food to {state2} if the ceasefire held.",
    "“The border,” she said, “stays shut until {day}.”",
    "Last year {state} imposed sanctions on three {adj2} banks and expelled {n} diplomats.",
    "{name2} is expected to visit {city} next week for talks with his {adj} counterpart.",
    "A spokesman for the {adj2} opposition urged {state} to release the journalists held since 2019.",
    "The United Nations condemned the raid and called on both sides to withdraw their troops.",
)
PARAGRAPH = 3  # sentences


def sentences(number: int = 0) -> Iterator[str]:
    """Sentences without end; ``number`` tells where in the cycles they begin."""
    i = number
    while True:
        values = {
            "state": STATES[i % 14], "adj": ADJECTIVES[i % 14], "state2": STATES[(i // 3 + 5) % 14],
            "adj2": ADJECTIVES[(i // 3 + 5) % 14], "city": CITIES[i % 13], "day": DAYS[i % 5], "n": str(i % 89 + 2),
            "name": f"{FIRST[i % 11]} {LAST[i % 17]}", "last": LAST[i % 17], "name2": f"{FIRST[(i + 4) % 11]} {LAST[(i // 2 + 7) % 17]}",
        }  # fmt: skip
        yield SENTENCES[i % len(SENTENCES)].format(**values)
        i += 1


def report_of(words: int, number: int = 0) -> str:
    """A report of about so many words, never fewer."""
    return _made(number, lambda text: len(text.split()), words)


def text_of(characters: int, number: int = 0) -> str:
    """A text of about so many characters, never fewer."""
    return _made(number, len, characters)


def _made(number: int, measure, wanted: int) -> str:  # type: ignore[no-untyped-def]
    lines, size = [], 0
    made = sentences(number)
    while size < wanted:
        lines.append(" ".join(next(made) for _ in range(PARAGRAPH)))
        size += measure(lines[-1])
    return f"{CITIES[number % 13].upper()}: " + "\n\n".join(lines) + "\n"
