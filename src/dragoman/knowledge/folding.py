"""One key for the spellings of one name: "Zelensky", "Zelenskyy", "Zelenskiy"; "Gaddafi", "Qaddafi", "Kadafi".

Papers write names of other scripts by ear or by one of many standards (BGN/PCGN, ALA-LC, Wade-Giles, pinyin, the French and German
habits). The key keeps what the standards agree on: the order of consonants in broad classes and vowels in three (a and e, i and y,
o and u). It is coarse on purpose: it proposes, and ``alike`` or the other words of a full name decide. Given names that differ more
("Vladimir" and "Volodymyr") stand in ``data/spellings.csv``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from dragoman.knowledge.base import plain
from dragoman.knowledge.tables import DATA, read_table

# in this order; C is the affricate of "ch", "j", "zh" (the standards cross them: Zhou and Chou, Javad and Djavad)
RULES = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"[^a-z]", ""),
        (r"^abd[aeou]l(?=.{3})", "abd"),  # Abdul, Abdel, Abdal: the article is no part of the name
        (r"(?:iy|yy|ij|ii|yj|ey|ei|y|j)$", "i"),  # Sergey, Sergei, Sergej; Zelensky, Zelenskyy, Zelenskiy
        (r"shch|schtsch|tsch|tch|cz|ch", "C"),
        (r"sch|sh|sz|hs|^x", "s"),  # Hsiao and Xiao
        (r"dzh|dsch|dj|zh|j", "C"),
        (r"kh|gh|ck|q|g", "k"),  # Khatami and Hatami differ in the books, Gaddafi and Qaddafi in the papers
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"ph", "f"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"w", "v"),
        (r"ts|tz|zz", "z"),
        (r"ee", "i"),
        (r"eo|oe", "o"),  # Jeong and Jong, Goering
        (r"eu|ue", "u"),
        (r"ae", "a"),
        (r"[ae]", "a"),
        (r"[iy]", "i"),
        (r"[ou]", "u"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[au])i(?=[au])|i(?=[au])", ""),  # Tokayev and Tokaev, Yeltsin and Eltsin, Medvedyev
        (r"(?<=[aiu])h$", ""),  # Abdullah and Abdulla
        (r"(.)\1+", r"\1"),
    )
)
ALIKE = 0.7  # least share of letters that two spellings of a surname by itself have in common: Qaddafi and Gadhafi, not Shell and Sall


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """The key of one word of a name."""
    key = plain(word).lower()
    for pattern, replacement in RULES:
        key = pattern.sub(replacement, key)
    return key


@lru_cache(maxsize=65536)
def folded_given(word: str) -> str:
    """The key of one word of a full name, that of the first of its line in ``spellings.csv`` if it stands there."""
    key = folded(word)
    return _spellings().get(key, key)


def alike(one: str, two: str) -> bool:
    """Whether two words of one key are near enough to be one surname by themselves: the share of letters that stay."""
    return OSA.normalized_similarity(one, two) >= ALIKE


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_table(DATA / "spellings.csv", ("name", "spellings")):
        first = found.get(folded(row["name"]), folded(row["name"]))
        for spelling in (row["name"], *row.items("spellings")):
            found.setdefault(folded(spelling), first)
    return found
