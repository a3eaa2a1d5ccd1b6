"""What a record says, as one text to read: title, where it appeared, authors, abstract, keywords."""

import re
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.names import Name
from evidence_app.domain.reference import Reference, plain

MOST_AUTHORS: Final = 12
_HEADED: Final = re.compile(
    r"^\s*([A-Z][A-Za-z /&,'’-]{2,40}?)\s*[.:](?=\s+\S)|^\s*([A-Z][A-Z /&,'-]{3,40})\s+(?=\S)"
)
_HEADINGS: Final = frozenset(
    ("abstract", "aim", "aims", "background", "conclusion", "conclusions", "context", "design", "discussion",
     "findings", "implications", "importance", "interpretation", "intervention", "interventions",
     "introduction", "limitations", "main", "materials", "measurements", "method", "methods", "objective",
     "objectives", "outcomes", "participants", "patients", "purpose", "rationale", "result", "results",
     "sample", "setting", "significance", "summary", "trial"),
)  # fmt: skip
_BREAK: Final = re.compile(
    r"(?<=[.;!?)])\s+(?=(?:BACKGROUND|OBJECTIVES?|AIMS?|METHODS?|DESIGN|SETTING|PARTICIPANTS|RESULTS|FINDINGS|"
    r"CONCLUSIONS?|DISCUSSION|INTERPRETATION|INTERVENTIONS?|PURPOSE|INTRODUCTION|IMPLICATIONS|PATIENTS|"
    r"MAIN OUTCOME MEASURES?|MAIN RESULTS|MEASUREMENTS|LIMITATIONS|TRIAL REGISTRATION)\b\s*[:.]?\s"
    r"|(?:Background|Objectives?|Aims?|Methods?|Design|Setting|Participants|Patients|Results|Findings|"
    r"Interventions?|Main outcome measures?|Measurements|Limitations|Conclusions?|"
    r"Discussion|Interpretation|Purpose|Introduction|Implications|Trial registration)\s*:\s)"
)
_CHINESE: Final = "背景|目的|目标|目標|方法|对象|對象|対象|结果|結果|结论|結論|讨论|討論|考察"
_CHINESE_BREAK: Final = re.compile(rf"(?<=[。．；;.])\s*(?=(?:{_CHINESE})\s*[：:]|【(?:{_CHINESE})】)")
_CHINESE_HEADED: Final = re.compile(rf"^\s*(?:({_CHINESE})\s*[：:]|【({_CHINESE})】)\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an abstract: the heading it begins with, if it has one, and the rest."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordText:
    """What is read of one record, without marks."""

    title: str
    container: str
    authors: str
    abstract: tuple[Paragraph, ...]
    keywords: str
    original_title: str = ""
    original_abstract: tuple[Paragraph, ...] = ()

    @property
    def has_original(self) -> bool:
        """Whether the work's own language says something too."""
        return bool(self.original_title or self.original_abstract)


def text_of(reference: Reference) -> RecordText:
    """Return what is read of a reference."""
    item = reference.item
    return RecordText(
        title=reference.title or "No title",
        container=where(reference),
        authors=authors_of(reference.authors),
        abstract=paragraphs(str(item.get("abstract") or "")),
        keywords=plain(str(item.get("keyword") or "")),
        original_title=plain(str(item.get("original-title") or "")),
        original_abstract=paragraphs(str(item.get("original-abstract") or "")),
    )


def where(reference: Reference) -> str:
    """Return where and when it appeared: "BMC Health Serv Res  2019; 19(1): 228"."""
    item = reference.item
    volume, issue, page = (str(item.get(name) or "") for name in ("volume", "issue", "page"))
    place = volume + (f"({issue})" if issue else "")
    place = ": ".join(part for part in (place, page) if part)
    when = "; ".join(part for part in (str(reference.year or ""), place) if part)
    return "  ".join(part for part in (reference.container, when) if part) or "No place of publication"


def authors_of(names: tuple[Name, ...]) -> str:
    """Return the authors as one reads them, the first dozen of many."""
    written = [_written(name) for name in names if not name.is_et_al]
    if not written:
        return "No authors"
    more = len(written) - MOST_AUTHORS
    return ", ".join(written[:MOST_AUTHORS]) + (f" and {more} more" if more > 0 else "")


def _written(name: Name) -> str:
    initials = "".join(part[0] for part in re.split(r"[\s.\-]+", name.given or "") if part)
    return " ".join(part for part in (name.family_or_literal, initials) if part)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an abstract; a structured one in one line is broken at its headings."""
    lines = [line.strip() for line in plain(text).splitlines()]
    lines = [line for line in lines if line]
    if len(lines) == 1:
        parts = (part for line in _BREAK.split(lines[0]) for part in _CHINESE_BREAK.split(line))
        lines = [part.strip() for part in parts]
    return tuple(_paragraph(line) for line in lines)


def _paragraph(line: str) -> Paragraph:
    if (chinese := _CHINESE_HEADED.match(line)) is not None:
        return Paragraph(f"{chinese[1] or chinese[2]}：", line[chinese.end() :])
    found = _HEADED.match(line)
    if found is None:
        return Paragraph("", line)
    heading = (found[1] or found[2]).strip()
    words = re.split(r"[ /&,]+", heading.casefold())
    if words[0] not in _HEADINGS or len(words) > 5:
        return Paragraph("", line)
    rest = line[found.end() :].strip()
    shown = heading.capitalize() if heading.isupper() else heading
    return Paragraph(f"{shown}.", rest)


def language_name(code: str) -> str:
    """Return how the button of the other language is named."""
    first = re.split(r"[-_;, ]", code.strip().casefold(), maxsplit=1)[0]
    return LANGUAGES.get(_SHORT.get(first, first), "Original")


LANGUAGES: Final = {
    "zh": "中文", "ja": "日本語", "ko": "한국어", "de": "Deutsch", "fr": "Français", "es": "Español",
    "pt": "Português", "it": "Italiano", "ru": "Русский", "pl": "Polski", "nl": "Nederlands", "sv": "Svenska",
    "da": "Dansk", "no": "Norsk", "nb": "Norsk", "fi": "Suomi", "cy": "Cymraeg", "tr": "Türkçe",
    "ar": "العربية", "fa": "فارسی", "cs": "Čeština", "hu": "Magyar", "el": "Ελληνικά", "uk": "Українська",
}  # fmt: skip
_SHORT: Final = {
    "chi": "zh", "zho": "zh", "jpn": "ja", "kor": "ko", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr",
    "spa": "es", "por": "pt", "ita": "it", "rus": "ru", "pol": "pl", "dut": "nl", "nld": "nl", "swe": "sv",
    "dan": "da", "nor": "no", "nob": "nb", "fin": "fi", "wel": "cy", "cym": "cy", "tur": "tr", "ara": "ar",
    "per": "fa", "fas": "fa", "cze": "cs", "ces": "cs", "hun": "hu", "gre": "el", "ell": "el", "ukr": "uk",
}  # fmt: skip
"""Codes of three letters (ISO 639-2), which MEDLINE gives."""
