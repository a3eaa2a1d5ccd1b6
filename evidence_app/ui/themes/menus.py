"""The commands of the screen, and the menus of a theme and of a finding made of them."""

from typing import Final

from evidence_app.ui.actions import ActionSpec

ACTIONS: Final = (
    ActionSpec("new_theme", "New theme…", "Screen", "Ctrl+T", "ph.tree-structure"),
    ActionSpec("new_topic", "New topic…", "Screen", "Ctrl+Shift+T", "ph.plus"),
    ActionSpec("rename_theme", "Rename theme", "Screen", "", "ph.pencil-simple"),
    ActionSpec("put_under", "Put under another theme too…", "Screen", "", "ph.git-branch"),
    ActionSpec("remove_theme", "Remove theme…", "Screen", "", "ph.trash"),
    ActionSpec("new_finding", "New review finding", "Screen", "Ctrl+Shift+F", "ph.plus"),
    ActionSpec("reword_finding", "Reword review finding", "Screen", "", "ph.pencil-simple"),
    ActionSpec("add_evidence", "Add references as evidence…", "Screen", "Ctrl+R", "ph.quotes"),
    ActionSpec(
        "add_contrast", "Add references that speak against it…", "Screen", "Ctrl+Shift+R", "ph.quotes"
    ),
    ActionSpec("add_quotations", "Add quotations it rests on…", "Screen", "Ctrl+L", "ph.quotes"),
    ActionSpec(
        "add_quotations_against",
        "Add quotations that speak against it…",
        "Screen",
        "Ctrl+Shift+L",
        "ph.quotes",
    ),
    ActionSpec("show_line", "Show the line it rests on", "Screen", "Ctrl+Shift+G", "ph.book-open"),
    ActionSpec("change_counted", "Leave a report out, or count one…", "Screen", "Ctrl+K", "ph.scales"),
    ActionSpec("move_finding", "Move review finding to…", "Screen", "Ctrl+M", "ph.arrow-right"),
    ActionSpec("merge_findings", "Merge review findings", "Screen", "Ctrl+J", "ph.git-merge"),
    ActionSpec("split_finding", "Split review finding at the caret", "Screen", "Ctrl+Shift+J", "ph.scissors"),
    ActionSpec("summary_words", "Words of the summary", "Screen", "Ctrl+Shift+U", "ph.article"),
    ActionSpec("open_in_manuscript", "Open in the manuscript", "Screen", "", "ph.article"),
    ActionSpec("delete_finding", "Delete review finding", "Screen", "", "ph.trash"),
)

THEME_MENU: Final = ("rename_theme", "put_under", "", "new_topic", "new_finding", "", "remove_theme")
FINDING_MENU: Final = (
    "reword_finding", "add_evidence", "add_contrast", "", "add_quotations", "add_quotations_against",
    "show_line", "change_counted", "", "move_finding", "merge_findings", "split_finding",
    "", "open_in_manuscript", "delete_finding",
)  # fmt: skip

TELL_WHY: Final = frozenset(
    (
        "add_evidence",
        "add_contrast",
        "add_quotations",
        "add_quotations_against",
        "show_line",
        "change_counted",
    )
)
"""What says what to choose first where no finding is chosen, so that a key is never without an answer."""
