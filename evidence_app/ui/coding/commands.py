"""The commands of the Coding screen, as the menu and the palette name them."""

from typing import Final

from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.coding.exchange_acts import EXCHANGE

COMMANDS: Final = (
    ActionSpec("attach_document", "Attach a document…", "Screen", "Ctrl+Shift+A", "ph.paperclip"),
    ActionSpec("paste_document", "Add the pasted text as a document", "Screen", "", "ph.clipboard-text"),
    ActionSpec("replace_document", "Replace by a newer version…", "Screen", "", "ph.swap"),
    ActionSpec("take_off_document", "Take the document off", "Screen", "", "ph.x"),
    ActionSpec(
        "bring_in_highlights",
        "Bring in highlights of other readers",
        "Screen",
        "",
        "ph.highlighter-circle",
    ),
    ActionSpec("write_highlights", "Write a PDF with our highlights…", "Screen", "", "ph.highlighter-circle"),
    ActionSpec("next_document", "Next document", "Screen", "Ctrl+PgDown", "ph.caret-right"),
    ActionSpec("previous_document", "Document before", "Screen", "Ctrl+PgUp", "ph.caret-left"),
    ActionSpec("show_list", "Show or hide the list of documents", "Screen", "Ctrl+L", "ph.list"),
    ActionSpec("adjust_passage", "Move an end of the passage", "Screen", "F2", "ph.arrows-left-right"),
    ActionSpec("frame_area", "Quote an area of the page", "Screen", "F4", "ph.selection"),
    ActionSpec("mark_findings", "Mark as findings, to be coded", "Screen", "", "ph.flag"),
    ActionSpec("mark_results", "Mark as results, to be coded", "Screen", "", "ph.flag"),
    ActionSpec("mark_recommendations", "Mark as recommendations, to be coded", "Screen", "", "ph.flag"),
    ActionSpec("find_quotations", "Find quotations", "Screen", "Ctrl+Shift+Q", "ph.quotes"),
    ActionSpec(
        "write_finding",
        "Write a review finding from the quotations…",
        "Screen",
        "Ctrl+Shift+F",
        "ph.pencil-line",
    ),
    ActionSpec("link_quotations", "Link the two chosen quotations", "Screen", "", "ph.link-simple"),
    ActionSpec("auto_code", "Code by a phrase…", "Screen", "", "ph.tag"),
    ActionSpec("compare_coders", "Compare coders, settle differences…", "Screen", "", "ph.users"),
    ActionSpec("write_memo", "Write a memo on the review…", "Screen", "", "ph.note-pencil"),
    *EXCHANGE,
)
