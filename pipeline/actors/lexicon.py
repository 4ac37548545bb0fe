"""The words that name actors without being names: titles, role nouns, modifiers, peoples, parts of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.actors.datafile import DATA, is_actor_code, read_rows
from pipeline.actors.roster import office_kinds
from pipeline.lookup import Row, unique

INHERITS = "*"
"""Code of a noun that takes the role of what stands beside it: 'rebel leader', 'police officer'."""

_KINDS = frozenset({"person", "group", "body", "thing"})
_NAME_KINDS = frozenset({"organisation", "group", "place", "other"})


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A common noun for actors.

    Attributes:
        noun: Dictionary form, lower case; may be several words.
        code: CAMEO role slots, or `INHERITS`.
        fallback: Role of an inheriting noun that has nothing to inherit; "" if none.
        kind: person, group, body (a state organ, a firm), thing (a warship acts for its navy).
        gender: "m", "f", or None.
        plural: True for a plural form.
    """

    noun: str
    code: str
    fallback: str
    kind: str
    gender: str | None = None
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A title that stands before a name ("President", "Sen.") or for one ("the president").

    Attributes:
        title: Lower case.
        office: Key of the registry's offices, "" for titles that are no office.
        code: Role of the bearer, "" where the title tells none.
        gender: "m", "f", or None.
        kind: office (can stand alone for its holder) or honorific (stands before a name).
        noun: The noun that takes the title up: 'senator' after 'Sen.'.
    """

    title: str
    office: str
    code: str
    gender: str | None
    kind: str
    noun: str


@dataclass(frozen=True, slots=True)
class People:
    """An ethnic or religious group, with its CAMEO code and the country it is of where there is one only."""

    name: str
    code: str
    country: str | None


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word that tells what kind of thing a name names: 'Ministry', 'Corp', 'River', 'Cup'."""

    word: str
    kind: str
    code: str


@cache
def role_nouns() -> Mapping[str, RoleNoun]:
    """Role nouns by form, singular and plural, lower case."""
    found: dict[str, RoleNoun] = {}
    plurals: dict[str, RoleNoun] = {}
    columns = ("phrase", "plural", "code", "fallback", "kind", "gender", "note")
    for row in unique(read_rows(DATA / "role_nouns.csv", columns), "phrase"):
        noun, plural = row["phrase"], row["plural"]
        if row["kind"] not in _KINDS:
            row.refuse(f"{row['kind']!r} is no kind of actor")
        for slots in {row["code"], row["fallback"]} - {INHERITS, ""}:
            _check_role(row, slots)
        if not row["code"]:
            row.refuse("code is empty")
        if row["gender"] not in {"", "m", "f"}:
            row.refuse(f"{row['gender']!r} is neither m nor f nor empty")
        fields = (noun, row["code"], row["fallback"], row["kind"], row["gender"] or None)
        if plural != "-":
            plurals[plural or plural_of(noun)] = RoleNoun(*fields, plural=True)
        found[noun] = RoleNoun(*fields, plural=plural == "-" and row["kind"] == "group")
    return plurals | found


