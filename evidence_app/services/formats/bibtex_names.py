"""Names as BibTeX writes them: `von Last, Jr, First and {A Body} and others`, and back.

Source: the BibTeX documentation (Patashnik) and the extended name format of BibLaTeX."""

import re

from evidence_app.domain.names import ET_AL, CslName, Name
from evidence_app.services.formats.latex import decoded, encoded

_EXTENDED = re.compile(r"^\s*[a-z]+(?:-i)?\s*=")
_AND = re.compile(r"(?<!\s)\s+and(?=\s)", re.IGNORECASE)


def names_of(text: str) -> list[CslName]:
    """Read a BibTeX name list; braces keep a body's commas and conjunctions together."""
    read = (_name(piece) for piece in split_outside(text, _AND))
    return [name for name in read if name]


def split_outside(text: str, mark: re.Pattern[str]) -> list[str]:
    """Split a text at a mark that stands outside braces."""
    if "{" not in text and "\\" not in text:
        return [piece.strip() for piece in mark.split(text)]
    pieces, start, depth, at = [], 0, 0, 0
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(letter, 0)
        found = mark.match(text, at) if depth <= 0 else None
        if found and found.end() > at:
            pieces.append(text[start:at])
            at = start = found.end()
        else:
            at += 1
    return [piece.strip() for piece in (*pieces, text[start:])]


def _name(text: str) -> CslName:
    text = text.strip(" ,;")
    if text.lower() in {"others", "{others}", "et al", "et al.", "{et al.}"}:
        return {"literal": ET_AL}
    if _wholly_braced(text):
        return {"literal": decoded(text)}
    if _EXTENDED.match(text):
        return _extended(text)
    parts = split_outside(text, re.compile(r","))
    if len(parts) == 1:
        return _first_last(split_outside(text, re.compile(r"[\s~]+")))
    prefix, family = _von_last([word for word in split_outside(parts[0], re.compile(r"[\s~]+")) if word])
    given, suffix = (parts[2], parts[1]) if len(parts) == 3 else (", ".join(parts[1:]), "")
    return _csl(family, given, prefix, suffix)


def _wholly_braced(text: str) -> bool:
    if not (text.startswith("{") and text.endswith("}")) or text.startswith("{\\"):
        return False
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return at == len(text) - 1
    return False


def _first_last(words: list[str]) -> CslName:
    words = [word for word in words if word]
    if not words:
        return {}
    if len(words) == 1:
        bare = decoded(words[0])
        return {"family": bare} if bare else {}
    at = next((n for n, word in enumerate(words[:-1]) if _is_small(word)), None)
    if at is None:
        return _csl(words[-1], " ".join(words[:-1]), "", "")
    prefix, family = _von_last(words[at:])
    return _csl(family, " ".join(words[:at]), prefix, "")


def _von_last(words: list[str]) -> tuple[str, str]:
    if len(words) < 2 or not _is_small(words[0]):
        return "", " ".join(words)
    at = max((n for n, word in enumerate(words[:-1], 1) if _is_small(word)), default=0)
    return " ".join(words[:at]), " ".join(words[at:])


def _is_small(word: str) -> bool:
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    first = next((letter for letter in decoded(word) if letter.isalpha()), "")
    return first.islower()


def _extended(text: str) -> CslName:
    fields = dict(piece.split("=", 1) for piece in split_outside(text, re.compile(r",")) if "=" in piece)
    known = {name.strip(): value.strip().strip('"') for name, value in fields.items()}
    return _csl(
        known.get("family", ""), known.get("given", ""), known.get("prefix", ""), known.get("suffix", "")
    )


def _csl(family: str, given: str, prefix: str, suffix: str) -> CslName:
    parts = {"family": family, "given": given, "non-dropping-particle": prefix, "suffix": suffix}
    plain = {
        part: re.sub(r"\s+", " ", decoded(value).replace("\u00a0", " ")) for part, value in parts.items()
    }
    return {part: value for part, value in plain.items() if value}


def typed(names: list[CslName]) -> str:
    """Return names as a BibTeX name list; a body stands in braces."""
    return " and ".join(_typed(Name.of(name)) for name in names)


def _typed(name: Name) -> str:
    if name.is_et_al:
        return "others"
    if name.literal:
        return "{" + encoded(name.literal) + "}"
    family = _guarded(name.family)
    if name.particle:
        family = f"{encoded(name.particle)} {family}"
    elif _is_small(family):
        family = "{" + family + "}"
    return ", ".join(part for part in (family, _guarded(name.suffix), _guarded(name.given)) if part)


def _guarded(part: str) -> str:
    text = encoded(part)
    return "{" + text + "}" if re.search(r",|\band\b", part, re.IGNORECASE) else text
