"""People and bodies: read from typed and pasted text, shown, and read again."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence_app.domain.names import PARTICLES, SUFFIXES, Name, names_of, parse_name, parse_names, shown


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Udayaraj UP, Watson O, et al.", ["Udayaraj|UP", "Watson|O", "=et al."]),
        (
            "Bovaird T, Flemig S, Loeffler E, Osborne SP",
            ["Bovaird|T", "Flemig|S", "Loeffler|E", "Osborne|SP"],
        ),
        ("Williams O, Sarre S, and Papoulias SC", ["Williams|O", "Sarre|S", "Papoulias|SC"]),
        ("O'Mara-Eves A, Anne Collis A", ["O'Mara-Eves|A", "Anne Collis|A"]),
        ("Brady L-M, Almack K", ["Brady|L-M", "Almack|K"]),
        ("Curie, Marie; Curie, Pierre", ["Curie|Marie", "Curie|Pierre"]),
        ("Marie Curie and Pierre Curie", ["Curie|Marie", "Curie|Pierre"]),
        ("Marie Curie & Pierre Curie", ["Curie|Marie", "Curie|Pierre"]),
        ("Marie Curie\nPierre Curie", ["Curie|Marie", "Curie|Pierre"]),
        ("Smith J; Jones K;", ["Smith|J", "Jones|K"]),
        ("NHS England, NHS Improvement", ["=NHS England, NHS Improvement"]),
        ("NHS England; NHS Improvement", ["=NHS England", "=NHS Improvement"]),
        ("Department of Health and Social Care", ["=Department of Health and Social Care"]),
        ("Udayaraj UP, NHS England, Watson O", ["Udayaraj|UP", "=NHS England", "Watson|O"]),
        ("Department of Health, Smith J", ["=Department of Health", "Smith|J"]),
        (
            "Lee AB and Department of Health and Social Care and Watson O",
            ["Lee|AB", "=Department of Health and Social Care", "Watson|O"],
        ),
        ("Lee AB, Cole C, SCIE, et al.", ["Lee|AB", "Cole|C", "=SCIE", "=et al."]),
        ("Lee AB, and the King's Fund", ["Lee|AB", "=the King's Fund"]),
        ("Lee AB, {Gill, Macmillan and Sons}", ["Lee|AB", "=Gill, Macmillan and Sons"]),
        ("García Márquez, Gabriel J", ["García Márquez|Gabriel J"]),
        ("SMITH, Jan A", ["SMITH|Jan A"]),
        ("Smith AB, PhD", ["Smith AB|"]),
        (
            "Department for Health, Education and Skills",
            ["=Department for Health, Education and Skills"],
        ),
        ("Centre for Reviews, York UK", ["=Centre for Reviews, York UK"]),
        ("Evans DH", ["Evans|DH"]),
        ("Smith J, Lee B; Cole C", ["Smith|J", "Lee|B", "Cole|C"]),
        ("Smith J., Lee B.; NHS England, Cole C.", ["Smith|J.", "Lee|B.", "=NHS England", "Cole|C."]),
        ("Curie, Marie; Lee B, Cole C; Ito, Ken", ["Curie|Marie", "Lee|B", "Cole|C", "Ito|Ken"]),
        ("Smith J and Lee B; Cole C, et al.", ["Smith|J", "Lee|B", "Cole|C", "=et al."]),
        ("Smith, J., Lee, A. B., & Cole, C.", ["Smith|J.", "Lee|A. B.", "Cole|C."]),
        ("Smith, J, Lee, B; Cole, C", ["Smith|J", "Lee|B", "Cole|C"]),
        ("Smith, J., Lee, B., et al.", ["Smith|J.", "Lee|B.", "=et al."]),
        ("Ola Watson, Ann Lee and Jan van der Berg", ["Watson|Ola", "Lee|Ann", "Berg|Jan"]),
        ("García Márquez, Gabriel José", ["García Márquez|Gabriel José"]),
        ("", []),
        (" ; , ", []),
    ],
)
def test_pasted_author_strings(text: str, names: list[str]) -> None:
    def brief(name: Name) -> str:
        return f"={name.literal}" if name.literal else f"{name.family}|{name.given}"

    assert [brief(name) for name in parse_names(text)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("van der Berg, Jan", Name(particle="van der", family="Berg", given="Jan")),
        ("Jan van der Berg", Name(particle="van der", family="Berg", given="Jan")),
        ("van der Berg J", Name(particle="van der", family="Berg", given="J")),
        ("Van Dyke, Dick", Name(family="Van Dyke", given="Dick")),
        ("Smith, Jr., John", Name(family="Smith", suffix="Jr.", given="John")),
        ("Smith, John, III", Name(family="Smith", suffix="III", given="John")),
        ("Smith J Jr", Name(family="Smith", given="J", suffix="Jr")),
        ("Kiernan, MD", Name(family="Kiernan", given="MD")),
        ("Kiernan MD", Name(family="Kiernan", given="MD")),
        ("Kiernan, {MD}", Name(family="Kiernan", suffix="MD")),
        ("{Gill, Macmillan and Sons}", Name(literal="Gill, Macmillan and Sons")),
        ("Plato, ,", Name(family="Plato")),
        ("Plato", Name(literal="Plato")),
        ("Care, , Jane", Name(family="Care", given="Jane")),
        ("Øvretveit, John", Name(family="Øvretveit", given="John")),
        ("others", Name(literal="et al.")),
    ],
)
def test_one_name_as_typed(text: str, name: Name) -> None:
    assert parse_name(text) == name


WORD = st.text(alphabet="abcdehnorstÄØéß'’-ABCDEM", min_size=1, max_size=6).filter(
    lambda word: word.strip("'’-")
)
PHRASE = st.lists(
    st.one_of(
        WORD,
        st.sampled_from(
            ["and", "&", "Smith", "AB", "Jr.", "van", "Health", "NHS", "et", "al.", "of", "II", "MD"]
        ),
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
PEOPLE = st.builds(
    Name,
    family=PHRASE,
    given=st.one_of(st.just(""), PHRASE, st.sampled_from(["J", "AB", "A. B.", "L-M", "MD", "II"])),
    particle=st.one_of(st.just(""), st.sampled_from(sorted(PARTICLES)), st.just("van der")),
    suffix=st.one_of(st.just(""), st.sampled_from(sorted(SUFFIXES)), st.just("Jr."), st.just("Esq.")),
).filter(lambda name: name.family.split(" ")[0] not in PARTICLES or not name.particle)
BODIES = st.builds(
    Name,
    literal=st.one_of(
        PHRASE, st.tuples(PHRASE, PHRASE).map(", ".join), st.tuples(PHRASE, PHRASE).map("; ".join)
    ),
)
NAMES = st.lists(st.one_of(PEOPLE, BODIES), max_size=4).map(tuple)


@settings(deadline=None)
@given(NAMES)
@example((Name(family="Kiernan", given="MD"),))
@example((Name(family="Smith AB"),))
@example((Name(literal="Co-operative College, Change AGENTS"),))
@example((Name(literal="Gill and Macmillan"),))
@example((Name(family="van Dyke", given="Jan"),))
@example((Name(family="A", given="A A", particle="van der"), Name(family="Lee", given="B")))
@example((Name(family="A", particle="'t", suffix="Esq."),))
def test_names_shown_are_read_back_as_they_were(names: tuple[Name, ...]) -> None:
    assert parse_names(shown(names)) == names


@settings(deadline=None)
@given(NAMES)
def test_names_survive_as_csl(names: tuple[Name, ...]) -> None:
    assert names_of([name.to_csl() for name in names]) == names


FAMILIES = st.sampled_from(["Smith", "O'Brien", "van der Berg", "Øvretveit", "García Márquez", "Lee-Jones"])
INITIALS = st.text("ABDEFGHJKLMNOPRST", min_size=1, max_size=2)
Printed = tuple[str, Name | None]


def printed(text: str) -> Printed:
    """A person as printed, with the name it is read as."""
    return text, parse_name(text)


def body(text: str) -> Printed:
    """A body with the name it is read as."""
    return text, Name(literal=text)


LISTED = st.builds("{} {}".format, FAMILIES, INITIALS).map(printed)
LAST = st.sampled_from([", ", " and ", ", and "])
PRINTED_BODIES = st.sampled_from(
    ["NHS England", "Department of Health and Social Care", "The King's Fund", "University of York",
     "Co-production Collective", "Centre for Reviews & Dissemination", "World Health Organization"]
).map(body)  # fmt: skip


@given(LISTED, st.lists(st.one_of(LISTED, PRINTED_BODIES), max_size=6), st.data(), LAST)
def test_people_and_bodies_in_one_list_stay_apart(
    person: tuple[str, Name], others: list[tuple[str, Name]], data: st.DataObject, last: str
) -> None:
    listed = list(others)
    listed.insert(data.draw(st.integers(0, len(others))), person)
    bodies_meet = len(listed) > 1 and listed[-1][1].literal and listed[-2][1].literal
    joined = ", ".join(text for text, _ in listed[:-1])
    last = ", " if bodies_meet else last  # two bodies joined by “and” are one, as far as anybody can tell
    text = f"{joined}{last}{listed[-1][0]}" if joined else listed[-1][0]
    assert parse_names(text) == tuple(name for _, name in listed)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_read_as_names(text: str) -> None:
    for name in parse_names(text):
        assert name.family_or_literal.strip() or name.given or name.suffix


@settings(deadline=None)
@given(st.text(alphabet="Smith JAB,;&{}. and", max_size=40))
def test_what_was_read_once_is_stable(text: str) -> None:
    names = parse_names(text)
    if not any(mark in text for mark in "{}"):
        assert parse_names(shown(names)) == names


def test_what_is_no_name_is_passed_over() -> None:
    assert names_of(None) == names_of("Smith") == names_of([None, "Smith", 3]) == ()
    assert names_of([{"family": "Smith", "given": None}]) == (Name(family="Smith"),)


def test_both_kinds_of_particle_are_read() -> None:
    assert Name.of({"family": "Gogh", "dropping-particle": "van"}).family_or_literal == "van Gogh"


def test_families_are_ordered_without_their_particle() -> None:
    assert Name(particle="van der", family="Berg", given="J").sort_key == "Berg J"
    assert Name(literal="NHS England").sort_key == "NHS England"


def test_what_lists_show() -> None:
    assert Name(particle="van der", family="Berg").family_or_literal == "van der Berg"
    assert Name(given="Madonna").family_or_literal == "Madonna"
    assert Name(literal="et al.").is_et_al
    assert not Name(family="Al").is_et_al
