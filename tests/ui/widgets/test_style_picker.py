"""The sample of a style fits its card."""

from evidence_app.ui.widgets.style_picker import breakable


def test_the_words_of_a_link_may_break_and_where_it_leads_stays_as_it_is() -> None:
    entry = (
        '<i>Public Money Manage</i>. doi:<a href="https://doi.org/10.1/ab">https://doi.org/10.1/ab</a> 3/4'
    )
    assert breakable(entry) == (
        '<i>Public Money Manage</i>. doi:<a href="https://doi.org/10.1/ab">'
        "https:/\u200b/\u200bdoi.org/\u200b10.1/\u200bab</a> 3/4"
    )
