"""Tiny dumps of our own in the forms of Wikidata and GeoNames: people and places that do not exist."""

from __future__ import annotations

import json
from typing import Any


def place_row(
    number: int, name: str, *, others: str = "", point: tuple[float, float] = (34.5, 73.1), code: str = "P PPL", country: str = "PK",
    admin1: str = "03", people: int = 0,
) -> str:  # fmt: skip
    feature_class, feature = code.split()
    plain = name.encode("ascii", "ignore").decode()
    fields = [
        number, name, plain, others, *point, feature_class, feature, country, "", admin1, "", "", "", people, "", 900, "Asia/Karachi",
        "2020-01-01",
    ]  # fmt: skip
    return "\t".join(map(str, fields))


GEONAMES = "\n".join(
    [
        place_row(1, "Khyberwestan", code="A ADM1"),
        place_row(2, "Zerghunkot", others="Zarghun Kot,زرغون کوٹ,Зергункот", people=1200),
        place_row(3, "Zerghunkot", country="AF", admin1="11", point=(33.0, 69.0), people=90),
        place_row(4, "Zerghunkot Bazaar", code="S MKT"),
        place_row(5, "Zerghunkot Valley", code="T VAL"),
        place_row(6, "Lower Zerghun District", code="A ADM2"),
        place_row(7, "Nomansplace", country="", admin1=""),
    ]
)


def item(identifier: str, label: str = "", aliases: tuple[str, ...] = (), **claims: list[dict[str, Any]]) -> dict[str, Any]:
    labels = {"en": {"language": "en", "value": label}} if label else {"de": {"language": "de", "value": "ohne"}}
    spelt = {"en": [{"language": "en", "value": alias} for alias in aliases]} if aliases else {}
    return {"type": "item", "id": identifier, "labels": labels, "aliases": spelt, "claims": claims}


def to(target: str, rank: str = "normal", **qualifiers: tuple[str, int]) -> dict[str, Any]:
    """A statement that points at an item, with times as qualifiers."""
    times = {
        name: [{"datavalue": {"type": "time", "value": {"time": time, "precision": precision}}}]
        for name, (time, precision) in qualifiers.items()
    }
    return {"mainsnak": {"datavalue": {"type": "wikibase-entityid", "value": {"id": target}}}, "rank": rank, "qualifiers": times}


def string(text: str) -> dict[str, Any]:
    return {"mainsnak": {"datavalue": {"type": "string", "value": text}}, "rank": "normal"}


def day(time: str, precision: int = 11) -> tuple[str, int]:
    return f"+{time}T00:00:00Z", precision


def died(time: str) -> dict[str, Any]:
    return {"mainsnak": {"datavalue": {"value": {"time": f"+{time}T00:00:00Z", "precision": 11}}}, "rank": "normal"}


HUMAN = [to("Q5")]
WIKIDATA = [
    item("Q20", "Norway", P298=[string("NOR")]),
    item("Q1", "Greta Ahlstrom", ("G. Ahlstrom",), P31=HUMAN, P27=[to("Q20")],
         P39=[to("Q100", P580=day("2021-10-14"), P582=day("2025-02-00", 10)), to("Q101", P580=day("2013-00-00", 9))]),
    item("Q2", "Ola Berg", P31=HUMAN, P27=[to("Q20")], P570=[died("2019-05-05")],
         P39=[to("Q102", P580=day("2010-01-01")), to("Q103", P580=day("2011-01-01")), to("Q104", P580=day("2012-01-01"))]),
    item("Q3", "Old Berg", P31=HUMAN, P27=[to("Q20")], P39=[to("Q100", P580=day("1950-01-01"), P582=day("1955-01-01"))]),
    item("Q4", "Undated Berg", P31=HUMAN, P27=[to("Q20")], P39=[to("Q100")]),
    item("Q6", "Wrong Berg", P31=HUMAN, P27=[to("Q20")],
         P39=[to("Q100", "deprecated", P580=day("2020-01-01")), to("Q100", P580=day("2020-01-01"), P582=day("2019-01-01"))]),
    item("Q7", "A Ship", P31=[to("Q11446")], P39=[to("Q100", P580=day("2020-01-01"))]),
    item("Q8", P31=HUMAN, P39=[to("Q100", P580=day("2020-01-01"))]),
    item("Q100", "Minister of Foreign Affairs of Norway", P1001=[to("Q20")]),
    item("Q101", "member of the Storting", P17=[to("Q20")]),
    item("Q102", "premier of Westland", P1001=[to("Q900")], P17=[to("Q20")]),
    item("Q103", "archbishop of Oslo", P17=[to("Q20")]),
    item("Q104", "club treasurer"),
]  # fmt: skip


def dumped(entities: list[dict[str, Any]]) -> bytes:
    """As Wikidata writes it: an array, an entity a line."""
    return b"[\n" + b",\n".join(json.dumps(entity).encode() for entity in entities) + b"\n]\n"
