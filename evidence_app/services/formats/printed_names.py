"""Authors as reference lists print them, in any style: `Smith JA, Lee B, et al.`, `J. Smith and B. Lee`."""

import re
from typing import Final

from evidence_app.domain.names import ET_AL, PARTICLES, CslName, parse_name, several_in
from evidence_app.services.formats.values import name_of

_ROLE: Final = re.compile(
    r"\((?:[^()]*\b)?(?:eds?|editors?|hrsg|hg|dirs?|coords?|comps?|producers?|directors?|writers?)\b[^()]*\)[.:,]?"
    r"|\b(?:(?-i:[Ee]ds?|[Dd]ir|[Hh]g)|editors?|(?:eds?\.|edited) by|hrsg|translated by|trans|producers?"
    r"|directors?)\b\.?\)?[.:,]?",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"\{?\\\w+\s+|[{}]|</?\w+>|(?<=[A-Za-zÀ-ÿ])\d+(?=[,;]|$)")
_ET_AL: Final = re.compile(
    r",?\s*(?:\bet\.? al\b\.?|\band (?:others|colleagues)\b\.?|…|\.\s?\.\s?\.)\s*", re.IGNORECASE
)
_INITIALS: Final = r"(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}"
_ONLY_INITIALS: Final = re.compile(rf"^{_INITIALS}$")
_ENDS_IN_INITIALS: Final = re.compile(r"^\S.*\s[A-ZÀ-Þ]{1,3}$|^\S.*\s(?:[A-ZÀ-Þ]\.[\s-]?){1,4}$")
_SPACED_INITIALS: Final = re.compile(r"^(\S.*\S) ((?:[A-ZÀ-Þ]\.? ){1,3}[A-ZÀ-Þ]\.?)$")
_SUFFIX: Final = re.compile(r"^(?:Jr|Sr|II|III|IV|2nd|3rd)\.?$")
_BODY: Final = re.compile(
    r"\b(?:Department|Ministry|Organi[sz]ation|Council|Government|Commission|Committee|Institut\w*|Agency|Office|Office|Centre"
    r"|Center|Foundation|Trust|NHS|Association|Society|Service|Services|Collective|Group|University|Health|Care|Network|Team"
    r"|Authority|Fund|Consortium|Collaboration|Board|Party|Parliament|Alliance|Partnership|England|Wales|Scotland|Ireland"
    r"|Improvement|Study|for|of the|UK|EU|House)\b"
)


def printed_names(text: str) -> list[CslName]:
    """Read the authors or editors of a printed reference."""
    text = _ROLE.sub(" ", re.sub(r"^\s*In:?\s+", "", _MARKUP.sub("", text.strip())))
    text = re.sub(r"\b(\w+) (I{2,3}|IV|Jr\.?|Sr\.?), ((?:[A-Z][\w.-]*\s?)+)", r"\1, \3, \2", text)
    cut = _ET_AL.split(text, maxsplit=1)
    if len(cut) > 1 and (last := re.sub(r"^\W*(?:&|and)?\s*", "", cut[1])) and len(last) > 3:
        cut = [f"{cut[0].rstrip(' ,;&')}, {last}", ""]
    plain = " ".join(cut[0].split()).strip(" .,;:()[]&")
    plain = plain + "." if re.search(r"(?:^|[\s.])[A-ZÀ-Þ]$", plain) and "." in plain else plain
    names = [name for piece in _pieces(plain) if (name := _name(piece))]
    return [*names, {"literal": ET_AL}] if len(cut) > 1 and names else names


