"""People and bodies as CSL names: how they are read from typed text and how they are shown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

CslName = dict[str, str]
"""A CSL name: `family`, `given`, `suffix`, the two particles, or `literal` for a body."""

PARTICLES: Final = frozenset(
    ("af", "al", "ap", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos",
     "du", "el", "ibn", "la", "las", "le", "les", "los", "ten", "ter", "van", "vom", "von", "zu", "zum",
     "zur", "'t", "d'"),
)  # fmt: skip
SUFFIXES: Final = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "2nd", "3rd", "md", "phd"))
ET_AL: Final = "et al."
"""Stands as a last literal name where the source lists some of the authors only."""

_INITIALS = re.compile(r"^[A-ZÀ-ÖØ-Þ]{1,4}$|^(?:[A-ZÀ-ÖØ-Þ]\.?[\s-]?){1,4}$")
_BODY_WORDS = re.compile(
    r"\b(?:Department|Council|Fund|Foundation|Trust|Institute|University|Centre|Center|College|Committee"
    r"|Collaboration|Collective|Consortium|Government|Group|Ministry|Network|NHS|Office|Organi[sz]ation"
    r"|Society|Service|Agency|Association|Board|Commission|Team|Party|Health|Care)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person by parts, or a body by its literal name."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @classmethod
    def of(cls, name: Mapping[str, str]) -> "Name":
        """Return the name in a CSL name's parts; both kinds of particle become one."""
        particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
        return cls(
            family=_said(name.get("family")), given=_said(name.get("given")), particle=_said(particle),
            suffix=_said(name.get("suffix")), literal=_said(name.get("literal")),
        )  # fmt: skip

    @property
    def family_or_literal(self) -> str:
        """The name that lists show: the family name with its particle, or the body."""
        if self.literal:
            return self.literal
        return f"{self.particle} {self.family}".strip() or self.given

    @property
    def sort_key(self) -> str:
        """What the name is ordered by: the family name without its particle (van der Berg under B)."""
        return f"{self.literal or self.family or self.given} {self.given}".strip()

    @property
    def is_et_al(self) -> bool:
        """Whether this stands for authors the source does not list."""
        return self.literal.lower().rstrip(".") == "et al"

    def to_csl(self) -> CslName:
        """Return the CSL name."""
        parts = {
            "literal": self.literal, "family": self.family, "given": self.given,
            "non-dropping-particle": self.particle, "suffix": self.suffix,
        }  # fmt: skip
        return {part: value for part, value in parts.items() if value}


def names_of(value: object) -> tuple[Name, ...]:
    """Return the names in a CSL item's name variable; what is not a name is passed over."""
    if not isinstance(value, list | tuple):
        return ()
    return tuple(Name.of(name) for name in value if isinstance(name, Mapping))


def _said(part: object) -> str:
    return "" if part is None else str(part)


def parse_names(text: str) -> tuple[Name, ...]:
    """Read a pasted author string: `Udayaraj UP, Watson O, et al.`, `van der Berg, Jan; NHS England`.

    Semicolons, `and`, `&` and new lines part the names; commas do, also between semicolons, if every piece
    ends in initials, or some do and the others are bodies: `Watson O, NHS England, Lee AB`; if every second
    one is initials: `Watson, O., Lee, A. B.`; or if three or more are each a name: `Ola Watson, Ann Lee,
    Jo Ito`. Braces keep together what stands in them: `{Gill, Macmillan and Sons}`."""
    text = re.sub(r"[ \t\r\f\v\xa0]+", " ", text.strip()).replace("\n", ";")
    return tuple(name for piece in _pieces(text) if (name := parse_name(piece)) is not None)


def _pieces(text: str) -> list[str]:
    parts = _parted(text, _SEMICOLON)
    if len(parts) > 1:
        return [piece for part in parts for piece in ([part] if "{" in part else several_in(part))]
    several = several_in(text)
    people = _parted(text, _AND)
    if len(several) == 1 and len(people) > 1 and not _BODY_WORDS.search(text):
        return people
    return several


def several_in(text: str) -> list[str]:
    """Part what stands between two semicolons where commas clearly part names in it, else leave it whole."""
    parts = [part for part in _parted(text, _COMMA_OR_AND) if part]
    if len(parts) > 1 and all(_is_et_al(part) or _family_then_initials(part) for part in parts):
        return parts
    return _people_and_bodies(text) or _turned(parts) or _given_first(text, parts) or [text]


