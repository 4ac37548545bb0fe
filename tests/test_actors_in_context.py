"""What the words around a name or noun tell of whose it is: one table a question, each case with its reason."""

from datetime import date
from functools import cache

import pytest
from articles import article

from pipeline.actors import find_mentions, load_registry
from pipeline.actors.codes import code_phrase
from pipeline.parse import parse_text
from pipeline.vocabulary import ActorType

DAY = date(2023, 3, 1)


@cache
def rows(text, day=DAY):
    return find_mentions(article(text, day), parse_text(text), load_registry()).rows


def row(text, words, day=DAY):
    return next(r for r in rows(text, day) if r.text == words)


@pytest.mark.parametrize(
    ("text", "words", "actor_id", "reason"),
    [
        ("Moscow's answer was swift.", "Moscow", "government:RUS", "a government answers"),
        ("Moscow's Foreign Ministry protested.", "Moscow", "government:RUS", "an organ of the government"),
        ("London's FTSE 100 fell.", "London", "place:london-gbr", "an index of the town"),
        ("Paris's Gare du Nord was shut.", "Paris", "place:paris-fra", "a thing with a name of its own"),
        ("A plane landed near Spokane, Washington, on Monday.", "Washington", "place:washington-state-usa", "a town's"),
        ("Turkey, Washington and Cairo agreed.", "Washington", "government:USA", "a list of governments"),
        ("A Boeing 747 landed.", "Boeing", None, "an aircraft, not the firm"),
        ("The Standard & Poor's 500 index fell.", "Standard & Poor's", None, "an index, not the firm"),
        ("NATO 2030 was a paper.", "NATO", "org:nato", "a year is no model"),
        ("Boeing said orders rose.", "Boeing", "org:boeing", "the firm itself"),
        ("The Palestinian Liberation Organization (PLO) agreed.", "Palestinian Liberation Organization",
         "org:palestine-liberation-organization", "a spelling that only the acronym makes known"),
        ("The pro-Iranian Hizbollah group declared a ceasefire.", "Hizbollah", "org:hezbollah", "a side taken is no part of it"),
        ("A Franco-German firm paid.", "Franco-German firm", None, "no person called Franco"),
        ("Ford will close two plants.", "Ford", "org:ford-motor-company", "the firm"),
        ("Ann Ford left. Ford wept.", "Ford", None, "a person of that name"),
        ("The Islamist Hamas movement agreed.", "Hamas", "org:hamas", "what a body is, no title of a person"),
        ("The DNC met. Interim DNC chief Ann Lee left.", "DNC", "org:democratic-national-committee", "initials"),
        ("WASHINGTON - A bill is being debated.", "WASHINGTON", "place:washington-d-c-usa", "a dateline"),
        ("Mr. Ford left.", "Ford", None, "a person's title"),
        ("Goldman Sachs Group Inc. paid.", "Goldman Sachs Group Inc.", "org:goldman-sachs", "legal words"),
        ("General Electric Co Plc paid.", "General Electric Co Plc", None, "another firm's legal form"),
        ("Ford Chile paid.", "Ford Chile", None, "a firm of its own"),
        ("Two airports serve Bangkok.", "Bangkok", "place:bangkok-tha", "a town is served"),
        ("The Air Force flew, Washington said.", "Air Force", "org:united-states-air-force", "the country is named"),
        ("Mullah Zarif drank tea in Kabul.", "Zarif", None, "no mullah of that name is known, nor is Iran named"),
        ("RSF fighters shelled Khartoum.", "RSF", "org:rapid-support-forces", "the one whose country the article names"),
        ("RSF said a reporter was held.", "RSF", "org:reporters-without-borders", "no country is named"),
        ("Vladimir Putin said that Georgia fired first.", "Georgia", "country:GEO", "no American is named"),
        ("The United States voted, and Georgia did.", "Georgia", "place:georgia-usa", "America is named"),
        ("Mr. Lee paid. Kenya wept.", "Lee", None, "one of many of that name, whose country nobody names"),
        ("Iran's top diplomat, Mr. Zarif, left.", "Zarif", "person:mohammad-javad-zarif", "anybody may be a Mr."),
    ],
)  # fmt: skip
def test_a_name_means_an_actor_where_its_neighbours_allow_it(text, words, actor_id, reason):
    found = row(text, words)
    assert (found.actor_id if found.from_registry else None) == actor_id, reason


