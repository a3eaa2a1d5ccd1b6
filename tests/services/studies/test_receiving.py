"""A full text comes in as one act: kept, frozen, hashed, received, and taken back in one undo."""

import hashlib
from pathlib import Path

import pytest

from evidence_app.domain.coding import Rectangle
from evidence_app.domain.errors import Cancelled
from evidence_app.domain.studies import Retrieval
from evidence_app.services.coding.annotations import Annotation, write_annotations
from evidence_app.services.library import attachments
from evidence_app.services.library.attachments import companion_folder, keep_copies
from evidence_app.services.studies import retrieval
from evidence_app.services.studies.receiving import Reception, read_files, read_kept, receive, unread
from evidence_app.storage import coding, studies
from evidence_app.storage.library import attachments_of
from evidence_app.storage.project import Project
from tests.services.coding.pdfs import made_pdf, scanned_pdf


def silent(_done: int, _total: int) -> None:
    """Report nothing."""


def first_reports(project: Project, number: int) -> list[int]:
    with project.reader() as reader:
        return [line.reference.id for line in retrieval.full_texts(reader)[:number]]


def received(project: Project, wanted: list[tuple[int, Path]], label: str = "") -> Reception:
    found = read_files(project.path, wanted, silent)
    with project.reader() as reader:
        made = receive(reader, found, None, "from the author", label)
    if made.edit:
        project.apply(made.edit)
    return made


def test_one_act_keeps_the_file_freezes_its_text_and_logs_it_received(
    sample_project: Project, tmp_path: Path
) -> None:
    file = made_pdf(tmp_path / "smith.pdf", "Commissioners listened.")
    (row,) = first_reports(sample_project, 1)
    made = received(sample_project, [(row, file)], "Smith 2019")
    assert (made.told, made.edit.label) == ("Attached smith.pdf to Smith 2019.", "Receive smith.pdf")
    with sample_project.reader() as reader:
        (document,) = coding.documents(reader, row)
        (attachment,) = attachments_of(reader, row)
        assert (document.attachment, document.guid) == (attachment.id, made.documents[0])
        assert document.sha256 == attachment.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
        assert coding.text_of(reader, document.id).strip() == "Commissioners listened."
        (attempt,) = studies.attempts(reader, row)[row]
        assert (attempt.state, attempt.how) == (Retrieval.RECEIVED, "from the author")
    sample_project.undo()
    with sample_project.reader() as reader:
        assert not coding.documents(reader, row)
        assert not attachments_of(reader, row)
        assert not studies.attempts(reader, row)
    sample_project.redo()
    with sample_project.reader() as reader:
        assert len(coding.documents(reader, row)) == 1


def test_a_file_that_is_there_already_is_not_attached_again(sample_project: Project, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("The whole text.")
    (row,) = first_reports(sample_project, 1)
    received(sample_project, [(row, file)])
    again = received(sample_project, [(row, file)])
    assert (bool(again.edit), again.told) == (False, "report.txt is attached already.")


def test_a_scan_says_so_and_what_cannot_be_read_is_kept_without_a_text(
    sample_project: Project, tmp_path: Path
) -> None:
    scan, broken = scanned_pdf(tmp_path / "scan.pdf"), tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 and then nothing")
    one, two = first_reports(sample_project, 2)
    made = received(sample_project, [(one, scan)])
    assert made.told == "Attached scan.pdf. It is a scan: it has pages and no text."
    made = received(sample_project, [(two, broken)])
    assert made.told.startswith("Attached broken.pdf. broken.pdf could not be read: it is damaged")
    assert "Nothing was changed" not in made.told
    with sample_project.reader() as reader:
        assert [each.name for each in attachments_of(reader, two)] == ["broken.pdf"]
        assert not coding.documents(reader, two)


def test_many_files_are_one_edit_that_says_what_came(sample_project: Project, tmp_path: Path) -> None:
    rows = first_reports(sample_project, 5)
    files = [made_pdf(tmp_path / f"{at}.pdf", f"Report {at}.") for at in range(4)]
    files.append(scanned_pdf(tmp_path / "scan.pdf"))
    made = received(sample_project, list(zip(rows, files, strict=True)))
    assert made.told == "Attached 5 files. 1 scan without text: scan.pdf."
    assert len(made.documents) == 5
    sample_project.undo()
    with sample_project.reader() as reader:
        assert not [each for each in rows if coding.documents(reader, each)]


def test_stopped_halfway_nothing_lies_beside_the_project(sample_project: Project, tmp_path: Path) -> None:
    rows = first_reports(sample_project, 2)
    files = [made_pdf(tmp_path / f"{at}.pdf", f"Report {at}. #pagebreak() More.") for at in range(2)]
    calls: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        calls.append((done, total))
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_files(sample_project.path, list(zip(rows, files, strict=True)), stop)
    assert calls[-1] == (1, 2)
    assert not companion_folder(sample_project.path).exists()


def test_others_have_their_turn_between_two_files(sample_project: Project, tmp_path: Path) -> None:
    rows = first_reports(sample_project, 2)
    turns: list[int] = []
    files = [made_pdf(tmp_path / f"{at}.pdf", f"Report {at}.") for at in range(2)]
    read_files(sample_project.path, list(zip(rows, files, strict=True)), silent, lambda: turns.append(1))
    assert len(turns) == 2


def test_highlights_of_other_readers_are_counted(sample_project: Project, tmp_path: Path) -> None:
    plain = made_pdf(tmp_path / "plain.pdf", "Commissioners listened.")
    marked = tmp_path / "marked.pdf"
    box = (Rectangle(1, 30.0, 350.0, 120.0, 370.0),)
    write_annotations(
        plain, marked, [Annotation(1, box, "#FFE646"), Annotation(1, box, name="evidence-desk:x")]
    )
    (row,) = first_reports(sample_project, 1)
    assert received(sample_project, [(row, marked)]).highlights == 1


def test_a_file_attached_before_without_its_text_gets_one(sample_project: Project, tmp_path: Path) -> None:
    file = made_pdf(tmp_path / "smith.pdf", "Commissioners listened.")
    (row,) = first_reports(sample_project, 1)
    kept = keep_copies(sample_project.path, [file], silent)
    sample_project.apply(attachments.attach(row, kept))
    with sample_project.reader() as reader:
        (held,) = unread(reader, row)
        made = receive(reader, [read_kept(sample_project.path, held, row, silent)], None)
    sample_project.apply(made.edit)
    assert made.told == "Froze the text of smith.pdf."
    with sample_project.reader() as reader:
        assert not unread(reader, row)
        assert len(attachments_of(reader, row)) == 1
        assert coding.documents(reader, row)[0].name == "smith.pdf"
