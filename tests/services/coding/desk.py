"""A small review with documents to code, for tests of the services."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from evidence_app.domain.coding import Anchor, Code, Coding, Document, PlacedCode, Quotation, code_tree
from evidence_app.domain.edit import Edit, insert
from evidence_app.services.coding import codebook, documents
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.coding import NOBODY, Coder, Passage, code_passage, passage_at
from evidence_app.services.coding.full_texts import pasted
from evidence_app.storage import coding
from evidence_app.storage.project import Project

TEXT = (
    "In the first year money arrived late. Then trust was lost for good. “We felt unheard,” one carer said. "
    "The leaders listened, and money came on time.\n"
)
SECOND = "Money was short. 委托服务的协同生产需要时间。 Trust grew slowly."


class Desk:
    """A project with two reports, a document each, and acts in few words."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.reader = project.reader()

    def close(self) -> None:
        """Let go of the file."""
        self.reader.close()

    def do(self, edit: Edit) -> None:
        """Write an edit."""
        self.project.apply(edit)

    def document(self, row: int = 1) -> Document:
        """Return a document."""
        found = coding.document(self.reader, row)
        assert found is not None
        return found

    def anchor(self, words: str, row: int = 1) -> Anchor:
        """Return the anchor of words in a document."""
        text = coding.text_of(self.reader, row)
        start = text.index(words)
        return anchor_of(self.document(row), text, start, start + len(words))

    def passage(self, words: str, row: int = 1) -> Passage:
        """Return a passage with the quotation that stands there already."""
        return passage_at(self.document(row), self.anchor(words, row), self.quotations(row))

    def quotations(self, row: int = 1) -> list[Quotation]:
        """Return the quotations of a document."""
        return coding.quotations(self.reader, row)

    def codes(self) -> list[Code]:
        """Return all codes, merged ones too."""
        return coding.codes(self.reader, merged=True)

    def tree(self) -> list[PlacedCode]:
        """Return the code tree."""
        return code_tree(self.codes())

    def names(self) -> list[str]:
        """Return the full names of the codes in the order of the tree."""
        return [each.full_name for each in self.tree()]

    def code(self, name: str) -> Code:
        """Return a code by its name; made where it is not there."""
        for each in self.codes():
            if each.name == name:
                return each
        self.do(codebook.new_code(name, None, codebook.last_position(self.codes(), None)))
        return self.code(name)

    def codings(self) -> list[Coding]:
        """Return all codings."""
        return coding.codings(self.reader)

    def coded(self, words: str, *names: str, row: int = 1, coder: Coder = NOBODY) -> None:
        """Give words of a document codes."""
        passage = self.passage(words, row)
        held = [
            each for each in self.codings() if passage.quotation and each.quotation == passage.quotation.id
        ]
        self.do(code_passage(passage, [self.code(name) for name in names], held, coder))

    def told(self) -> list[tuple[str, str]]:
        """Return which words have which code."""
        known = {each.id: each.name for each in self.codes()}
        words = {each.id: each.anchor.exact for each in coding.all_quotations(self.reader)}
        return [(words[each.quotation], known[each.code]) for each in self.codings()]


@contextmanager
def opened_desk(folder: Path, texts: Sequence[str] = (TEXT, SECOND)) -> Iterator[Desk]:
    """Make a review with a report for each text, and a document of it."""
    with Project.create(folder / "review.evidence") as project:
        for number, text in enumerate(texts, 1):
            row = insert(
                "reference", type="report", title=f"Report {number}", standing="included",
                author=f'[{{"family": "Author{number}"}}]', issued='{"date-parts": [[2020]]}', year=2020,
            )  # fmt: skip
            project.apply(Edit("Add", (row,)))
            project.apply(documents.attach(number, pasted(text, f"Report {number}"), None))
        desk = Desk(project)
        try:
            yield desk
        finally:
            desk.close()
