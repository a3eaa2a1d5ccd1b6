"""What kind of work a printed reference names, told from its parts: nothing else says it in print."""

import re
from collections.abc import Mapping
from typing import Final

from evidence_app.domain.csl import CslItem

_THESIS: Final = re.compile(
    r"\b(?:thesis|dissertation|proefschrift|habilitation|diplomarbeit|tesis|thèse|mémoire de)\b",
    re.IGNORECASE,
)
_REPOSITORY_OF_THESES: Final = re.compile(
    r"//(?:e?-?(?:theses|thesis|diss)|[\w.]*proquest)[\w.-]*/|/theses/", re.IGNORECASE
)
_MEETING: Final = re.compile(
    r"\b(?:proc|proceedings|conference|conf|symposium|workshop|congress|meeting|tagung|colloque|congreso)\b",
    re.IGNORECASE,
)
_REPORT: Final = re.compile(
    r"\b(?:report|rapport|bericht|working papers?|discussion papers?|white paper|tech(?:\.|nical) rep"
    r"|technical (?:note|memorandum)|briefing|guidance|guidelines?|guide|strategy|evaluation|findings"
    r"|rapid review|consultation|inquiry|evidence review|green paper|policy|plan|framework|toolkit"
    r"|annual review|survey of|scoping|final)\b",
    re.IGNORECASE,
)
_NUMBERED_REPORT: Final = re.compile(
    r"\b(?:technical report|tech\.? rep|working paper|discussion paper|rfc \d|memo(?:randum)? \d|nber)\b",
    re.IGNORECASE,
)
_DOCUMENT_LINK: Final = re.compile(
    r"\.(?:pdf|docx?)(?:$|[?#])|/(?:e?prints?|handle|publications?|reports?|documents?|id|record|bitstream|r)/",
    re.IGNORECASE,
)
_CATALOGUE_LINK: Final = re.compile(r"/(?=\w*\d)(?=\w*[A-Za-z])\w{12,}/?$")
_PAGE_LINK: Final = re.compile(
    r"/(?:news|blogs?|commentary|long-reads?|articles?|stor(?:y|ies)|press|media|about|topics?|what-we-do|overview|faqs?|wiki)(?:[-/#?]|$)"
    r"|wikipedia\.org|//[^/]+/?$",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(
    r"\b(?:Press|Presses|Verlag|Books?|Publish\w*|Publications|Editions?|Éditions|Editorial|Ediciones|Wiley|Springer|Elsevier"
    r"|Routledge|Sage|SAGE|Palgrave|Macmillan|Penguin|Blackwell|McGraw|Academic|Hall|Sons|Inc|Ltd|GmbH|CRC|MIT|ACM|IEEE|CUP|OUP"
    r"|Kluwer|Francis|Erlbaum|Guilford|Norton|Harper\w*|Addison|Kaufmann?|Suhrkamp|Campus|Seuil|Gallimard)\b"
)
_OFFICE: Final = re.compile(
    r"\b(?:Department|Ministry|Organi[sz]ation|Council|Government|Commission|Committee|Institut\w*|Agency|Office|Centre|Center"
    r"|Foundation|Trust|NHS|Association|Network|Authority|Fund|Board|Parliament|Alliance|Partnership|Services?"
    r"|Executive|Collective|Observatory|Bank|Bureau|Programme|Stationery|HMSO|Excellence|Confederation"
    r"|Think Tank|Laborator\w+|Universit\w+)\b"
)
_SOFTWARE: Final = re.compile(
    r"\b(?:R package|Python package|computer program|software|source code)\b|github\.com/|cran\.r-project",
    re.IGNORECASE,
)
_OTHER: Final = (
    (re.compile(r"\[?\b(?:motion picture|film|dvd|television|video)\b", re.IGNORECASE), "motion_picture"),
    (re.compile(r"\b(?:u\.?s\.? )?patent\b.{0,30}\d", re.IGNORECASE), "patent"),
    (re.compile(r"\[?data ?set\b\]?", re.IGNORECASE), "dataset"),
    (re.compile(r"\b(?:arxiv|biorxiv|medrxiv|psyarxiv|preprint)\b", re.IGNORECASE), "article"),
)  # fmt: skip
_NEWSPAPER: Final = re.compile(
    r"\b(?:Times|Guardian|Telegraph|Newspaper|Zeitung|Herald|Tribune|Gazette|Post|Le Monde|El País|Daily)\b"
)


def type_of(item: CslItem, parts: Mapping[str, str], text: str) -> str:
    """Return the CSL type of a printed reference from what was read of it and the whole string."""
    about = f"{parts.get('genre', '')} {parts.get('note', '')} {parts.get('series', '')}"
    title = str(item.get("title", ""))
    if _THESIS.search(f"{about} {parts.get('publisher', '')}") or _REPOSITORY_OF_THESES.search(
        str(item.get("URL", ""))
    ):
        return "thesis"
    if "version" in item and _SOFTWARE.search(text):
        return "software"
    if "journal" in parts:
        return _of_a_serial(item, parts)
    for pattern, kind in _OTHER:
        if pattern.search(f"{about} {parts.get('container', '')}") or (
            kind != "article" and pattern.search(title[-60:])
        ):
            return kind
    if "container-title" in item and not _is_site(item, parts):
        return "paper-conference" if _MEETING.search(str(item["container-title"])) else "chapter"
    if _NUMBERED_REPORT.search(about) or re.search(r"\breport\b", about, re.IGNORECASE):
        return "report"
    if "publisher" in item:
        return _published(item, title)
    return _on_the_web(item, title) if "URL" in item else _plain_kind(item, title)


def _of_a_serial(item: CslItem, parts: Mapping[str, str]) -> str:
    dated = len((item.get("issued") or {}).get("date-parts", [[]])[0]) >= 2
    if dated and "volume" not in item and "DOI" not in item and _NEWSPAPER.search(parts["journal"]):
        return "article-newspaper"
    bare = not {"volume", "issue", "page", "DOI"} & set(item)
    return "webpage" if bare and "accessed" in item and "URL" in item else "article-journal"


def _is_site(item: CslItem, parts: Mapping[str, str]) -> bool:
    """Whether what stands as the container is a site: a page names one, and has neither pages nor editors."""
    named_in = re.match(r"\W*in\b", parts.get("container", ""), re.IGNORECASE)
    return "URL" in item and not named_in and not {"page", "editor", "volume", "publisher"} & set(item)


def _published(item: CslItem, title: str) -> str:
    """A body that publishes its own work makes reports; a house makes books."""
    publisher = str(item["publisher"])
    if _HOUSE.search(publisher):
        return "book"
    own = any(
        publisher.casefold() in str(name.get("literal", "")).casefold()
        for name in item.get("author", [])
        if name.get("literal")
    )
    initials = re.fullmatch(r"(?:(?:The )?[A-Z]{3,}(?:, |\b)| )+", publisher)
    if own or _OFFICE.search(publisher) or initials or (_REPORT.search(title) and "edition" not in item):
        return "report"
    return "report" if "URL" in item and _DOCUMENT_LINK.search(str(item["URL"])) else "book"


def _on_the_web(item: CslItem, title: str) -> str:
    link = str(item["URL"])
    if "container-title" in item or "issued" not in item:
        return "webpage"
    parts = (item["issued"].get("date-parts") or [[]])[0]
    if len(parts) == 3 or "literal" in item["issued"]:
        return "webpage"
    if _PAGE_LINK.search(link) and not re.search(r"\.pdf\b", link):
        return "webpage"
    if re.search(r"\.pdf\b", link, re.IGNORECASE):
        return "report"
    document = _DOCUMENT_LINK.search(link) or _CATALOGUE_LINK.search(link)
    if document and (
        _REPORT.search(title) or _CATALOGUE_LINK.search(link) or not re.search(r"/publications?/", link)
    ):
        return "report"
    return "report" if _REPORT.search(title) else "webpage"


def _plain_kind(item: CslItem, title: str) -> str:
    if re.search(r"\b(?:report|working paper|discussion paper)\b", title, re.IGNORECASE):
        return "report"
    return "book" if {"publisher-place", "edition", "ISBN", "number-of-pages"} & set(item) else "document"