def _turned(parts: Sequence[str]) -> list[str]:
    """Put families and the initials behind their commas together: `Watson, O., Lee, A. B.`; else nothing."""
    last = [parts[-1]] if parts and _is_et_al(parts[-1]) else []
    named = parts[: len(parts) - len(last)]
    families, initials = named[::2], named[1::2]
    if len(named) < 4 or len(families) != len(initials):
        return []
    if not all(_INITIALS.match(part) for part in initials) or any(map(_INITIALS.match, families)):
        return []
    return [*(f"{one}, {other}" for one, other in zip(families, initials, strict=True)), *last]


def _given_first(text: str, parts: Sequence[str]) -> list[str]:
    """Take three or more names as they are said: `Ola Watson, Ann Lee and Jo Ito`; else nothing."""
    named = [part for part in parts if not _is_et_al(part)]
    are_names = all(len([word for word in part.split(" ") if word not in PARTICLES]) > 1 for part in named)
    return list(parts) if len(named) > 2 and are_names and not _BODY_WORDS.search(text) else []


def _people_and_bodies(text: str) -> list[str]:
    """Part a list of people with initials and of bodies; empty where it may be something else.

    `Berg, Jan A` is one person and `Health, Education and Skills` one body: what is no person must say that
    it is a body, unless two people stand beside it. An `and` parts only beside a person."""
    pieces = [
        each for part in _parted(text, _COMMA) for each in _beside_and(_LEADING_AND.sub("", part)) if each
    ]
    people = sum(_is_person(piece) for piece in pieces)
    others = [piece for piece in pieces if not (_is_person(piece) or _is_et_al(piece))]
    named = all(_BODY_WORDS.search(piece) or _is_braced(piece) for piece in others)
    likely = people > 1 and all(_may_be_body(piece) for piece in others)
    return pieces if others and people and (named or likely) else []


def _beside_and(part: str) -> list[str]:
    """Take people off both ends of `Lee AB and Department of Health and Care and Watson O`."""
    spans = _spans(part, _AND)
    words = [part[start:end].strip() for start, end in spans]
    first = next((at for at, each in enumerate(words) if not _is_person(each)), len(words))
    last = next((at for at in range(len(words), first, -1) if not _is_person(words[at - 1])), first)
    body = [part[spans[first][0] : spans[last - 1][1]].strip()] if first < last else []
    return [*words[:first], *body, *words[last:]]


def _is_person(piece: str) -> bool:
    return _family_then_initials(piece) and piece.rsplit(" ", maxsplit=1)[-1] not in _PLACES


def _may_be_body(piece: str) -> bool:
    acronym = piece.isupper() and piece.isalpha() and piece.lower() not in SUFFIXES
    return bool(_BODY_WORDS.search(piece)) or _is_braced(piece) or acronym or " " in piece


_PLACES: Final = frozenset(("UK", "US", "USA", "EU", "UAE", "NZ"))
_LEADING_AND = re.compile(r"^(?:and|&)\s+")
_SEMICOLON = re.compile(r";")
_COMMA = re.compile(r",")
_AND = re.compile(r"\s+(?:and|&)\s+")
_COMMA_OR_AND = re.compile(r",(?:\s*(?:and|&)\s+)?|\s+(?:and|&)\s+")


def _parted(text: str, mark: re.Pattern[str]) -> list[str]:
    """Split text at a mark wherever it stands outside braces."""
    return [text[start:end].strip() for start, end in _spans(text, mark)]