def _pieces(text: str) -> list[str]:
    """Split the names by what parts them: semicolons, conjunctions, or commas outside a name."""
    if not text:
        return []
    if ";" not in text and re.search(r"\S / \S", text):
        text = text.replace(" / ", "; ")  # Müller, A. / Lind, B.
    if ";" in text:
        return [
            piece
            for between in text.split(";")
            for part in several_in(between.strip())
            for piece in re.split(r"^\s*(?:and|&)\s+|\s+(?:and|&)\s+", part)
            if piece.strip()
        ]
    if _BODY.search(text) and not re.search(r"\b[A-Z]{1,3}(?:,|$)|\b[A-Z]\.", text):
        return (
            [text] if " and " in text or (text.count(",") <= 1 and not _all_bodies(text)) else text.split(",")
        )
    parts = [
        part.strip()
        for part in re.split(r"\s*,\s*(?:and|&|und|y|et)\s+|\s+(?:and|&|und)\s+|\s*,\s*", text)
        if part.strip(" ,")
    ]
    return _joined(parts)


def _all_bodies(text: str) -> bool:
    return all(_BODY.search(part) or part.strip().isupper() for part in text.split(","))


def _joined(parts: list[str]) -> list[str]:
    """Put `Smith` and the initials or given names that a comma parts from it together again."""
    out: list[str] = []
    waiting = ""
    turned = len(parts) > 1 and (_given_first_only(parts) or _ONLY_INITIALS.match(parts[1]) or _pairs(parts))
    for part in parts:
        if _SUFFIX.match(part) and (out or waiting):
            if waiting:
                waiting = f"{waiting}, {part}"
            else:
                out[-1] = f"{out[-1]}, {part}"
        elif _ONLY_INITIALS.match(part) and (
            waiting or (out and "," not in out[-1] and not _ENDS_IN_INITIALS.match(out[-1]))
        ):
            out.append(f"{waiting or out.pop()}, {part}")
            waiting = ""
        elif waiting and turned:
            out.append(f"{waiting}, {part}")
            waiting = ""
        elif waiting:
            out += [waiting]
            waiting = part
        elif " " not in part.replace("van ", "").replace("de ", "") and not _ENDS_IN_INITIALS.match(part):
            waiting = part
        else:
            out.append(part)
    return [*out, waiting] if waiting else out


def _given_first_only(parts: list[str]) -> bool:
    """`Alloway, Lawrence` and `Sera, W. E., C. N. Early`: only the first name is turned."""
    return (
        " " not in parts[0]
        and len(parts) >= 2
        and not _ENDS_IN_INITIALS.match(parts[0])
        and (len(parts) == 2 or all(" " in part for part in parts[2:]))
    )


def _pairs(parts: list[str]) -> bool:
    return len(parts) % 2 == 0 and all(_ONLY_INITIALS.match(part) for part in parts[1::2])


def _name(text: str) -> CslName | None:
    text = text.strip(" .,;:") + ("." if re.search(r"(?:^|[\s.])[A-ZÀ-Þ]\.$", text.strip(" ,;:")) else "")
    text = re.sub(r"^(?:and|&)\s+", "", text).strip()
    if not text:
        return None
    if _BODY.search(text) and not re.search(r",\s*(?:[A-Z]\.?\s*)+$|\s[A-Z]{1,2}$", text):
        return {"literal": text}
    if "," not in text and (spaced := _SPACED_INITIALS.match(text)) and not _ONLY_INITIALS.match(spaced[1]):
        return _small(name_of(f"{spaced[1]}, {spaced[2]}"))
    if "," in text or _ENDS_IN_INITIALS.match(text):
        return _small(name_of(text))
    words = text.split()
    if len(words) > 1 and _ONLY_INITIALS.match(words[0]):
        return _small(
            name_of(f"{' '.join(words[_initial_count(words) :])}, {' '.join(words[: _initial_count(words)])}")
        )
    name = parse_name(text)
    return name.to_csl() if name else None


def _initial_count(words: list[str]) -> int:
    count = next((at for at, word in enumerate(words) if not _ONLY_INITIALS.match(word)), len(words) - 1)
    return max(count, 1)


def _small(name: CslName | None) -> CslName | None:
    """A particle in capitals at the head of a list (`Van der Berg`) stays with the family."""
    if name and name.get("family", "").lower() in PARTICLES:
        return {"literal": " ".join(name.values())}
    return name
