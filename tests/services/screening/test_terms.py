"""The list of highlighted terms, changed in one edit."""

from pathlib import Path

from evidence_app.services.screening.terms import set_terms, split_terms
from evidence_app.storage.highlight_terms import terms
from evidence_app.storage.project import Project


def test_a_field_is_split_at_lines_and_commas_and_each_term_comes_once() -> None:
    assert split_terms("lived  experience\ncommission*, Peer\npeer\n\n") == [
        "lived experience",
        "commission*",
        "peer",
    ]


def test_terms_are_kept_in_order_changed_and_taken_back(tmp_path: Path) -> None:
    with Project.create(tmp_path / "r.evidence", "Review") as project, project.reader() as reader:
        project.apply(set_terms([], {"include": ["peer*", "lived experience"], "neutral": ["care"]}))
        assert [(term.text, term.kind) for term in terms(reader) if term.kind == "include"] == [
            ("peer*", "include"), ("lived experience", "include")
        ]  # fmt: skip
        held = terms(reader)
        project.apply(set_terms(held, {"include": ["lived experience"], "exclude": ["care"]}))
        assert {(term.text, term.kind) for term in terms(reader)} == {
            ("lived experience", "include"), ("care", "exclude")
        }  # fmt: skip
        kept = next(term for term in held if term.text == "lived experience")
        assert kept.id in {term.id for term in terms(reader)}
        project.undo()
        assert terms(reader) == held


def test_nothing_is_written_where_nothing_differs(tmp_path: Path) -> None:
    with Project.create(tmp_path / "r.evidence", "Review") as project, project.reader() as reader:
        project.apply(set_terms([], {"include": ["peer*"]}))
        assert not set_terms(terms(reader), {"include": ["peer*"]})
