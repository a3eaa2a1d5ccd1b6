"""Records of another format in the midst of a file: exports that somebody put one behind the other.

A file is read as one format. What looks like records of another is listed, so that nothing passes unseen."""

from collections.abc import Mapping
from typing import Final

from evidence_app.services.formats.records import RawRecord, Unplaced

_SIGNS: Final[Mapping[str, tuple[str, ...]]] = {
    "RIS": ("TY  - ",),
    "MEDLINE": ("PMID- ",),
    "Web of Science": ("PT J\n", "FN Clarivate", "FN ISI ", "FN Thomson", "PT\tAU\t"),
    "EndNote": ("%0 Journal", "%0 Book", "%0 Conference", "%0 Thesis", "%0 Report", "%0 Web", "%0 Generic"),
    "RefWorks": ("RT Journal", "RT Book", "RT Conference", "RT Dissertation", "RT Web", "RT Generic"),
    "BibTeX": tuple(
        f"@{way(kind)}{{"
        for kind in ("article", "book", "inproceedings", "incollection", "misc", "phdthesis", "techreport")
        for way in (str.lower, str.capitalize, str.upper)
    ),
    "Ovid": ("VN  - Ovid",),
    "JSON": ("[{", "[\n", '{"id"', "{\n"),
    "XML": ("<?xml ", "<xml>", "<PubmedArticleSet", "<rdf:RDF", "<mods"),
    "table": ("Title,", '"Title"', "Authors,", '"Authors"', '"TITLE"'),
}
"""What a record, or a file, of each begins with at the start of a line."""
_HEADS: Final = '@[{<%"'
_OWN: Final = {
    "ris": ("RIS",), "nbib": ("MEDLINE",), "wos": ("Web of Science",), "enw": ("EndNote",),
    "refworks": ("RefWorks",), "bibtex": ("BibTeX",), "biblatex": ("BibTeX",), "ovid-tagged": ("Ovid",),
    "ovid": ("Ovid",), "csv": ("table",), "tsv": ("table",), "wos-tab": ("table", "Web of Science"),
    "references": (),
}  # fmt: skip


class ForeignMarks:
    """The beginnings of records that a file of one format should not hold."""

    def __init__(self, format: str) -> None:
        own = _OWN.get(format)
        self._tagged_throughout = format == "ris"
        self._starts = {
            sign: name
            for name, signs in _SIGNS.items()
            for sign in signs
            if own is not None and name not in own
        }
        self._inside: dict[str, dict[str, str]] = {}
        """The signs by how they begin: few records have a line that begins so, and fewer the whole sign."""
        for sign, name in self._starts.items():
            head = sign[:1] if sign[0] in _HEADS else sign[:2]
            self._inside.setdefault(f"\n{head}", {})[f"\n{sign}"] = name
        self._any = tuple(self._starts)

    def possible(self, raw: RawRecord) -> bool:
        """Whether it is worth looking: most records of RIS are nothing but lines with tags of their own."""
        if not self._tagged_throughout:
            return True
        return raw.text.count("\n") > len(raw.tags) or raw.text.count("\nVN  - ") > 0

    def begun(self, text: str) -> str:
        """Return the format whose record begins with this text, or nothing."""
        if not self._any or not text.startswith(self._any):
            return ""
        return next(name for sign, name in self._starts.items() if text.startswith(sign))

    def found(self, text: str, line: int) -> Unplaced | None:
        """Return what of a record's text is records of another format; the record keeps the text too."""
        if name := self.begun(text):
            return _unplaced(name, text, line)
        places = [
            (text.find(sign), name)
            for head, signs in self._inside.items()
            if head in text
            for sign, name in signs.items()
            if sign in text
        ]
        if not places:
            return None
        at, name = min(places)
        return _unplaced(name, text[at + 1 :], line + text.count("\n", 0, at + 1))


def _unplaced(name: str, text: str, line: int) -> Unplaced:
    if name == "table":
        said = "Here a table seems to begin, in a file of another format. Import it as a file of its own."
    else:
        said = f"Here records in the format {name} seem to begin. Import them as a file of their own."
    return Unplaced(line, text, said)
