"""People and bodies as Crossref lists them, made into CSL names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.names import ET_AL, PARTICLES, SUFFIXES, CslName
from evidence_app.services.lookup.markup import plain_line

_MAC: Final = frozenset(
    ("Arthur", "Aulay", "Bride", "Callum", "Donald", "Dougall", "Duff", "Farlane", "Gregor", "Innes",
    "Intosh",
     "Intyre", "Iver", "Kay", "Kenzie", "Kinnon", "Lachlan", "Laren", "Laughlin", "Lean", "Lennan", "Leod",
     "Millan", "Nab", "Naughton", "Neil", "Neill", "Phail", "Pherson", "Quarrie", "Rae", "Sween"),
)  # fmt: skip


def names_from(people: Any) -> list[CslName]:
    """Return the CSL names of a Crossref list of authors or editors; bodies keep their literal name."""
    if not isinstance(people, Sequence) or isinstance(people, str):
        return []
    return [name for person in people if isinstance(person, Mapping) for name in _names_in(person)]


def _names_in(person: Mapping[str, Any]) -> list[CslName]:
    family, given, suffix, literal = (
        plain_line(str(person.get(part) or "")) for part in ("family", "given", "suffix", "name")
    )
    if _is_et_al(family or literal):
        return [{"literal": ET_AL}]
    if not family:
        body = literal or given
        return [{"literal": body}] if body else []
    if not given and (crowd := _crowd(family)):
        return crowd
    if not given and "," in family:
        family, _, given = (part.strip() for part in family.partition(","))
    if not suffix and (found := re.fullmatch(r"(.+?),?\s+(\S+)", family)) and _is_suffix(found[2]):
        family, suffix = found[1].rstrip(","), found[2]
    return [_person(family, given, suffix)]


def _is_suffix(word: str) -> bool:
    return word.casefold() in SUFFIXES - {"md", "phd"} and not word.islower()


def _is_et_al(text: str) -> bool:
    return text.casefold().rstrip(". ") in {"et al", "and others"}


def _crowd(family: str) -> list[CslName]:
    """Return the several whole names a publisher put into one family name, or none."""
    names = [name.strip() for name in re.split(r";|,|\s+(?:and|&)\s+", family) if name.strip()]
    if len(names) < 2 or not all(len(name.split()) > 1 for name in names):
        return []
    return [_person(name.split()[-1], " ".join(name.split()[:-1]), "") for name in names]


def _person(family: str, given: str, suffix: str) -> CslName:
    if _shouted(family):
        family, given = recased(family), _recased_given(given)
    words = family.split()
    at = 0
    while at < len(words) - 1 and words[at].islower() and words[at] in PARTICLES:
        at += 1
    parts = {
        "family": " ".join(words[at:]),
        "given": given,
        "non-dropping-particle": " ".join(words[:at]),
        "suffix": suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _shouted(family: str) -> bool:
    """Whether every letter is a capital, in a name long enough to tell (`NG` and `O` are names)."""
    return family.isupper() and sum(letter.isalpha() for letter in family) > 2


def recased(family: str) -> str:
    """Return a surname in capitals as it is written: `VAN DER BERG` van der Berg, `MCDONALD` McDonald."""
    words = family.split()
    lowered = [
        word.lower() if word.lower() in PARTICLES and at < len(words) - 1 else _recased_word(word)
        for at, word in enumerate(words)
    ]
    return " ".join(lowered)


def _recased_word(word: str) -> str:
    word = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    word = re.sub(r"\bMc([a-z])", lambda part: "Mc" + part[1].upper(), word)
    if word.startswith("Mac") and word[3:].capitalize() in _MAC:
        return "Mac" + word[3:].capitalize()
    return word


def _recased_given(given: str) -> str:
    """Return given names in capitals as written; up to three letters without a vowel stay initials."""
    if not given.isupper():
        return given
    return " ".join(
        word.title()
        if len(word.strip(".")) > 2 and re.search("[AEIOUY]", word) and "." not in word[:-1]
        else word
        for word in given.split()
    )
