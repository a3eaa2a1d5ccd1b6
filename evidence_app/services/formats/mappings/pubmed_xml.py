"""PubMed XML: articles and books. Source: the PubMed DTD and its documentation of elements."""

from typing import Any, Final

from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft
from evidence_app.services.formats.mappings.nbib import expanded, type_of
from evidence_app.services.formats.values import date_of
from evidence_app.services.formats.xml_stream import joined, marked

RECORDS: Final = frozenset(("PubmedArticle", "PubmedBookArticle", "MedlineCitation"))


def draft_of(element: Any) -> Draft:
    """Return the draft of an article or book element."""
    draft = Draft()
    book = element.find(".//BookDocument")
    if book is not None:
        _book(draft, book)
    else:
        citation = element if element.tag == "MedlineCitation" else element.find("MedlineCitation")
        _article(draft, citation if citation is not None else element)
    _identifiers(draft, element)
    draft.source_id = draft.item.get("PMID")
    return draft


def _article(draft: Draft, citation: Any) -> None:
    put = draft.put
    put("PMID", joined(citation.find("PMID")))
    article = citation.find("Article")
    if article is None:
        draft.put("type", "article-journal")
        return
    put("title", marked(article.find("ArticleTitle")))
    put("original-title", marked(article.find("VernacularTitle")))
    put("author", _names(article.find("AuthorList")))
    put("abstract", _abstract(article.find("Abstract")))
    other = citation.find("OtherAbstract")
    if other is not None and _abstract(other) != draft.item.get("abstract"):
        put("original-abstract" if "abstract" in draft.item else "abstract", _abstract(other))
    journal = article.find("Journal")
    if journal is not None:
        put("container-title", joined(journal.find("Title")) or joined(journal.find("ISOAbbreviation")))
        put("container-title-short", joined(journal.find("ISOAbbreviation")))
        put("volume", joined(journal.find("JournalIssue/Volume")))
        put("issue", joined(journal.find("JournalIssue/Issue")))
        put("issued", _date(journal.find("JournalIssue/PubDate")))
        for number in journal.findall("ISSN"):
            to.serial_number(draft, joined(number))
    put("container-title-short", joined(citation.find("MedlineJournalInfo/MedlineTA")))
    put("container-title", joined(citation.find("MedlineJournalInfo/MedlineTA")))
    put("publisher-place", joined(citation.find("MedlineJournalInfo/Country")))
    put("page", expanded(joined(article.find("Pagination/MedlinePgn"))))
    put("published-online", _date(article.find("ArticleDate[@DateType='Electronic']")))
    put("issued", _date(article.find("ArticleDate")))
    put("language", joined(article.find("Language")))
    kinds = [joined(kind) for kind in article.findall("PublicationTypeList/PublicationType")]
    put("type", type_of("; ".join(kinds).lower()))
    put("genre", "; ".join(kinds))
    _keywords(draft, citation)
    for place in article.findall("ELocationID"):
        _identifier(draft, place.get("EIdType", ""), joined(place))


def _book(draft: Draft, document: Any) -> None:
    put = draft.put
    put("PMID", joined(document.find("PMID")))
    book = document.find("Book")
    chapter = marked(document.find("ArticleTitle"))
    title = marked(book.find("BookTitle")) if book is not None else ""
    put("type", "chapter" if chapter else "book")
    put("title", chapter or title)
    if chapter:
        put("container-title", title)
    for people in (
        *document.findall("AuthorList"),
        *(book.findall("AuthorList") if book is not None else ()),
    ):
        put("editor" if people.get("Type") == "editors" else "author", _names(people))
    put("abstract", _abstract(document.find("Abstract")))
    put("language", joined(document.find("Language")))
    if book is not None:
        put("publisher", joined(book.find("Publisher/PublisherName")))
        put("publisher-place", joined(book.find("Publisher/PublisherLocation")))
        put("issued", _date(book.find("PubDate")))
        put("collection-title", joined(book.find("CollectionTitle")))
        put("volume", joined(book.find("Volume")))
        put("edition", joined(book.find("Edition")))
        put("medium", joined(book.find("Medium")))
        for number in book.findall("Isbn"):
            to.serial_number(draft, joined(number))
        for place in book.findall("ELocationID"):
            _identifier(draft, place.get("EIdType", ""), joined(place))
    put("issued", _date(document.find("ContributionDate")))
    put("page", joined(document.find("Pagination/MedlinePgn")))
    _keywords(draft, document)


def _identifiers(draft: Draft, element: Any) -> None:
    for path in (
        "PubmedData/ArticleIdList/ArticleId",
        "PubmedBookData/ArticleIdList/ArticleId",
        ".//BookDocument/ArticleIdList/ArticleId",
    ):
        for found in element.findall(path):
            _identifier(draft, found.get("IdType", ""), joined(found))


def _identifier(draft: Draft, kind: str, value: str) -> None:
    if kind == "doi":
        draft.put("DOI", value.lower())
    elif kind in {"pmc", "pmcid"}:
        draft.put("PMCID", value)
    elif kind == "pubmed":
        draft.put("PMID", value)


def _names(people: Any) -> list[dict[str, str]]:
    if people is None:
        return []
    names = [_name(person) for person in people.findall("Author")]
    return [name for name in names if name]


def _name(person: Any) -> dict[str, str]:
    if body := joined(person.find("CollectiveName")):
        return {"literal": body}
    given = (
        joined(person.find("ForeName")) or joined(person.find("FirstName")) or joined(person.find("Initials"))
    )
    parts = {
        "family": joined(person.find("LastName")),
        "given": given,
        "suffix": joined(person.find("Suffix")),
    }
    return {part: value for part, value in parts.items() if value}


def _abstract(abstract: Any) -> str:
    """Return the paragraphs of an abstract, each under its label."""
    if abstract is None:
        return ""
    paragraphs = []
    for text in abstract.findall("AbstractText"):
        label = text.get("Label", "")
        body = marked(text)
        paragraphs.append(f"{label}: {body}" if label and label != "UNLABELLED" else body)
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)


def _keywords(draft: Draft, element: Any) -> None:
    for heading in element.findall(".//MeshHeadingList/MeshHeading"):
        name = joined(heading.find("DescriptorName"))
        qualifiers = [joined(qualifier) for qualifier in heading.findall("QualifierName")]
        for word in [f"{name}/{qualifier}" for qualifier in qualifiers] or [name]:
            to.keywords("\x00")(draft, word)
    for word in element.findall(".//KeywordList/Keyword"):
        to.keywords("\x00")(draft, joined(word))


def _date(element: Any) -> dict[str, Any] | None:
    if element is None:
        return None
    medline = joined(element.find("MedlineDate"))
    if medline:
        return date_of(medline)
    parts = [joined(element.find(name)) for name in ("Year", "Month", "Day")]
    season = joined(element.find("Season"))
    return date_of(" ".join(part for part in (parts[0], parts[1] or season, parts[2]) if part))
