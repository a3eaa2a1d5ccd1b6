"""The drawing holds whatever a source or a reason is called, and says everything in words too."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.flow import FlowForm
from evidence_app.domain.review import NumberState, StatedNumber
from evidence_app.services.flow.drawing import draw
from evidence_app.services.flow.forms import chart
from evidence_app.services.flow.lettering import width, wrapped
from evidence_app.services.flow.prisma_csv import prisma_csv
from evidence_app.services.flow.review_flow import flow_of
from evidence_app.services.flow.writing import with_density
from evidence_app.storage.flow import FlowFacts, FlowSearch, Hit, Stated, Vote


def some_facts(source: str, reason: str, form: str = "") -> FlowFacts:
    search = FlowSearch(1, 1, source, "database", "", "", 1, None, None, None)
    votes = (
        Vote(1, 1, "title-abstract", "include", "", "reviewer", "", 1),
        Vote(1, 1, "full text", "exclude", reason, "reviewer", "", 2),
    )
    return FlowFacts(title=source, form=form, searches=(search,), hits=(Hit(1, 1, 1),), votes=votes)


@given(st.text(max_size=60), st.text(max_size=200), st.sampled_from([str(each) for each in FlowForm]))
def test_any_words_make_a_sound_drawing_and_table(source: str, reason: str, form: str) -> None:
    flow = flow_of(some_facts(source, reason, form))
    ElementTree.fromstring(draw(flow).svg.encode("utf-8", "replace"))
    rows = prisma_csv(flow).decode().split("\n")
    assert rows[0] == "data,node,box,description,boxtext,tooltips,url,n"


@given(st.text(max_size=80), st.floats(20, 300))
def test_lines_fit_their_room(words: str, room: float) -> None:
    for line in wrapped(words, room, 11.5):
        assert len(line) == 1 or width(line, 11.5) <= room


@pytest.mark.parametrize("form", list(FlowForm))
def test_boxes_of_every_form_stand_apart_and_hold_their_lines(form: FlowForm) -> None:
    flow = flow_of(some_facts("A database with quite a long name", "Wrong setting"), form)
    drawn = draw(flow)
    root = ElementTree.fromstring(drawn.svg)
    groups = {group.get("id"): group for group in root.iter("{http://www.w3.org/2000/svg}g")}
    assert set(groups) == {box.key for box in chart(flow).boxes}
    rects = []
    for group in groups.values():
        rect = group[0]
        x, y, wide, high = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
        rects.append((x, y, x + wide, y + high))
        for text in group[1:]:
            assert y < float(text.get("y", "0")) < y + high
    for at, one in enumerate(rects):
        for other in rects[at + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_states_are_marked_and_explained() -> None:
    stated = [
        ("records_identified", 100, "typed"),
        ("duplicates_removed", 20, "derived"),
        ("records_screened", 80, "inferred"),
    ]
    facts = FlowFacts(
        stated=tuple(
            Stated(at, StatedNumber(key=key, label=key, value=value, state=NumberState(state)))
            for at, (key, value, state) in enumerate(stated)
        )
    )
    words = " ".join(ElementTree.fromstring(draw(flow_of(facts)).svg).itertext())
    for marked in ("100*", "20‡", "80†", "* typed", "‡ worked out", "† inferred"):
        assert marked in words


def test_a_picture_says_its_density_once() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(25) + b"rest of the file"
    once = with_density(png, 300)
    assert once.count(b"pHYs") == 1
    assert with_density(once, 300) == once
