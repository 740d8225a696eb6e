"""Which language a report is in."""

from __future__ import annotations

import pytest

from dragoman.reading.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The president arrived in the capital on Tuesday for two days of talks.", "en"),
        ("El presidente llegó a Madrid el martes.", "es"),
        ("Le ministre a rencontré son homologue russe à Paris.", "fr"),
        ("Der Außenminister traf am Montag in Berlin ein und sprach dort über die Lage.", "de"),
        ("Президент прибыл в Москву.", "ru"),
        ("وصل وزير الخارجية إلى المدينة يوم الثلاثاء في زيارة رسمية", "ar"),
        ("外交部长周二抵达首都访问两天并会见了总统和其他官员。", "zh"),
    ],
)
def test_languages_by_a_sentence(text, language):
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Andrés Manuel López Obrador, the president of Mexico, stood by his plans for the border on Friday.",
        "Viktor Orbán hosted Robert Fico in Székesfehérvár for talks on energy and on the budget.",
        "Recep Tayyip Erdoğan called Ilham Aliyev to congratulate him on the agreement.",
    ],
)
def test_foreign_names_leave_english_english(text):
    assert detect(text) == "en"


def test_names_alone_and_a_few_characters_tell_nothing():
    assert detect("Hun Sen met Xi Jinping in Phnom Penh.") == ""
    assert detect("Gunmen fled.") == ""
    assert detect("Der Außenminister traf am Montag ein.") == ""  # German nouns look like names


def test_the_title_counts():
    assert detect("Paris.", "Le ministre a rencontré son homologue russe à Paris lundi") == "fr"
