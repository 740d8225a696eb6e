"""Plain text files: encodings and heads."""

from __future__ import annotations

import pytest

from dragoman.errors import InputError
from dragoman.reading.decode import decode
from dragoman.reading.text import head, iso_date, read_text

SENTENCE = "Niinistö met Johnson — in “Helsinki”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_told_by_its_mark(encoding):
    assert decode(SENTENCE.encode(encoding), "f") == SENTENCE


def test_big_endian_utf16():
    assert decode(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "f") == SENTENCE


def test_the_offset_of_a_wrong_byte_counts_from_the_files_beginning():
    with pytest.raises(InputError, match="byte 0x97 at byte 6"):
        decode(b"\xef\xbb\xbfab \x97 c", "f")


def test_line_ends_stay_as_they_are():
    report = read_text(b"one.\r\ntwo.\rthree.\n", "r", "f")
    assert report.text == "one.\r\ntwo.\rthree.\n"


@pytest.mark.parametrize(
    ("text", "published", "agency"),
    [
        ("date 2021-04-07\nText.", "2021-04-07", ""),
        (" date 2021-04-07 ISLAMABAD: Text.", "2021-04-07", ""),
        ("DATE: 2021-04-07\n\nKYIV (Agency) - Text.", "2021-04-07", "Agency"),
        ("KYIV, March 3, 2022 (Agency) — Text.", "2022-03-03", "Agency"),
        ("KYIV, 3 Sept. 2022 - Text.", "2022-09-03", ""),
        ("GENEVA (Wire News) -- Text.", "", "Wire News"),
        ("PORT-AU-PRINCE, Haiti, Jan. 2, 2020: Text.", "2020-01-02", ""),
        ("WASHINGTON/BEIJING, May 5 (Agency) - Text.", "", "Agency"),
        ("date 2021-02-30\nText.", "", ""),  # no such day
        ("The date 2021-04-07 was agreed.", "", ""),
        ("NATO said on March 3, 2022 that it would act.", "", ""),
        ("Kyiv, March 3, 2022 - a letter.", "", ""),
    ],
)
def test_heads(text, published, agency):
    found = head(text)
    assert (found.published, found.agency) == (published, agency)


def test_a_date_given_overrides_and_a_year_completes():
    data = b"KYIV, March 3 (Agency) - Text."
    assert read_text(data, "r", "f").published == ""
    assert read_text(data, "r", "f", "2022").published == "2022-03-03"
    assert read_text(data, "r", "f", "2020-01-02").published == "2020-01-02"
    assert read_text(b"date 2021-04-07\nText.", "r", "f", "2022").published == "2021-04-07"
    assert read_text(b"Text.", "r", "f", "2022").published == ""
    assert read_text(b"KYIV, Feb. 29 - Text.", "r", "f", "2022").published == ""


def test_an_agency_at_the_end():
    assert read_text(b"They met again. (Agency)\n", "r", "f").publisher == "Agency"
    assert read_text(b"They met again (for an hour)", "r", "f").publisher == ""


@pytest.mark.parametrize("given", ["2021-04-07", "2021-04-07T10:00:00Z", "2021-04-07 10:00"])
def test_time_stamps_begin_with_their_date(given):
    assert iso_date(given, "f", "published") == "2021-04-07"


@pytest.mark.parametrize("given", ["2021-4-7", "7 April 2021", "2021-04-31", "2021-04-077", "20210407"])
def test_other_dates_are_refused(given):
    with pytest.raises(InputError, match="2021-04-07"):
        iso_date(given, "f", "published")
