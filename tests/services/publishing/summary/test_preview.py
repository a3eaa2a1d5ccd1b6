"""The preview: the html that leaves, and pictures of the pages."""

from evidence_app.services.publishing.summary.preview import preview
from evidence_app.storage import contents
from evidence_app.storage.project import Project
from tests.summaries import summary_html


def test_the_preview_has_the_pages_of_the_summary_as_pictures(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        review = contents.review_contents(reader)
    made = preview(review, "commissioner", ppi=30)
    assert 8 <= len(made.pages) <= 16
    assert all(page.startswith(b"\x89PNG") for page in made.pages)
    assert len(set(made.pages)) == len(made.pages)
    assert set(made.works) <= {reference.id for reference in review.references}
    assert not made.warnings


def test_without_pages_it_is_the_html_with_the_places_of_its_entries(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        review = contents.review_contents(reader)
    made = preview(review, "journal", ppi=None)
    assert made.pages == ()
    assert made.html == summary_html(review, "journal", open_checks=())
    assert len(made.places) == 110
    assert all(f'id="{place}"' in made.html for place in made.places)
    assert review.by_id[made.places["ref-57"]].number == 57
