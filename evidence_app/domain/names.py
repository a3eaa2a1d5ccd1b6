"""People and bodies as CSL names: how they are read from typed text and how they are shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
            family=str(name.get("family", "")), given=str(name.get("given", "")), particle=particle,
            suffix=str(name.get("suffix", "")), literal=str(name.get("literal", "")),
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


def parse_names(text: str) -> tuple[Name, ...]:
    """Read a pasted author string: `Udayaraj UP, Watson O, et al.`, `van der Berg, Jan; NHS England`.

    Semicolons, `and`, `&` and new lines part the names; where there are none, commas do if every piece
    ends in initials. A body keeps its commas when its name stands alone between semicolons."""
    text = re.sub(r"\s+", " ", text.replace("\n", ";")).strip(" ;")
    if not text:
        return ()
    pieces = _pieces(text)
    return tuple(name for piece in pieces if (name := parse_name(piece)) is not None)


def _pieces(text: str) -> list[str]:
    if ";" in text:
        return [piece.strip(" ,") for piece in text.split(";") if piece.strip(" ,")]
    parts = [part.strip() for part in re.split(r",|\s+(?:and|&)\s+", text) if part.strip()]
    short = [part for part in parts if _is_et_al(part) or _family_then_initials(part)]
    if len(short) == len(parts):
        return parts
    words = re.split(r"\s+(?:and|&)\s+", text)
    if len(words) > 1 and not _BODY_WORDS.search(text):
        return words
    return [text]


def _is_et_al(text: str) -> bool:
    return text.lower().rstrip(".") in {"et al", "others"}


def _family_then_initials(text: str) -> bool:
    words = text.split(" ")
    if len(words) > 1 and words[-1].lower().rstrip(".") in SUFFIXES - {"md", "phd"}:
        words = words[:-1]
    return len(words) > 1 and bool(_INITIALS.match(words[-1])) and not _BODY_WORDS.search(text)


def parse_name(text: str) -> Name | None:
    """Read one name as typed: `Family, Given`, `Family, Suffix, Given`, `Family AB`, `Given Family`, body."""
    text = text.strip(" ,")
    if not text:
        return None
    if text.startswith("{") and text.endswith("}"):
        return Name(literal=text[1:-1].strip())
    if _is_et_al(text):
        return Name(literal=ET_AL)
    if "," in text and not _BODY_WORDS.search(text):
        return _from_comma(text)
    words = text.split(" ")
    if _family_then_initials(text):
        return _from_initials(words)
    if len(words) == 1 or _BODY_WORDS.search(text):
        return Name(literal=text)
    at = next((n for n, word in enumerate(words[1:], 1) if word.lower() in PARTICLES), len(words) - 1)
    particle, family = _split_particle(" ".join(words[at:]))
    return Name(family=family, given=" ".join(words[:at]), particle=particle)


def _from_comma(text: str) -> Name:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    suffix = next((part for part in parts[1:] if part.lower() in SUFFIXES), "")
    rest = [part for part in parts if part != suffix or part is parts[0]]
    particle, family = _split_particle(rest[0])
    return Name(family=family, given=", ".join(rest[1:]), particle=particle, suffix=suffix)


def _from_initials(words: list[str]) -> Name:
    suffix = words[-1] if words[-1].lower().rstrip(".") in SUFFIXES and len(words) > 2 else ""
    if suffix:
        words = words[:-1]
    particle, family = _split_particle(" ".join(words[:-1]))
    return Name(family=family, given=words[-1], particle=particle, suffix=suffix)


def _split_particle(family: str) -> tuple[str, str]:
    words = family.split(" ")
    at = 0
    while at < len(words) - 1 and words[at].lower() in PARTICLES:
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def shown(names: Iterable[Name]) -> str:
    """Return names for an editable field, one way that `parse_names` reads back."""
    return "; ".join(_typed(name) for name in names)


def _typed(name: Name) -> str:
    if name.literal:
        return name.literal if parse_name(name.literal) == name else "{" + name.literal + "}"
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.suffix, name.given) if part)
