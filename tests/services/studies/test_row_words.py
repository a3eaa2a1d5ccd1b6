"""The history says in words what was done to full texts and studies."""

from evidence_app.domain.studies import Retrieval
from evidence_app.services.row_names import RowNames, table_words
from evidence_app.services.studies import joining, retrieval
from evidence_app.storage import studies
from evidence_app.storage.project import Project


def test_rows_of_studies_are_named(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        held = studies.study_contents(reader)
    first = held.studies[0].main
    sample_project.apply(retrieval.attempt([first], Retrieval.REQUESTED, None, "interlibrary loan"))
    sample_project.apply(joining.join(held.studies[:2]))
    with sample_project.reader() as reader:
        names = RowNames(reader)
        attempt = retrieval.full_texts(reader)[0].attempts[0]
        assert names.essence("retrieval", attempt.id) == (
            "Full text of Alderson 2022", "requested; interlibrary loan",
        )  # fmt: skip
        assert names.name("study", studies.stored_studies(reader)[0].id) == "the study Alderson 2022"
        assert names.name("study_link", held.links[0].id) == "McEvoy 2013 and Pillinger 2010"
    assert table_words("retrieval", 2) == "2 attempts to get full texts"
