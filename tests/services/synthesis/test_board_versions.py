"""A version of the theme board is kept, told apart from the board of today, and brought back."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from evidence_app.domain.board import Board, RelationKind
from evidence_app.domain.board_versions import changes_since, snapshot
from evidence_app.domain.edit import Edit, insert, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.services.coding import codebook
from evidence_app.services.synthesis import board as acts
from evidence_app.services.synthesis import board_codes, board_versions, outlining, themes
from evidence_app.services.synthesis.board_versions import BringingBack, bring_back
from evidence_app.storage.applied import Acting
from evidence_app.storage.gone_themes import gone_themes
from evidence_app.storage.project import Project
from tests.services.synthesis.boards import GOVERNANCE, TRUST, VOICE, Desk


@pytest.fixture
def desk(sample_project: Project) -> Desk:
    return Desk(sample_project)


def brought_back(desk: Desk, held: Board) -> BringingBack:
    """Return how the latest version comes back."""
    version = held.versions[0]
    with desk.project.reader() as reader:
        gone = gone_themes(reader, version.board.get("themes", {}))
    return bring_back(held, version, gone, desk.contents())


def back(desk: Desk) -> tuple[str, ...]:
    """Bring the latest version back; return what stays."""
    made = brought_back(desk, desk.board())
    if made.edit:
        desk.do(lambda _held: made.edit)
    return made.stays


def keep(desk: Desk) -> dict[str, Any]:
    """Keep a version; return the board as it is kept."""
    held = desk.do(lambda held: board_versions.keep_version(held, "First"))
    return snapshot(held)


def test_what_changed_since_a_version_is_told_in_sentences(desk: Desk) -> None:
    late, trust, jokes = desk.code("Late money"), desk.code("Trust lost"), desk.code("Jokes")
    desk.do(lambda held: board_codes.put_codes(held, [late, trust], desk.theme(GOVERNANCE)))
    desk.do(lambda _held: acts.describe(desk.theme(VOICE), proposition="Old words."))
    held = desk.do(lambda held: board_versions.keep_version(held, "First reading"))
    assert [(each.name, bool(each.at)) for each in held.versions] == [("First reading", True)]
    assert desk.since() == []
    steps: tuple[Callable[[Board], Edit], ...] = (
        lambda held: acts.link(held, desk.theme(GOVERNANCE), desk.theme(VOICE)),
        lambda _held: acts.describe(desk.theme(VOICE), proposition="New words."),
        lambda held: board_codes.put_codes(held, [late], desk.theme(TRUST), out_of=desk.theme(GOVERNANCE)),
        lambda held: board_codes.put_codes(held, [jokes], desk.theme(TRUST)),
        lambda held: board_codes.take_codes(held, [trust], desk.theme(GOVERNANCE)),
        lambda _held: acts.rename(desk.theme("Power"), "Power and money"),
        lambda held: acts.relate(held, desk.theme(VOICE), desk.theme(TRUST), RelationKind.CONTRADICTS),
        lambda held: acts.new_theme(held, "A new theme"),
    )  # fmt: skip
    for step in steps:
        desk.do(step)
    assert desk.since() == [
        "Theme A new theme added", "Group Power renamed to Power and money",
        f"Proposition of {VOICE} reworded", f"Group {GOVERNANCE} linked to {VOICE}",
        "Theme A new theme linked to Complexity of the commissioning landscape",
        f"{VOICE} speaks against {TRUST}", f"Code Late money moved from {GOVERNANCE} to {TRUST}",
        f"Code Trust lost taken out of {GOVERNANCE}", f"Code Jokes put under {TRUST}",
    ]  # fmt: skip


def test_merged_and_removed_are_told_too(desk: Desk) -> None:
    desk.do(lambda held: board_codes.put_codes(held, [desk.code("Jokes")], desk.theme(TRUST)))
    desk.do(lambda held: acts.relate(held, desk.theme(VOICE), desk.theme(TRUST), RelationKind.SUPPORTS))
    desk.do(lambda held: board_versions.keep_version(held, "First"))
    jokes, late = desk.code("Jokes"), desk.code("Late money")
    desk.do(lambda held: codebook.merge([jokes], late, list(held.codes), []))
    assert desk.codes_of(TRUST) == ["Late money"]
    desk.do(lambda held: acts.remove_theme(held, desk.theme(TRUST), desk.contents()))
    assert [code.name for code in desk.board().loose] == ["Late money", "Trust lost"]
    assert desk.since() == [
        f"Group {TRUST} taken out", f"{VOICE} no longer supports {TRUST}",
        "Code Jokes merged into Late money",
    ]  # fmt: skip
    version = desk.board().versions[0]
    assert desk.do(lambda _held: board_versions.forget_version(version.id, version.name)).versions == ()


@pytest.mark.parametrize(
    "spoiled",
    [
        {},
        {"themes": []},
        {"held": [1, ["x"]], "codes": 4},
        {"themes": {"a": 1}},
        {"relations": [["a", "b", "likes"], ["a"]]},
    ],
)
def test_a_spoiled_version_is_told_without_failing(desk: Desk, spoiled: dict[str, Any]) -> None:
    words = [change.words for change in changes_since(spoiled, desk.board())]
    assert "Code Jokes added" in words


def test_each_change_says_when_it_was_made_and_by_whom(desk: Desk) -> None:
    desk.do(lambda held: board_codes.put_codes(held, [desk.code("Jokes")], desk.theme(TRUST)))
    path = desk.project.path
    keep(desk)
    desk.project.close()
    with Project.open(path, Acting("Ben Other", "BO", "01890000-0000-7000-8000-0000000000be")) as project:
        desk.project = project
        desk.do(lambda held: board_codes.take_codes(held, [desk.code("Jokes")], desk.theme(TRUST)))
        desk.do(lambda _held: acts.describe(desk.theme(VOICE), proposition="New words."))
        desk.do(lambda held: acts.link(held, desk.theme(GOVERNANCE), desk.theme(VOICE)))
        desk.do(lambda held: acts.relate(held, desk.theme(VOICE), desk.theme(TRUST), RelationKind.SUPPORTS))
        desk.do(lambda held: acts.new_theme(held, "A new theme"))
        desk.do(lambda _held: codebook.new_code("New code"))
        held = desk.board()
        changes = changes_since(held.versions[0].board, held)
        assert len(changes) == 7
        assert {each.touch.person for each in changes if each.touch} == {"Ben Other"}
        with project.reader() as reader:
            last = reader.value("SELECT max(at) FROM edit")
        assert all(each.touch is not None and "2026-" < each.touch.at <= last for each in changes)


STEPS: tuple[Callable[[Desk, Board], Edit], ...] = (
    lambda desk, held: acts.link(held, desk.theme(GOVERNANCE), desk.theme(VOICE)),
    lambda desk, held: acts.unlink(held, desk.theme(TRUST), held.parents_of(desk.theme(TRUST).id)[0]),
    lambda desk, _held: acts.describe(desk.theme(VOICE), proposition="New", rationale="Why", question=None),
    lambda desk, held: board_codes.put_codes(
        held, [desk.code("Late money")], desk.theme(TRUST), desk.theme(GOVERNANCE)),
    lambda desk, held: board_codes.put_codes(held, [desk.code("Jokes")], desk.theme("Power")),
    lambda desk, held: acts.relate(
        held, desk.theme(VOICE), desk.theme(TRUST), RelationKind.CONTRADICTS, "No longer"),
    lambda desk, held: acts.relate(held, desk.theme("Power"), desk.theme(TRUST), RelationKind.SUPPORTS),
    lambda desk, held: acts.place(held, acts.Spot("theme", desk.theme(TRUST).id, 400.0, 300.0)),
    lambda desk, held: acts.place(held, acts.Spot("code", desk.code("Jokes").id, 4.0, 3.0)),
    lambda _desk, held: acts.new_theme(held, "A new theme"),
    lambda desk, held: board_codes.new_group(
        held, "A new group", [desk.code("Jokes")], desk.theme("A new theme")),
    lambda desk, held: acts.remove_theme(held, desk.theme(TRUST), desk.contents()),
    lambda desk, _held: acts.rename(desk.theme("Power"), "Money and power"),
    lambda desk, held: acts.remove_theme(held, desk.theme("The collective voice"), desk.contents()),
)  # fmt: skip


def test_the_board_comes_back_as_it_was_with_its_findings_and_sections(desk: Desk) -> None:
    desk.do(lambda held: board_codes.put_codes(held, [desk.code("Late money")], desk.theme(GOVERNANCE)))
    desk.do(lambda held: board_codes.put_codes(
        held, [desk.code("Trust lost"), desk.code("Jokes")], desk.theme(TRUST)))  # fmt: skip
    desk.do(lambda held: acts.relate(held, desk.theme(VOICE), desk.theme(TRUST), RelationKind.SUPPORTS, "So"))
    desk.do(lambda held: acts.place(held, acts.Spot("theme", desk.theme(TRUST).id, 40.0, 30.0)))
    kept, contents = keep(desk), desk.contents()
    for step in STEPS:
        edit = step(desk, desk.board())
        assert edit
        desk.do(lambda _held, edit=edit: edit)  # type: ignore[misc]
    assert len(changes_since(kept, desk.board())) > 10
    stays = back(desk)
    assert stays == ()
    assert snapshot(desk.board()) == kept
    assert changes_since(kept, desk.board()) == []
    now = desk.contents()
    assert now.blocks == contents.blocks
    assert now.sections == contents.sections
    assert now.themes == contents.themes
    again = brought_back(desk, desk.board())
    assert (again.edit.changes, again.stays) == ((), ())


def test_what_of_the_code_book_cannot_come_back_is_said(desk: Desk) -> None:
    every = [desk.code(name) for name in ("Late money", "Trust lost", "Jokes")]
    desk.do(lambda held: board_codes.put_codes(held, every, desk.theme(TRUST)))
    keep(desk)
    codes = list(desk.board().codes)
    desk.do(lambda _held: codebook.merge([desk.code("Late money")], desk.code("Trust lost"), codes, []))
    desk.do(lambda _held: codebook.remove_codes([desk.code("Jokes")], codes, []))
    desk.do(lambda _held: codebook.rename(desk.code("Trust lost"), "Trust gone"))
    desk.do(lambda _held: codebook.new_code("Newer"))
    desk.do(lambda held: board_codes.put_codes(held, [desk.code("Newer")], desk.theme(TRUST)))
    desk.do(lambda held: board_codes.take_codes(held, [desk.code("Trust gone")], desk.theme(TRUST)))
    assert back(desk) == (
        "The code “Late money” was merged into “Trust gone”, which stands in its place.",
        "The code “Trust lost” is called “Trust gone” now, and stays so.",
        "The code “Jokes” was taken out of the code book since: it does not come back.",
        "The code “Newer” was added since: it stays, under no group of then.",
    )
    assert desk.codes_of(TRUST) == ["Trust gone"]
    assert [code.name for code in desk.board().loose] == ["Newer"]
    assert brought_back(desk, desk.board()).taken_back == ()


def test_a_theme_made_since_that_holds_findings_stays(desk: Desk) -> None:
    keep(desk)
    desk.do(lambda held: board_codes.new_group(held, "A new group", [desk.code("Jokes")], desk.theme(VOICE)))
    block = desk.contents().findings[0]
    desk.do(lambda _held: themes.put_under(block, desk.theme("A new group").id))
    desk.do(lambda held: board_codes.put_codes(held, [desk.code("Trust lost")], desk.theme(TRUST)))
    taken = brought_back(desk, desk.board()).taken_back
    assert [each.words for each in taken] == ["Code Trust lost put under Trust"]
    assert back(desk) == (
        "“A new group” was added since and holds 1 review finding, so it stays.",
    )  # fmt: skip
    group = desk.theme("A new group")
    assert [each.name for each in desk.board().parents_of(group.id)] == [VOICE]
    assert desk.codes_of("A new group") == ["Jokes"]


def test_a_theme_taken_out_in_the_list_comes_back_with_its_codes_once(desk: Desk) -> None:
    desk.do(lambda held: board_codes.put_codes(held, [desk.code("Jokes")], desk.theme(TRUST)))
    kept = keep(desk)
    links = desk.board().links
    desk.do(lambda _held: outlining.remove_theme(desk.contents(), links, desk.theme(TRUST).theme))
    assert desk.board().loose
    assert back(desk) == ()
    assert snapshot(desk.board()) == kept
    with desk.project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_theme_code") == 1


def test_a_version_of_another_time_says_what_it_does_not_hold(desk: Desk) -> None:
    kept = keep(desk)
    desk.do(lambda held: acts.place(held, acts.Spot("theme", desk.theme(TRUST).id, 4.0, 3.0)))
    old = {key: value for key, value in kept.items() if key != "places"}
    for theme in old["themes"].values():
        theme.pop("position")
        theme.pop("question_guid")
    question = desk.board().questions[0]
    old["themes"]["f" * 8] = {"name": "From elsewhere", "kind": "analytic", "parents": [], "question":
                              f"Question 1: {question.text}"}  # fmt: skip
    old["themes"]["e" * 8] = {"name": "Asked", "kind": "analytic", "question": "Question 9: Who asks?"}
    row = insert("theme_version", name="Old", board=json.dumps(old), at="2026-11-30T00:00:00+00:00")
    desk.project.apply(Edit("Keep", (row,)))
    assert back(desk) == (
        "The research question “Who asks?” is not in the review any more.",
        "Where the cards lay was not kept with this version: they stay where they are.",
    )
    made = desk.theme("From elsewhere")
    assert (made.theme.kind, made.theme.question) == (ThemeKind.ANALYTIC, question.id)
    assert desk.board().places


@pytest.mark.parametrize("spoiled", ["{", "{}", '{"themes": []}', "[]"])
def test_a_version_that_cannot_be_read_changes_nothing(desk: Desk, spoiled: str) -> None:
    desk.project.apply(Edit("Keep", (insert("theme_version", name="Spoiled", board=spoiled, at="2026"),)))
    with pytest.raises(EvidenceError, match="“Spoiled” cannot be read"):
        brought_back(desk, desk.board())


def test_the_parts_of_a_spoiled_version_that_can_be_read_come_back(desk: Desk) -> None:
    kept = keep(desk)
    voice = desk.theme(VOICE).theme.guid
    kept["themes"][voice] |= {"parents": [["x"], 4, "nobody"], "position": "first", "kind": "great"}
    kept |= {"places": [["theme", voice, "left", 2], 5, ["code", "x", 1, 2]], "held": [["a"], 3, ["a", "b"]],
             "relations": [["a", "b", "supports", ""], ["a"]], "codes": 4}  # fmt: skip
    row = insert("theme_version", name="Spoiled", board=json.dumps(kept), at="2027")
    desk.project.apply(Edit("Keep", (row,)))
    desk.project.apply(Edit("Out", (remove("board_place", 1),))) if desk.board().places else None
    assert back(desk) == ()
    assert desk.theme(VOICE).theme.parents == ()


def test_another_order_of_codes_is_told_and_brought_back(sample_project: Project) -> None:
    desk = Desk(sample_project)
    codes, trust = list(desk.board().loose), desk.theme(TRUST)
    desk.do(lambda held: board_codes.put_codes(held, codes[:2], trust))
    desk.do(lambda held: board_versions.keep_version(held, "First"))
    desk.do(lambda held: board_codes.put_codes(held, codes[2:], trust))
    assert desk.since() == ["Code Jokes put under Trust"]
    desk.do(lambda held: board_codes.step_codes(held, [codes[1]], trust, -1))
    assert desk.since() == ["Code Jokes put under Trust", "Codes of Trust put in another order"]
    held = desk.board()
    assert changes_since(held.versions[0].board, held)[-1].touch is not None
    desk.do(lambda held: bring_back(held, held.versions[0], {}, desk.contents()).edit)
    assert desk.codes_of(TRUST) == ["Late money", "Trust lost"]
    assert desk.since() == []