@pytest.mark.parametrize(
    ("text", "words", "actor_id", "code", "reason"),
    [
        ("The government of Canada agreed.", "government", "government:CAN", "CANGOV", "of the country"),
        ("The provincial government of Ontario agreed.", "provincial government", None, "CANGOV", "of a part of it"),
        ("The government of Ontario agreed.", "government", None, "CANGOV", "of a part of it"),
        ("Canada's government met. The Ontario Government agreed.", "Ontario Government", None, "CANGOV", "a part's"),
        ("The Federal Government of Nigeria agreed.", "Federal Government of Nigeria", "government:NGA", "NGAGOV", ""),
        ("The Khartoum government agreed.", "government", "government:SDN", "SDNGOV", "named after its seat"),
        ("Canadian and German governments met.", "German governments", None, "DEUGOV", "one of two"),
    ],
)
def test_a_government_is_the_country_s_only_where_it_is_its_own(text, words, actor_id, code, reason):
    found = row(text, words)
    assert (found.actor_id if found.from_registry else None, found.actor_code) == (actor_id, code), reason


@pytest.mark.parametrize(
    ("text", "words", "code", "reason"),
    [
        ("Israel's Cabinet met.", "Cabinet", "ISRGOV", "the owner's country"),
        ("Moscow's Foreign Ministry protested.", "Foreign Ministry", "RUSGOV", "the capital's country"),
        ("Rebels based in Congo spoke.", "Rebels", "CODREB", "rebels are at home where they are based"),
        ("Food went to refugees fleeing the war in Liberia.", "refugees", "LBRREF", "from where they fled"),
        ("Ethnic Albanian guerrillas operating in Macedonia fled.", "Ethnic Albanian guerrillas", "MKDREB", "not Albania"),
        ("Troops based in Iraq left for Kuwait.", "Troops", "MIL", "soldiers may be based abroad"),
        ("The withdrawal of forces from Panama began.", "forces", "MIL", "nobody's: they leave Panama"),
        ("Forces from Ghana arrived.", "Forces", "GHAMIL", "whose they are"),
        ("The Albanians of southern Serbia marched.", "Albanians", "SRB", "a people of another country"),
        ("Israelis in Cyprus voted.", "Israelis", "ISR", "abroad, but Israelis"),
        ("The Bush administration asked China to act.", "administration", "USAGOV", "two presidents, one country"),
        ("The Norvia administration spoke of Kenya, in Kenya.", "administration", "GOV", "an owner whose country is unknown"),
        ("President Victor Prosper spoke.", "Victor Prosper", "GOV", "a surname that is a town's name"),
        ("Arab League Secretary-General Karim Saleh spoke.", "Karim Saleh", "IGOARL", "no general"),
        ("Kenya's Vice-President Obi Nwosu left.", "Obi Nwosu", "KENGOV", "a title with a hyphen"),
        ("Karin Lund, the United Nations Relief Coordinator, spoke.", "Karin Lund", "IGOUNO", "a description in capitals"),
        ("Pro-Russian separatists fled.", "Pro-Russian separatists", "SEP", "whose side they are on, not whose they are"),
        ("Anti-American protesters marched.", "Anti-American protesters", "OPP", "whom they are against"),
        ("Ethnic Albanians marched in Serbia.", "Albanians", "SRBCVL", "the only country of the article"),
        ("Jewish settlers in the West Bank marched.", "Jewish settlers", "ISRCVL", "not of where they settled"),
        ("Congolese refugees fled.", "Congolese refugees", "CODREF", "the larger Congo"),
        ("In Brazzaville the Congolese army left.", "Congolese army", "COGMIL", "the Congo that the text names"),
        ("The Kenya Hydropower Fund paid.", "Kenya Hydropower Fund", "KEN", "it begins with its country"),
        ("Peru mourned. The Air Force flew.", "Air Force", "PERMIL", "of the only country named"),
        ("Gunmen in Kenya attacked a bus.", "Gunmen", "KENUAF", "of the only country named"),
        ("Kenya voted. Ann Lee spoke of terrorists.", "terrorists", "UAF", "terrorists are of no country in particular"),
        ("The Saudi-led alliance that fights Houthi rebels left.", "Saudi-led alliance", "SAU", "against rebels"),
        ("Kenya voted. The Senate aide left.", "aide", "KENLEG", "an organ may be anybody's"),
        ("Many African-American voters in Ohio left.", "voters", "USACVL", "one word"),
        ("Chief Superintendent Simon Hyde left Kenya. Police in Kenya wept.", "Simon Hyde", "KENCOP", "a rank"),
        ("Edward Shriver, a member of the Kennedy family, left.", "member", "USACVL", "not of a town called Kennedy"),
        ("Jordan Smith paid.", "Jordan Smith", None, "a given name"),
        ("A human rights group protested.", "human rights group", "NGOHRI", "of no country"),
        ("A Chadian human rights group protested.", "Chadian human rights group", "TCDHRI", "of a country"),
        ("RSF fighters shelled Khartoum.", "fighters", "SDNREB", "of the RSF that the article means"),
        ("Workers of the Norvia Company of Nairobi left.", "Workers", "KENLAB", "a firm's workers are labour"),
        ("A newspaper based in Lagos closed.", "newspaper", "NGAMED", "a body is at home where it is based"),
        ("A delegation arrived in Kenya.", "delegation", "GOV", "from elsewhere"),
        ("Trump fans marched through Tulsa.", "fans", "USACVL", "not the person whose fans they are"),
        ("Ann Lee, the president of Judicial Watch, left.", "Ann Lee", "USA", "of a body that is none of the state's"),
        ("American aid groups left.", "American aid groups", "USANGO", "of a country"),
    ],
)  # fmt: skip
def test_country_and_role_come_from_owner_home_and_title(text, words, code, reason):
    assert row(text, words).actor_code == code, reason


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Shanghai police", "CHNCOP"),
        ("President Victor Prosper", "GOV"),
        ("German multinationals", "MNCDEU"),
        ("Yoruba leaders", "NGAGOV"),
    ],
)
def test_phrases_alone_tell_the_same(phrase, code):
    assert code_phrase(phrase, load_registry(), DAY).code == code


