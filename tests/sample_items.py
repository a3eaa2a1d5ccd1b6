"""Works that tests of formats write and read: one of every variable, and an article."""

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, NUMBER_VARIABLES, TEXT_VARIABLES, CslItem
from evidence_app.domain.reference import Reference, ReferenceId


def reference(item: CslItem, number: int = 1) -> Reference:
    return Reference(id=ReferenceId(number), guid=f"g{number}", item=item, number=number)


def one_of_every_variable() -> CslItem:
    """A work that uses every variable there is."""
    item: CslItem = {"type": "chapter"}
    item |= {
        name: f"The {name} of <i>E. coli</i> & co: 5% of $3_x"
        for name in (*TEXT_VARIABLES, "original-abstract")
    }
    item |= {name: f"1{at}" for at, name in enumerate((*NUMBER_VARIABLES, "article-number"))}
    item |= {
        name: [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}]
        for name in NAME_VARIABLES
    }
    item |= {name: {"date-parts": [[2019, 4, 2], [2020]]} for name in ALL_DATES}
    item |= {"DOI": "10.1000/a_b", "URL": "https://example.org/a_b%20c#d", "custom": {"colour": "= red"}}
    item["author"] = [
        {"family": "King", "given": "M L", "suffix": "Jr"},
        {"literal": "Department of Health, Social Services and Public Safety"},
    ]
    return {name: value for name, value in item.items() if name not in {"citation-number", "citation-key"}}


ARTICLE: CslItem = {
    "type": "article-journal",
    "title": "Social prescribing of DNA tests: what works for <i>whom</i>?",
    "author": [
        {"family": "Øvretveit", "given": "John"},
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"literal": "National Institute for Health, Care and Excellence"},
    ],
    "container-title": "BMJ Open",
    "issued": {"date-parts": [[2019, 4]]},
    "volume": "9",
    "issue": "4",
    "page": "123-130",
    "DOI": "10.1136/bmjopen-2018-022000",
    "abstract": "First paragraph.\nSecond: 5% & more.",
    "keyword": "social prescribing; primary care",
    "ISSN": "2044-6055",
}
RECORD_FORMATS = ("ris", "bibtex", "biblatex", "csljson", "endnote-xml", "nbib", "enw")