def _spans(text: str, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return where the pieces begin and end."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in mark.finditer(text):
        if text.count("{", 0, found.start()) <= text.count("}", 0, found.start()):
            spans.append((start, found.start()))
            start = found.end()
    return [*spans, (start, len(text))]


def _is_et_al(text: str) -> bool:
    return text.lower().rstrip(".") in {"et al", "others"}


def _family_then_initials(text: str) -> bool:
    words = text.split(" ")
    if len(words) > 2 and words[-1].lower().rstrip(".") in _GENERATIONS:
        words = words[:-1]
    return len(words) > 1 and bool(_INITIALS.match(words[-1])) and not _BODY_WORDS.search(text)


def parse_name(text: str) -> Name | None:
    """Read one name as typed: `Family, Given`, `Family, Suffix, Given`, `Family AB`, `Given Family`, body.

    `Family, , Given` and `Family, ,` name a person in any case; braces around a part take it as it stands."""
    text = text.strip()
    if text.endswith(",") and not text.endswith(", ,"):
        text = text.rstrip(" ,")
    if not text.strip(" ,{}"):
        return None
    parts = _parted(text, _COMMA)
    if len(parts) == 1 and _is_braced(text):
        return Name(literal=text[1:-1].strip())
    if _is_et_al(text):
        return Name(literal=ET_AL)
    if len(parts) > 1 and (not parts[1] or any(map(_is_braced, parts)) or not _BODY_WORDS.search(text)):
        return _from_comma(parts)
    words = text.split(" ")
    if _family_then_initials(text):
        return _from_initials(words)
    if len(words) == 1 or _BODY_WORDS.search(text):
        return Name(literal=text)
    at = next((n for n, word in enumerate(words[1:], 1) if word in PARTICLES), len(words) - 1)
    particle, family = _split_particle(" ".join(words[at:]))
    return Name(family=family, given=" ".join(words[:at]), particle=particle)


def _is_braced(text: str) -> bool:
    return len(text) > 1 and text[0] == "{" and text[-1] == "}"


def _from_comma(parts: list[str]) -> Name:
    particle, family = _split_particle(parts[0])
    family = family[1:-1] if _is_braced(family) else family
    rest = parts[1:]
    suffix = ""
    if rest[0] == "":
        rest = rest[1:]
    else:
        at = next((n for n, part in enumerate(rest) if _is_suffix(part, alone=len(rest) == 1)), None)
        suffix = rest.pop(at).strip("{}") if at is not None else ""
    return Name(family=family, given=", ".join(filter(None, rest)), particle=particle, suffix=suffix)


def _is_suffix(part: str, *, alone: bool) -> bool:
    """Return whether a part is a suffix; alone behind a family name `MD` are initials."""
    known = part.lower() in SUFFIXES and not (alone and part.isupper() and part.isalpha() and len(part) == 2)
    return _is_braced(part) or known or (alone and part in ("II", "IV"))


def _from_initials(words: list[str]) -> Name:
    suffix = words[-1] if words[-1].lower().rstrip(".") in _GENERATIONS and len(words) > 2 else ""
    if suffix:
        words = words[:-1]
    particle, family = _split_particle(" ".join(words[:-1]))
    return Name(family=family, given=words[-1], particle=particle, suffix=suffix)


_GENERATIONS: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "2nd", "3rd"))


def _split_particle(family: str) -> tuple[str, str]:
    """Part `van der Berg`; only small letters make a particle, `Van Dyke` is a family name."""
    words = family.split(" ")
    at = 0
    while at < len(words) - 1 and words[at] in PARTICLES:
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def shown(names: Iterable[Name]) -> str:
    """Return names for an editable field, one way that `parse_names` reads back."""
    several = tuple(names)
    text = "; ".join(_typed(name) for name in several)
    return text if parse_names(text) == several or len(several) != 1 else text + ";"


@lru_cache(maxsize=8192)
def _typed(name: Name) -> str:
    """Return the plainest of the ways to type a name that `parse_name` reads back."""
    if name.literal:
        ways = [name.literal, "{" + name.literal + "}"]
    else:
        family = f"{name.particle} {name.family}".strip()
        kept = f"{name.particle} {{{name.family}}}".strip()
        suffix = "{" + name.suffix + "}" if name.suffix else ""
        ways = [
            ", ".join(part for part in (who, how, name.given) if part)
            for who, how in ((family, name.suffix), (family, suffix), (kept, name.suffix), (kept, suffix))
        ]
        ways[1:1] = [f"{family}, , {name.given}".rstrip(), f"{kept}, , {name.given}".rstrip()]
    return next((way for way in ways if _is_read_back(way, name)), ways[0])


def _is_read_back(way: str, name: Name) -> bool:
    return parse_name(way) == name and ";" not in _outside(way) and ("{" in way or len(several_in(way)) == 1)


def _outside(text: str) -> str:
    """Return the text without what stands in braces."""
    return re.sub(r"\{[^{}]*\}", "", text)
