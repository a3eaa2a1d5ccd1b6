"""Writing the manuscript: each act is one edit, and its undo gives the same text and citations back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from evidence_app.domain.edit import Edit, Insert, insert
from evidence_app.domain.manuscript import AnchorPlace, Block, Cited, Direction, Role, Text
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis import manuscript, rewriting
from evidence_app.services.synthesis.flat import length
from evidence_app.storage import contents
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project


class Desk:
    """A small project with three references and one section."""

    def __init__(self, folder: str) -> None:
        from pathlib import Path

        self.project = Project.create(Path(folder) / "p.evidence", "A review")
        references = [Insert("reference", f"r{at}", {"type": "book", "title": f"T{at}"}) for at in range(3)]
        self.project.apply(Edit("Start", (*references, insert("section", title="Results"))))
        self.reader: Reader = self.project.reader()

    def blocks(self) -> tuple[Block, ...]:
        return contents.blocks(self.reader)

    def write(self, *runs: str, position: float = 1.0) -> Block:
        block = manuscript.blank_block(1, position=position)
        self.project.apply(manuscript.new_block(replace(block, runs=tuple(Text(run) for run in runs))))
        return self.blocks()[-1]

    def shown(self) -> list[str]:
        """Return each block as a reader sees it, with its citations by works and roles."""
        lines = []
        for block in self.blocks():
            by_guid = {anchor.guid: anchor for anchor in block.anchors}
            pieces = []
            for run in block.runs:
                if isinstance(run, Text):
                    pieces.append(run.text)
                else:
                    anchor = by_guid[run.anchor]
                    pieces.append(f"[{anchor.role.value} {[(w.reference, w.locator) for w in anchor.works]}]")
            lines.append(f"{block.direction}: {''.join(pieces)}")
        return lines

    def close(self) -> None:
        self.reader.close()
        self.project.close()


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(str(tmp_path_factory.mktemp("desk")))
    yield made
    made.close()


def test_a_citation_stands_where_it_was_put(desk: Desk) -> None:
    block = desk.write("Funding is short, and late.")
    desk.project.apply(manuscript.cite(block, [2, 1], run=0, offset=17))
    assert desk.shown() == ["None: Funding is short,[evidence [(2, ''), (1, '')]] and late."]


def test_works_are_added_once_and_the_last_one_takes_the_anchor_with_it(desk: Desk) -> None:
    block = desk.write("Funding is short.")
    desk.project.apply(manuscript.cite(block, [1], run=0, offset=17))
    (block,) = desk.blocks()
    guid = block.anchors[0].guid
    desk.project.apply(manuscript.add_to_anchor(block, guid, [1, 3]))
    (block,) = desk.blocks()
    assert [work.reference for work in block.anchors[0].works] == [1, 3]
    desk.project.apply(manuscript.take_from_anchor(block, guid, 1))
    (block,) = desk.blocks()
    desk.project.apply(manuscript.take_from_anchor(block, guid, 3))
    (block,) = desk.blocks()
    assert (block.anchors, block.runs) == ((), (Text("Funding is short."),))


def test_works_keep_locators_when_their_order_changes(desk: Desk) -> None:
    block = desk.write("Funding.")
    desk.project.apply(manuscript.cite(block, [1, 2, 3], run=0, offset=8))
    for _ in range(3):
        (block,) = desk.blocks()
        (anchor,) = block.anchors
        first, *rest = anchor.works
        works = [*rest, replace(first, locator=f"p. {first.reference}")]
        changed = replace(anchor, works=tuple(works))
        desk.project.apply(manuscript.write_block(block, replace(block, anchors=(changed,))))
    assert desk.shown() == ["None: Funding.[evidence [(1, 'p. 1'), (2, 'p. 2'), (3, 'p. 3')]]"]


def test_splitting_parts_text_and_citations_and_joining_brings_them_together(desk: Desk) -> None:
    block = desk.write("One. Two.")
    desk.project.apply(manuscript.cite(block, [1], run=0, offset=4))
    (block,) = desk.blocks()
    desk.project.apply(manuscript.cite(block, [2], run=2, offset=5))
    before = desk.shown()
    (block,) = desk.blocks()
    desk.project.apply(rewriting.split(desk.blocks(), block, 5).edit)
    assert desk.shown() == ["None: One.[evidence [(1, '')]]", "None: Two.[evidence [(2, '')]]"]
    joined = rewriting.join(desk.blocks(), desk.blocks()[1])
    assert joined is not None
    desk.project.apply(joined.edit)
    assert desk.shown() == ["None: One.[evidence [(1, '')]] Two.[evidence [(2, '')]]"]
    desk.project.undo()
    desk.project.undo()
    assert desk.shown() == before


def test_a_deleted_block_comes_back_with_its_citations(desk: Desk) -> None:
    block = desk.write("Funding.")
    desk.project.apply(manuscript.cite(block, [1, 2], run=0, offset=8, role=Role.CONTRAST))
    before = desk.shown()
    desk.project.apply(manuscript.remove_block(desk.blocks()[0]))
    assert desk.shown() == []
    assert desk.reader.value("SELECT count(*) FROM live_citation") == 0
    desk.project.undo()
    assert desk.shown() == before


def test_an_edit_names_what_it_does_in_the_users_words(desk: Desk) -> None:
    block = desk.write("Funding is short.")
    reworded = manuscript.write_block(block, replace(block, runs=(Text("Funding is late."),)))
    assert reworded.label == "Reword “Funding is late.”"
    assert (
        manuscript.set_direction(block, Direction.BARRIER).label == "Set the direction of “Funding is short.”"
    )
    assert not manuscript.write_block(block, block)


PICK = st.integers(0, 20)


class Writing(RuleBasedStateMachine):
    """Random writing: after each act, undo gives the text before and redo the text after."""

    @initialize()
    def start(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.desk = Desk(self.folder.name)
        self.desk.write("First finding. It has two sentences.")
        self.states = [self.desk.shown()]

    def _do(self, edit: Edit) -> None:
        if not edit:
            return
        before = self.desk.shown()
        self.desk.project.apply(edit)
        after = self.desk.shown()
        self.desk.project.undo()
        assert self.desk.shown() == before
        self.desk.project.redo()
        assert self.desk.shown() == after

    def _block(self, pick: int) -> Block | None:
        blocks = self.desk.blocks()
        return blocks[pick % len(blocks)] if blocks else None

    @rule(text=st.text(alphabet="ab. 委", max_size=12), pick=PICK)
    def add(self, text: str, pick: int) -> None:
        blank = manuscript.blank_block(1, position=float(pick))
        self._do(manuscript.new_block(replace(blank, runs=(Text(text),))))

    @rule(pick=PICK, run=PICK, offset=PICK, works=st.lists(st.integers(1, 3), min_size=1, unique=True))
    def cite(self, pick: int, run: int, offset: int, works: list[int]) -> None:
        if (block := self._block(pick)) is not None:
            self._do(manuscript.cite(block, works, run=run % (len(block.runs) + 1), offset=offset))

    @rule(pick=PICK, offset=PICK)
    def split(self, pick: int, offset: int) -> None:
        block = self._block(pick)
        if block is not None:
            position = offset % (length(block.runs) + 1)
            self._do(rewriting.split(self.desk.blocks(), block, position).edit)

    @rule(pick=PICK)
    def join(self, pick: int) -> None:
        blocks = self.desk.blocks()
        if blocks and (joined := rewriting.join(blocks, blocks[pick % len(blocks)])) is not None:
            self._do(joined.edit)

    @rule(pick=PICK, anchor=PICK, work=st.integers(1, 3), locator=st.text(alphabet="p12", max_size=3))
    def change_works(self, pick: int, anchor: int, work: int, locator: str) -> None:
        block = self._block(pick)
        if block is None or not block.anchors:
            return
        chosen = block.anchors[anchor % len(block.anchors)]
        works = (*chosen.works[1:], Cited(ReferenceId(work), locator))
        anchors = tuple(replace(one, works=works) if one is chosen else one for one in block.anchors)
        self._do(manuscript.write_block(block, replace(block, anchors=anchors)))

    @rule(pick=PICK, role=st.sampled_from(Role), anchor=PICK)
    def change_role(self, pick: int, role: Role, anchor: int) -> None:
        block = self._block(pick)
        if block is not None and block.anchors:
            self._do(manuscript.set_role(block, block.anchors[anchor % len(block.anchors)].guid, role))

    @rule(pick=PICK, direction=st.sampled_from([None, *Direction]))
    def direct(self, pick: int, direction: Direction | None) -> None:
        if (block := self._block(pick)) is not None:
            self._do(manuscript.set_direction(block, direction))

    @precondition(lambda self: len(self.desk.blocks()) > 2)
    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        if (block := self._block(pick)) is not None:
            self._do(manuscript.remove_block(block))

    @invariant()
    def every_place_has_its_anchor(self) -> None:
        if hasattr(self, "desk"):
            for block in self.desk.blocks():
                named = {run.anchor for run in block.runs if isinstance(run, AnchorPlace)}
                assert named == {anchor.guid for anchor in block.anchors}

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            self.folder.cleanup()


TestWriting = Writing.TestCase
TestWriting.settings = settings(
    max_examples=20, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