def plural_of(noun: str) -> str:
    """The regular plural of a noun."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


@cache
def titles() -> Mapping[str, Title]:
    """Titles by their words, lower case."""
    found: dict[str, Title] = {}
    columns = ("title", "office", "code", "gender", "kind", "noun", "note")
    for row in unique(read_rows(DATA / "titles.csv", columns), "title"):
        if row["office"] and row["office"] not in office_kinds():
            row.refuse(f"{row['office']!r} is no kind of office")
        if row["kind"] not in {"office", "honorific"} or row["gender"] not in {"", "m", "f"}:
            row.refuse("kind or gender is unknown")
        if row["code"]:
            _check_role(row, row["code"])
        noun = row["noun"] or row["title"]
        found[row["title"]] = Title(row["title"], row["office"], row["code"], row["gender"] or None, row["kind"], noun)
    return found


@cache
def modifiers() -> Mapping[str, str]:
    """Words before a noun that tell its role: 'military', 'rebel', 'human rights'; role by word."""
    found: dict[str, str] = {}
    for row in unique(read_rows(DATA / "modifiers.csv", ("word", "code", "note")), "word"):
        _check_role(row, row["code"])
        found[row["word"]] = row["code"]
    return found


@cache
def peoples() -> Mapping[str, People]:
    """Ethnic and religious groups by form, singular and plural, lower case."""
    found: dict[str, People] = {}
    for row in unique(read_rows(DATA / "groups.csv", ("name", "plural", "code", "country", "note")), "name"):
        group = People(row["name"], row["code"], row.country())
        found[group.name] = group
        if row["plural"] != "-":
            found[row["plural"] or plural_of(group.name)] = group
    return found


@cache
def given_names() -> Mapping[str, str | None]:
    """Given names with their gender; None where both bear the name."""
    found: dict[str, str | None] = {}
    for row in unique(read_rows(DATA / "given_names.csv", ("name", "gender")), "name"):
        if row["gender"] not in {"", "m", "f"}:
            row.refuse(f"{row['gender']!r} is neither m nor f nor empty")
        found[row["name"]] = row["gender"] or None
    return found


@cache
def name_words() -> Mapping[str, NameWord]:
    """Words that tell the kind of a name, lower case."""
    found: dict[str, NameWord] = {}
    for row in unique(read_rows(DATA / "name_words.csv", ("word", "kind", "code", "note")), "word"):
        if row["kind"] not in _NAME_KINDS:
            row.refuse(f"{row['kind']!r} is no kind of name")
        if row["code"]:
            _check_role(row, row["code"])
        found[row["word"]] = NameWord(row["word"], row["kind"], row["code"])
    return found


@cache
def world_regions() -> Mapping[str, str]:
    """Adjectives of parts of the world, lower case, with CAMEO's code of the region."""
    found: dict[str, str] = {}
    for row in unique(read_rows(DATA / "world_regions.csv", ("word", "code", "note")), "word"):
        if not is_actor_code(row["code"]):
            row.refuse(f"{row['code']!r} is no code of a region")
        found[row["word"]] = row["code"]
    return found


@cache
def sports_words() -> frozenset[str]:
    """Words of sports reports, where a country's name is its team's."""
    return frozenset(row["word"] for row in unique(read_rows(DATA / "sports.csv", ("word", "note")), "word"))


@cache
def agent_verbs() -> frozenset[str]:
    """Verbs, by lemma, whose subject is a person or a body: 'it announced', not 'it shows'."""
    return frozenset(row["verb"] for row in unique(read_rows(DATA / "agent_verbs.csv", ("verb", "note")), "verb"))


@cache
def local_nouns() -> frozenset[str]:
    """Nouns, by lemma, for what belongs to a town, not to the government that sits there: 'Kyiv's mayor'."""
    return frozenset(row["noun"] for row in unique(read_rows(DATA / "local_nouns.csv", ("noun", "note")), "noun"))


@cache
def visiting_verbs() -> frozenset[str]:
    """Verbs, by lemma, whose object is a town and not the government that sits there: 'shelled Kyiv', 'serves Bangkok'."""
    return frozenset(row["verb"] for row in unique(read_rows(DATA / "visiting_verbs.csv", ("verb", "note")), "verb"))


@cache
def subnational() -> frozenset[str]:
    """Words before 'government' that make it one of a part of the country: 'the provincial government of Ontario'."""
    return frozenset(row["word"] for row in unique(read_rows(DATA / "subnational.csv", ("word", "note")), "word"))


@cache
def dealings() -> frozenset[tuple[str, str]]:
    """Words, by lemma, with the prepositions after which a capital means its government: 'a letter from Kyiv'."""
    found: set[tuple[str, str]] = set()
    for row in read_rows(DATA / "dealings.csv", ("word", "prepositions", "note")):
        for preposition in row.several("prepositions"):
            pair = (row.required("word"), preposition)
            if pair in found:
                row.refuse(f"{pair[0]} {pair[1]} stands twice")
            found.add(pair)
    return frozenset(found)


@cache
def is_generic(surface: str) -> bool:
    """True for a body's name of common words alone, as many states have one: 'Supreme Court', 'Treasury'."""
    phrase = surface.lower()
    known = (role_nouns(), name_words(), modifiers())
    if any(phrase in words for words in known):
        return True
    return all(word in {"of", "the"} or any(word in words for words in known) for word in phrase.split())


def _check_role(row: Row, slots: str) -> None:
    if not (is_actor_code(f"FRA{slots}") or is_actor_code(slots)):
        row.refuse(f"{slots!r} is no CAMEO role")
