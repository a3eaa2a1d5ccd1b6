"""The preview: pictures of the pages that leave."""

from evidence_app.services.publishing.summary.preview import preview
from evidence_app.storage import contents
from evidence_app.storage.project import Project


def test_the_preview_has_the_pages_of_the_summary_as_pictures(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        review = contents.review_contents(reader)
    made = preview(review, "commissioner", ppi=30)
    assert 8 <= len(made.pages) <= 16
    assert all(page.startswith(b"\x89PNG") for page in made.pages)
    assert len(set(made.pages)) == len(made.pages)
    assert set(made.works) <= {reference.id for reference in review.references}
    assert not made.warnings
