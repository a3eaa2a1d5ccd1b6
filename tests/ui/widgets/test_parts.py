"""The small parts follow the look, say their names, and stay within their room."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.domain.manuscript import Direction
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import nameless


def test_a_title_with_markup_is_shown_as_it_is(parts: Parts) -> None:
    label = parts.label("<b>5*3</b>")
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_fonts_icons_and_sizes_follow_the_look(qtbot: QtBot, parts: Parts, look: Look) -> None:
    label, tool, icon = parts.label("Text", "title"), parts.tool("ph.gear", "Settings"), parts.icon("ph.gear")
    for part in (label, tool, icon):
        qtbot.addWidget(part)
    key = tool.icon().cacheKey()
    look.change(dark=True, scale=1.5)
    assert label.font().pixelSize() == round(15 * 1.5)
    assert tool.icon().cacheKey() != key
    assert icon.width() == 24


def test_a_tone_can_change(qtbot: QtBot, parts: Parts, look: Look) -> None:
    label = parts.label("Open")
    qtbot.addWidget(label)
    label.set_tone("exclude")
    label.ensurePolished()
    assert label.palette().color(label.foregroundRole()).name() == look.colour("exclude").name()


@pytest.mark.parametrize("direction", list(Direction))
def test_every_direction_is_drawn_and_named(qtbot: QtBot, parts: Parts, direction: Direction) -> None:
    chip = parts.direction(direction)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    image = chip.grab().toImage()
    colours = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert len(colours) > 3
    assert chip.accessibleName().startswith("Direction: ")


def test_segments_tell_what_was_chosen_and_keep_it_when_offered_anew(qtbot: QtBot, parts: Parts) -> None:
    choice = parts.segments("Role", (("evidence", "Evidence"), ("context", "Context")))
    qtbot.addWidget(choice)
    told: list[str] = []
    choice.chosen.connect(told.append)
    button = next(one for one in choice.findChildren(QWidget) if one.accessibleName() == "Context")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    choice.offer((("evidence", "Evidence  3"), ("context", "Context  4"), ("contrast", "Contrast")))
    assert told == ["context"]
    assert choice.choice == "context"
    assert button.accessibleName() == "Context  4"


def test_choosing_from_the_program_tells_nobody(qtbot: QtBot, parts: Parts) -> None:
    choice = parts.filters("Filter", (("all", "All"), ("included", "Included")), "included")
    qtbot.addWidget(choice)
    told: list[str] = []
    choice.chosen.connect(told.append)
    choice.choose("all")
    assert (choice.choice, told) == ("all", [])


def test_tabs_that_do_not_fit_go_into_a_menu_and_the_chosen_one_stays(qtbot: QtBot, parts: Parts) -> None:
    tabs = parts.tabs("About", ("Details", "Abstract", "Evidence", "Files", "Notes", "History"))
    qtbot.addWidget(tabs)
    tabs.resize(200, 40)
    tabs.show()
    tabs.setCurrentIndex(5)
    assert tabs.bar.isTabVisible(5)
    assert not all(tabs.bar.isTabVisible(place) for place in range(6))
    tabs.resize(900, 40)
    assert all(tabs.bar.isTabVisible(place) for place in range(6))


def test_filters_that_do_not_fit_go_into_a_menu_and_the_chosen_one_stays(qtbot: QtBot, parts: Parts) -> None:
    keys = ["included", "background", "all", "no doi", "differs", "cited nowhere"]
    filters = parts.filters("Filter", [(key, f"{key}  47") for key in keys], "cited nowhere")
    qtbot.addWidget(filters)
    told: list[str] = []
    filters.chosen.connect(told.append)
    filters.resize(300, 30)
    filters.show()
    shown = [key for key, button in filters.buttons.items() if button.isVisible()]
    assert shown[-1] == "cited nowhere"
    assert len(shown) < len(keys)
    menu = filters.findChild(QMenu)
    assert menu is not None
    menu.aboutToShow.emit()
    hidden = {action.text(): action for action in menu.actions()}
    assert len(hidden) == len(keys) - len(shown)
    hidden["differs  47"].trigger()
    assert told == ["differs"]
    assert filters.buttons["differs"].isVisible()
    filters.resize(1200, 30)
    assert all(button.isVisible() for button in filters.buttons.values())


def test_a_head_that_is_too_high_scrolls_with_the_form(qtbot: QtBot, parts: Parts) -> None:
    title = parts.label("long title " * 30, "title", wrap=True)
    inspector = parts.inspector(down(title), down(parts.field("DOI"), None))
    qtbot.addWidget(inspector)
    inspector.resize(348, 200)
    inspector.show()
    qtbot.wait_until(lambda: inspector.form.isAncestorOf(title))
    inspector.resize(348, 1200)
    qtbot.wait_until(lambda: not inspector.form.isAncestorOf(title))


def test_nothing_stands_out_of_a_scrolled_column(qtbot: QtBot, parts: Parts) -> None:
    column = across(*(parts.chip("a wide chip of words") for _ in range(9)))
    area = scrolled(column)
    qtbot.addWidget(area)
    area.resize(200, 200)
    area.show()
    qtbot.wait_until(lambda: column.geometry().width() == area.viewport().width())


def test_chips_flow_into_lines(qtbot: QtBot, parts: Parts) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    for number in range(12):
        flow.addWidget(parts.chip(f"Reference {number}"))
    holder.resize(260, 400)
    holder.show()
    tops = {place.y() for place in (flow.itemAt(at).geometry() for at in range(12))}  # type: ignore[union-attr]
    assert len(tops) > 3
    assert flow.heightForWidth(260) > flow.heightForWidth(2000)


def test_filters_whose_words_grow_are_all_shown_where_there_is_room(qtbot: QtBot, parts: Parts) -> None:
    words = ("Included", "Background", "All", "No DOI", "Differs", "Cited nowhere")
    filters = parts.filters("Part of the library", [(word, word) for word in words])
    bar = QWidget()
    qtbot.addWidget(bar)
    bar.setLayout(across(filters, None))
    bar.resize(900, 40)
    bar.show()
    filters.offer([(word, f"{word}  1,110") for word in words])
    QApplication.processEvents()
    assert all(button.isVisible() for button in filters.buttons.values())
    (more,) = [tool for tool in filters.findChildren(QToolButton) if tool.toolTip() == "More filters"]
    assert not more.isVisible()


def test_enter_does_the_act_a_dialog_means_and_no_other(qtbot: QtBot, parts: Parts) -> None:
    done: list[str] = []
    dialog = PanelDialog(parts, "Import of a.ris")
    qtbot.addWidget(dialog)
    dialog.offer(
        parts.button("Undo this import", "plain", act=lambda: done.append("undo")),
        parts.button("Done", "primary", act=lambda: done.append("done")),
    )
    dialog.show()
    dialog.activateWindow()
    QApplication.processEvents()
    qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    assert done == ["done"]
    focused = dialog.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Done"


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, parts: Parts) -> None:
    done: list[str] = []
    dialog = PanelDialog(parts, "Remove 3 references?")
    qtbot.addWidget(dialog)
    cancel = parts.button("Cancel", "plain", act=lambda: done.append("cancel"))
    dialog.offer(cancel, parts.button("Remove", "primary", act=lambda: done.append("remove")))
    dialog.show()
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert done == ["cancel"]


def test_an_empty_state_starts_what_it_names(qtbot: QtBot, parts: Parts) -> None:
    begun: list[bool] = []
    empty = parts.empty(
        "ph.books", "References will be listed here.", "Add references", lambda: begun.append(True)
    )
    qtbot.addWidget(empty)
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert begun == [True]


def test_the_sentence_of_an_empty_state_goes_on_in_the_next_line_of_a_narrow_window(
    qtbot: QtBot, parts: Parts
) -> None:
    sentence = (
        "References you add, import or find with a search will be listed here, each in a row of its own."
    )
    empty = parts.empty("ph.books", sentence, "Add references", None, "or drop a file of them anywhere here")
    qtbot.addWidget(empty)
    empty.resize(220, 400)
    empty.show()
    assert empty.width() == 220
    assert empty.sentence.height() > 2 * empty.sentence.fontMetrics().height()


def test_an_ampersand_in_an_act_is_no_shortcut(qtbot: QtBot, parts: Parts) -> None:
    button = parts.button("Cut & paste", "plain")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Cut & paste"


def test_a_layout_can_be_emptied(qtbot: QtBot, parts: Parts) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = down(parts.label("a"), across(parts.label("b"), None), 4)
    holder.setLayout(column)
    emptied(column)
    assert column.count() == 0


def test_every_part_that_takes_the_focus_has_a_name(qtbot: QtBot, parts: Parts) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setLayout(
        down(
            parts.button("Merge 12 records", "primary"), parts.tool("ph.columns", "Choose columns"),
            parts.field("Year"), parts.long_field("Note"), parts.search("Search"),
            parts.segments("Role", (("a", "A"),)), parts.tabs("About", ("Details",)),
            parts.inspector(down(parts.label("x")), down(parts.field("DOI")), across(parts.button("Check"))),
            parts.banner("ph.info", "maybe", "It differs", "Compare"),
        )
    )  # fmt: skip
    assert nameless(holder) == []


def test_a_nameless_part_would_be_found(qtbot: QtBot, parts: Parts) -> None:
    tool = parts.tool("ph.columns", "")
    qtbot.addWidget(tool)
    assert nameless(tool) == ["Tool"]


def test_enter_presses_an_icon_button_and_opens_its_menu(qtbot: QtBot, parts: Parts) -> None:
    pressed: list[str] = []
    tool = parts.tool("ph.gear", "Settings")
    qtbot.addWidget(tool)
    tool.clicked.connect(lambda: pressed.append("clicked"))
    qtbot.keyClick(tool, Qt.Key.Key_Return)
    assert pressed == ["clicked"]


def test_the_ring_of_the_focus_leaves_the_icon_its_size(qtbot: QtBot, parts: Parts, look: Look) -> None:
    tool = parts.tool("ph.gear", "Settings")
    other = parts.tool("ph.plus", "Add")
    both = QWidget()
    both.setLayout(across(tool, other))
    qtbot.addWidget(both)
    both.show()
    qtbot.wait_until(both.isActiveWindow)
    other.setFocus()
    without = tool.sizeHint().width()
    tool.setFocus()
    assert tool.sizeHint().width() == without


def test_ctrl_enter_does_what_a_dialog_is_for_out_of_a_text_too(qtbot: QtBot, parts: Parts) -> None:
    dialog, text = PanelDialog(parts, "Add"), QPlainTextEdit()
    qtbot.addWidget(dialog)
    dialog.put(text)
    dialog.offer(parts.button("Cancel", "plain"), parts.button("Add", "primary", act=dialog.accept))
    dialog.open()
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == PanelDialog.DialogCode.Accepted


class Written(PanelDialog):
    """A dialog in which something is written."""

    keeps_words = True


def test_esc_and_closing_ask_before_typed_words_are_lost(qtbot: QtBot, parts: Parts) -> None:
    dialog, text = Written(parts, "Amend"), QPlainTextEdit("as it was")
    qtbot.addWidget(dialog)
    asked: list[str] = []

    def confirm(question: str, _why: str, _act: str) -> bool:
        asked.append(question)
        return len(asked) == 3

    dialog.confirm = confirm
    dialog.put(text)
    dialog.open()
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not asked
    dialog.open()
    text.setPlainText("as it is to be")
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible()
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert asked == ["Close this without keeping what you typed?"] * 3


def test_a_dialog_that_grows_stays_where_its_middle_was(qtbot: QtBot, parts: Parts) -> None:
    dialog = PanelDialog(parts, "Add", size=(400, 300))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.move(300, 200)
    middle = dialog.geometry().center()
    dialog.want(width=500, height=360)
    assert dialog.width() == 500
    assert (dialog.geometry().center() - middle).manhattanLength() <= 2
