"""Who acts: names that are one actor, country and sector, and what pronouns and descriptions stand for.

The words in question stand in [brackets], which are taken out before the text is read.
"""

from __future__ import annotations

import datetime
import functools
import re
import time

import pytest

from dragoman.coding.draft import Draft, DraftActor, Mention
from dragoman.coding.parse import parsed_text, prepare
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.where import FindPlaces
from dragoman.coding.who import Who
from dragoman.knowledge import base, gazetteer
from dragoman.model import Report

pipeline = functools.cache(load_pipeline)


@functools.cache
def places() -> FindPlaces:
    return FindPlaces(gazetteer.load())


def read(text: str, published: str = "2021-04-07") -> Draft:
    date = datetime.date.fromisoformat(published)
    draft = prepare(Report(id="r", text=text, published=published), pipeline()(parsed_text(text)), date)
    places()(draft)
    Who(base.load())(draft)
    return draft


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and where the bracketed words stand."""
    spans = [(match.start() - 2 * number, match.end() - 2 * number - 2) for number, match in enumerate(re.finditer(r"\[[^\]]*\]", text))]
    return text.replace("[", "").replace("]", ""), spans


def headed_in(draft: Draft, start: int, end: int) -> Mention | None:
    """The mention whose head is the last of the heads within characters ``start`` to ``end``, modifiers last."""
    inside = [mention for mention in draft.mentions if start <= draft.doc[mention.root].idx < end]
    return max(inside, key=lambda mention: (not mention.adjective, mention.root), default=None)


def meant(text: str, published: str = "2021-04-07") -> list[list[DraftActor]]:
    """The actors of each bracketed phrase of a text."""
    plain, spans = unmarked(text)
    draft = read(plain, published)
    found = [headed_in(draft, *span) for span in spans]
    return [[draft.actors[actor] for actor in mention.actors] if mention else [] for mention in found]


def only(text: str, published: str = "2021-04-07") -> DraftActor:
    ((actor,),) = meant(text, published)
    return actor


SAME = {
    "surname": "[Shah Mahmood Qureshi] flew to Moscow. On Friday [Qureshi] will see the defence minister.",
    "surname in the headline": "[Qureshi] thanks Moscow\n\nForeign Minister [Shah Mahmood Qureshi] thanked Russia for its vaccines.",
    "accents": "President [Recep Tayyip Erdoğan] met the envoy. Later [Erdogan] flew home.",
    "misspelt by one letter swapped": "[Sergey Lavrov] landed in Cairo. Egypt welcomed [Lavorv] at the airport. Lavrov stays until Friday.",
    "first names spelt in two ways": "[Sergei Lavrov] arrived on Monday. [Sergey Lavrov] left on Tuesday.",
    "suffix behind the surname": "[Martin Kellerby Jr.] sued the ministry. A judge heard [Kellerby] on Monday.",
    "Arabic article": "President [Abdel Fattah al-Sisi] opened the canal. Ships saluted as [Sisi] spoke.",
    "Chinese family name first": "[Wang Yi] visited Rome. The talks went well, [Wang] said.",
    "family name He": "The court sentenced [He Zhihua]. Lawyers for [Zhihua] appealed.",
    "alias in the tables": "[Mohammed bin Salman] received the delegation. Critics of [Mohammad bin Salman] stayed away.",
    "title decides between two of one surname": "Bill Clinton and [Hillary Clinton] came. Reporters asked [Mrs. Clinton] about it.",
    "apposition behind the name": "[Hezbollah], [a Shi'ite militant group], denied the report.",
    "apposition before the name": "[The Turkish foreign minister], [Mevlut Cavusoglu], rejected the plan.",
    "ally by name": "Turkey's [ally] [Qatar] sent two planes.",
    "copula": "[Bert Oosterling] is [a police officer] in Utrecht.",
    "acronym in brackets": "The [Kurdistan Freedom Alliance] (KFRA) attacked a post. The [KFRA] said so on Monday.",
    "full name in brackets": "The [OCRE] ([National Farmers Association]) blocked a road in Peru.",
    "acronym from initials": "The [Borneo River Watch Trust] counted dolphins. Officials thanked the [BRWT] on Monday.",
    "description of a named organization": "[Hezbollah] denied the report. [The group] said the arms were old.",
    "company by its trade": "Ministers praised [Huawei] and Interpol. [The company] welcomed that.",
    "office takes up its holder": "[Angela Merkel] landed in Rome. [The German chancellor] praised Italy.",
    "office named before its holder": "[The Turkish president] flew to Athens. There President [Recep Tayyip Erdogan] met Greek lawmakers.",
    "visiting": "ROME, April 7 - Italian Defence Minister Luca Bassani met Defence Minister [Jan Kowalczuk] of Poland. "
    "[The visiting minister] praised Italy.",
    "his counterpart of a country": "Wang Yi of China met [Sergei Lavrov]. Wang told [his Russian counterpart] that trade grows.",
    "his guest": "Tunisian Interior Minister Slim Jaziri met Interior Minister [Luc Perrin] of France. Jaziri asked [his guest] for boats.",
    "she": "Theodor Brandt met [Angela Merkel] on Monday. [She] offered him help.",
    "he is the subject": "[Shah Qureshi] spoke before Sergei Lavrov's arrival. [He] praised the army.",
    "him is never the subject": "[Sergei Lavrov] came to Tehran. Javad Zarif received [him] at the airport.",
    "possessor of the subject behind": "In [his] speech, [Vladimir Putin] praised the army.",
    "it is an organization": "[Amnesty International] published a report on Friday. [It] accused the army of torture.",
    "they are a crowd": "[Protesters] marched in Minsk on Sunday. [They] carried flags.",
    "crowd again": "[Protesters] marched in Minsk. Police dispersed [the protesters] at noon.",
    "actor behind of": "[A group] of [tourists] was abducted in Mali.",
    "bare institution": "The [Swedish Interior Ministry] closed the border. The [Interior Ministry] said it would stay shut.",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_the_bracketed_words_are_one_actor(text: str) -> None:
    one, two = meant(text)
    assert len(one) == len(two) == 1
    assert one[0] is two[0]


OTHER = {
    "two first names": "[Bill Clinton] spoke first. [Hillary Clinton] spoke later.",
    "short names are not misspelt": "[Liu Chang] met the envoy. Then [Lin] left.",
    "a name written twice is not misspelt": "[Omar Karimi] resigned. [Karim] protested. The court freed Karim.",
    "each person without article is another": "[A soldier] died on Monday. [A soldier] died on Tuesday.",
    "crowds of two countries": "[Turkish soldiers] crossed the river. [Greek soldiers] watched them.",
    "an adjective of another sort": "The [U.N.] urged calm. [The main opposition alliance] refused.",
    "modifier is not the head": "[A military appeals court] freed him. [The U.S. military] objected.",
    "negated copula": "[Bert Oosterling] is not [a police officer].",
}


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_the_bracketed_words_are_two_actors(text: str) -> None:
    one, two = meant(text)
    assert len(one) == len(two) == 1
    assert one[0] is not two[0]


COUNTRIES = {
    "nationality": ("[Bulgarian police] searched the office.", "BGR"),
    "possessor": ("[Ukraine's ambassador] to Poland thanked the donors.", "UKR"),
    "of": ("The [president] of Kenya resigned.", "KEN"),
    "place as modifier": ("[Shanghai authorities] closed the port.", "CHN"),
    "capital for a state": ("[Moscow] rejected the claim on Friday.", "RUS"),
    "seat of government": ("The [Kremlin] rejected the claim.", "RUS"),
    "its": ("Israel said [its military] had struck a convoy.", "ISR"),
    "his": ("Vladimir Putin spoke. [His spokesman] took no questions.", "RUS"),
    "title and surname on the day": ("[Prime Minister Ardern] closed the border.", "NZL"),
    "administration named after its head": ("[The Biden administration] imposed sanctions on Belarus.", "USA"),
    "backed by one state, at home in another": ("[Iran-backed militias] shelled a base in Iraq. Iraq protested.", "IRQ"),
    "based": ("[A London-based charity] accused Sudan of torture.", "GBR"),
    "envoy sent by one to another": ("[U.S. Syria envoy Paul Hartigan] flew to Ankara.", "USA"),
    "the South where Korea is": ("North Korea fired a missile. [The South] protested.", "KOR"),
    "nearest country": (
        "In Poland the government fell.\n\nIn Portugal the drought went on. [Farmers] blocked a road there.",
        "PRT",
    ),
    "dateline": ("TUNIS, April 7 - [Police] arrested ten men.", "TUN"),
    "organization's country": ("[A Bundestag spokesman] confirmed the vote.", "DEU"),
    "state of the union": ("ATLANTA, April 7 - [Georgia Governor Dale Whitcomb] met carmakers in Atlanta.", "USA"),
    "two words for one nationality": ("[North Korean leader Kim Jong Un] inspected a farm.", "PRK"),
    "his country": ("Vladimir Putin spoke for an hour. [His country] was at war.", "RUS"),
    "American bodies": ("The U.S. economy grew and Japan's shrank. Japan asked why. Japan asked again. [Congress] was pleased.", "USA"),
    "people": ("[The Portuguese] voted on Sunday.", "PRT"),
}


@pytest.mark.parametrize(("text", "country"), COUNTRIES.values(), ids=COUNTRIES)
def test_countries(text: str, country: str) -> None:
    assert only(text).country == country


NO_COUNTRY = {
    "company": "[A shipping company] sued the port of Rotterdam on Monday.",
    "ally of": "[Iran's allies] met in Damascus.",
    "the world's": "[World leaders] praised Norway for the deal. Norway was pleased.",
    "the holder is unknown": "[President Xanthopol] resigned.",
}


@pytest.mark.parametrize("text", NO_COUNTRY.values(), ids=NO_COUNTRY)
def test_no_country_is_invented(text: str) -> None:
    assert only(text).country == ""


SECTORS = {
    "army's accountant": ("[The army accountant] was arrested.", "MIL"),
    "police spokesman": ("[A police spokesman] confirmed the raid.", "COP"),
    "spokesman for the army": ("[A spokesman] for the Israeli army denied it.", "MIL"),
    "president of a parliament": ("[The president] of the Riigikogu criticised Russia.", "LEG"),
    "member of the upper house": ("[Jaromir Pokorny], a military member of the upper house, objected.", "LEG"),
    "former": ("[Former Polish minister Piotr Zaremba] spoke in Rome.", "ELI"),
    "current and former": ("[Current and former government officials] signed the letter.", "GOV"),
    "past term of office": ("[Hosni Mubarak] left hospital.", "ELI"),
    "minister of a party": ("[Labour minister Jane Fairbrook] resigned.", "GOV"),
    "opposition lawmaker": ("[An opposition lawmaker] was jailed.", "LEG"),
    "gunmen of a group": ("[Boko Haram gunmen] burned a school.", "REB"),
    "group's commander": ("[A Hamas commander] was killed.", "REB"),
    "heads an office": ("[Valentin Gross], who heads the Red Cross office there, wept.", "CVL"),
    "faith": ("[A Jewish community leader] thanked the mayor.", "REL"),
    "state": ("[Denmark] closed its embassy.", "GOV"),
    "United Nations official": ("[A U.N. official] visited the camp.", ""),
    "NATO countries": ("[NATO member countries] met in Riga.", "GOV"),
    "office before an honorific": ("[Foreign Minister Dr. Alvin Prosper] resigned.", "GOV"),
    "White House": ("[A White House spokesman] declined to speak.", "GOV"),
    "at the White House": ("[A delegation] at the White House waited.", "GOV"),
    "unnamed": ("[Two men] fled.", "CVL"),
    "those displaced": ("The agency feeds [Somalia's displaced] in two camps.", "REF"),
    "capitals do not matter": ("The [Kurdistan Workers' party] denied it.", "REB"),
}


@pytest.mark.parametrize(("text", "sector"), SECTORS.values(), ids=SECTORS)
def test_sectors(text: str, sector: str) -> None:
    assert ("".join(only(text).sectors[:1])) == sector


SEVERAL = {
    "joined nationalities": ("[Philippine and Australian troops] landed.", {"PHL", "AUS"}),
    "joined ministers": ("[The French and German foreign ministers] met.", {"FRA", "DEU"}),
    "presidents of several states": ("[The presidents] of Russia and Azerbaijan met.", {"RUS", "AZE"}),
    "the two leaders": ("Emmanuel Macron met Angela Merkel. [The two leaders] dined.", {"FRA", "DEU"}),
    "both sides": ("Armenia and Azerbaijan met in Geneva. [Both sides] left early.", {"ARM", "AZE"}),
    "sides known by adjectives": ("Armenian and Azerbaijani troops fought. [Both sides] blamed the rain.", {"ARM", "AZE"}),
    "both sides before the names": ("[Both sides] left after Armenia and Azerbaijan had met.", {"ARM", "AZE"}),
    "they are a pair": ("Emmanuel Macron met Angela Merkel. The two leaders dined. [They] laughed.", {"FRA", "DEU"}),
    "they are coordinated": ("Emmanuel Macron and Angela Merkel met in Rome. [They] laughed.", {"FRA", "DEU"}),
    "joined in one word": ("The [U.S.-Czech] treaty was signed.", {"USA", "CZE"}),
}


@pytest.mark.parametrize(("text", "countries"), SEVERAL.values(), ids=SEVERAL)
def test_several_countries(text: str, countries: set[str]) -> None:
    ((*actors,),) = meant(text)
    assert {actor.country for actor in actors} == countries


def test_a_modifier_is_marked_so() -> None:
    draft = read("Russian warplanes bombed rebel positions.")
    adjectives = {draft.doc[mention.start : mention.end].text for mention in draft.mentions if mention.adjective}
    assert adjectives == {"Russian", "rebel"}


def test_the_north_of_a_country_is_not_korea() -> None:
    assert meant("Storms hit Germany. [The North] was flooded.") == [[]]


def test_a_place_named_north_is_not_the_north() -> None:
    (actors,) = meant("South Korea fired a missile. Soldiers in [North Hamgyong] watched.")
    assert all(actor.country != "PRK" or actor.kind != "country" for actor in actors)


def test_words_of_a_title_and_links_are_nobody() -> None:
    draft = read(
        "Air Force Chief of Staff David Hollander spoke, see https://news.example/taiwan-president/army today. No justice was done."
    )
    assert not {"Staff", "Chief", "president", "army", "justice"} & {draft.doc[mention.root].text for mention in draft.mentions}


def test_treaties_and_plans_are_nobody() -> None:
    assert meant("Farmers praised the [Lakes Water Agreement] again.") == [[]]


def test_two_persons_with_one_title_are_two() -> None:
    one, two = meant("Lawyers met [Brandt] and Officer [Joseph Kauser] on Monday.")
    assert [actor.name for actor in two] == ["Joseph Kauser"]
    assert one != two


def test_it_that_stands_for_nobody() -> None:
    assert meant("Norway closed the road. [It] is clear that the snow will stay.") == [[]]


def test_the_speakers_we_is_left_to_the_statement() -> None:
    assert meant('Norway closed the road. "[We] had to," Ola Dahl said.') == [[]]


def test_he_is_a_family_name_before_a_name() -> None:
    assert only("The court sentenced [He Zhihua] on Monday.").name == "He Zhihua"


def test_counterpart_has_the_office_of_the_other() -> None:
    actor = only("French Defence Minister Luc Perrin flew to Lima to see [his Peruvian counterpart].")
    assert (actor.country, actor.sectors, actor.office) == ("PER", ["GOV"], "Defence Minister")


def test_mentions_are_sorted_and_found_by_their_head() -> None:
    draft = read("Police in Oslo arrested two Swedish men. They denied the charge.")
    starts = [mention.start for mention in draft.mentions]
    assert starts == sorted(starts)
    assert all(draft.mention_at[mention.root].root == mention.root for mention in draft.mentions)


def test_twice_as_long_takes_about_twice_as_long() -> None:
    paragraph = "Foreign Minister Per {0} of Norway met officials in Oslo on Monday. He said the army had left.\n\n"
    names = [f"{chr(65 + i % 26)}{chr(97 + i // 26)}ngstad" for i in range(240)]

    def seconds(count: int) -> float:
        text = "".join(paragraph.format(name) for name in names[:count])
        doc = pipeline()(text)
        times = []
        for _ in range(3):
            draft = prepare(Report(id="r", text=text, published="2021-04-07"), doc, datetime.date(2021, 4, 7))
            start = time.perf_counter()
            Who(base.load())(draft)
            times.append(time.perf_counter() - start)
        return min(times)

    assert seconds(240) < 3.5 * seconds(120)


def test_two_of_one_nation_are_no_pair_of_states() -> None:
    """ "two Bulgarian diplomats" take up nobody; "the two countries" do."""
    assert only("Bulgaria and Russia quarrel. Moscow expelled [two Bulgarian diplomats].").country == "BGR"
    (both,) = meant("Bulgaria and Russia quarrel. Trade between [the two countries] fell.")
    assert {actor.country for actor in both} == {"BGR", "RUS"}
