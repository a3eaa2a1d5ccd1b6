"""What is said of a quotation, as the description of its selection: readable in every program, and read back.

The standard has one text for it. Own words come first, then one line for each of the rest."""

import re
from typing import Any, Final

from evidence_app.domain.coding import Quotation, QuotationKind, Voice

OUR_ORIGIN: Final = "Evidence Desk"
_LINE: Final = re.compile(r"(Kind|Voice|Speaker|Core statement|Important): (.+)")


def described(quotation: Quotation) -> str:
    """Return what is said of a quotation; nothing where it is the plain words."""
    kind = "" if quotation.kind is QuotationKind.DIRECT else quotation.kind.value
    lines = (
        ("Kind", kind), ("Voice", quotation.voice.value), ("Speaker", quotation.speaker),
        ("Core statement", quotation.core), ("Important", "yes" if quotation.important else ""),
    )  # fmt: skip
    told = [f"{name}: {' '.join(value.split())}" for name, value in lines if value.strip()]
    return "\n".join([*filter(None, [quotation.text.strip()]), *told])


def said_in(description: str) -> dict[str, Any]:
    """Return the columns of a quotation that a description of ours says; own words are what stands first."""
    lines = description.strip().split("\n")
    found: dict[str, str] = {}
    while lines and (line := _LINE.fullmatch(lines[-1].strip())) and line[1] not in found:
        found[line[1]] = line[2].strip()
        lines.pop()
    kind, voice = found.get("Kind", ""), found.get("Voice", "")
    return {
        "text": "\n".join(lines).strip(),
        "kind": (QuotationKind(kind) if kind in tuple(QuotationKind) else QuotationKind.DIRECT).value,
        "voice": (Voice(voice) if voice in tuple(Voice) else Voice.UNSAID).value,
        "speaker": found.get("Speaker", ""), "core": found.get("Core statement", ""),
        "important": int(found.get("Important") == "yes"),
    }  # fmt: skip