def test_a_former_president_is_no_government_where_the_day_is_unknown():
    text = "Ousted president Jean-Bertrand Aristide was accused."
    assert row(text, "Jean-Bertrand Aristide", None).actor_code == "HTIELI"


def test_a_former_minister_who_leads_rebels_is_a_rebel():
    assert row("Rebels of former vice president Riek Machar fled.", "Riek Machar", None).actor_code == "SSDREB"


def test_a_mayor_is_not_whoever_was_mayor_of_another_town():
    """The registry knows mayors of London by the country alone."""
    assert all(r.actor_id is None for r in rows("The British mayor slept.", date(2015, 8, 11)))


def test_a_product_is_no_person():
    assert row("A Boeing 747 landed.", "Boeing").actor_type is ActorType.UNKNOWN


@pytest.mark.parametrize("day", [None, date(2023, 3, 1), date(2024, 9, 1)])
def test_leaders_seats_and_groups_in_one_report(day):
    text = (
        "Dmitry Peskov, who speaks for Vladimir Putin, told a paper that Moscow listens to European leaders. "
        "Analysts doubted it and said the Kremlin was waiting. Olaf Scholz, Germany's chancellor, and Emmanuel Macron, "
        "the French president, telephoned the Ukrainian president, Volodymyr Zelensky."
    )
    told = {r.text: (r.actor_id, r.actor_code) for r in rows(text, day)}
    assert {
        "Dmitry Peskov": ("person:dmitry-peskov", "RUSGOV"),
        "Vladimir Putin": ("person:vladimir-putin", "RUSGOV"),
        "Moscow": ("government:RUS", "RUSGOV"),
        "Kremlin": ("government:RUS", "RUSGOV"),
        "Olaf Scholz": ("person:olaf-scholz", "DEUGOV"),
        "Emmanuel Macron": ("person:emmanuel-macron", "FRAGOV"),
        "Ukrainian president": ("person:volodymyr-zelensky", "UKRGOV"),
        "Volodymyr Zelensky": ("person:volodymyr-zelensky", "UKRGOV"),
        "European leaders": (None, "EURGOV"),
        "Analysts": (None, "EDU"),
    }.items() <= told.items()


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("Rep. Ann Lee (R-Tex.) left.", "R-Tex", "party and state"),
        ("Sen. Bob Hale, D-Calif., left.", "D-Calif.", "party and state"),
        ("Most of the banks left. Most paid.", "Most", "a word that counts"),
    ],
)
def test_what_names_nobody_is_no_mention(text, words, reason):
    assert all(r.text != words for r in rows(text)), reason


def test_a_pronoun_is_nobody_whom_its_own_verb_governs_by_name():
    text = "Mr. Hale, who lives in Ohio, said that Mr. Roe had lied, and he accused Mr. Roe of fraud."
    assert row(text, "he").actor_id == row(text, "Hale").actor_id


@pytest.mark.parametrize(
    ("day", "text", "words", "actor_id", "reason"),
    [
        (
            date(2016, 4, 1),
            "Mrs. Clinton spoke in the United States.",
            "Clinton",
            "person:hillary-clinton",
            "the woman",
        ),
        (date(2016, 4, 1), "Mr. Ford spoke in the United States.", "Ford", None, "a president of long ago"),
        (date(2016, 4, 1), "Mrs. Clinton spoke in Kenya.", "Clinton", None, "nobody names her country"),
    ],
)
def test_a_surname_with_a_title_means_who_lately_held_office(day, text, words, actor_id, reason):
    found = row(text, words, day)
    assert (found.actor_id if found.from_registry else None) == actor_id, reason
