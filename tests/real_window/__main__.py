"""Work the tour in a real window by keyboard alone: `python -m tests.real_window`.

Needs Xvfb and xdotool. The exit code says whether every step left what it should in the project file, and
in the files that were exported.
`--pictures FOLDER` keeps a picture of each step where ImageMagick is installed."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.real_window import (
    adding,
    coders,
    coding,
    flow,
    gathering,
    library,
    manuscript,
    packets,
    quoting,
    report,
    screening,
    themes,
)
from tests.real_window.desk import Desk
from tests.real_window.display import NotSeen, a_display

CHAPTERS = (
    library.first_start,
    library.sort_and_choose_columns,
    library.narrow_down,
    library.edit_in_place,
    library.add_a_field,
    library.use_the_tabs,
    adding.set_crossref,
    adding.add_by_pasting,
    adding.compare_with_crossref,
    adding.fill_many,
    themes.read_the_outline,
    themes.change_themes,
    themes.change_findings,
    themes.put_a_theme_under_two,
    manuscript.change_a_sentence,
    manuscript.split_and_merge,
    manuscript.preview_and_export,
    coders.code_blind,
    coders.code_as_somebody_else,
    coders.settle_the_differences,
    coding.attach_and_mark,
    coding.code_line_by_line,
    coding.adjust_and_frame,
    coding.write_a_finding,
    quoting.lead_back_to_the_lines,
    coding.send_coding_out_and_back,
    coding.take_a_newer_version,
    report.export_a_bibliography,
    report.copy_an_entry,
    report.waive_a_check,
    report.read_the_matrix,
    report.take_back_and_do_again,
    report.survive_a_kill,
    report.close_and_reopen,
    screening.begin_a_review,
    screening.write_a_protocol,
    screening.judge_records,
    packets.give_out_a_packet,
    packets.judge_the_packet,
    packets.merge_the_answer,
    packets.give_the_second_votes,
    packets.settle_conflicts,
    screening.rank_the_rest,
    screening.read_full_texts,
    flow.draw_the_diagram,
    flow.explain_what_does_not_add_up,
    flow.merge_a_late_duplicate,
    gathering.drop_a_folder,
    gathering.cancel_an_import,
    gathering.judge_duplicates,
    gathering.undo_all_and_redo_all,
)


def main() -> None:
    """Run the chapters; ends with a sentence and 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(description="Work the tour in a real window by keyboard.")
    parser.add_argument("--pictures", type=Path, help="a folder for a picture of each step")
    parser.add_argument("--only", nargs="*", help="chapters to work, besides those that begin")
    options = parser.parse_args()
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, a_display() as display:
        desk = Desk(display, Path(folder), options.pictures)
        try:
            for chapter in _wanted(options.only):
                began = time.monotonic()
                chapter(desk)
                print(f"{time.monotonic() - began:5.1f} s  {chapter.__name__.replace('_', ' ')}", flush=True)
        except NotSeen as error:
            desk.picture("stopped here")
            sys.exit(f"{chapter.__name__}: {error}{desk.fate}")
        finally:
            desk.abandon()
    print("The tour was worked by keyboard, and the project file holds what it should.")


def _wanted(only: Sequence[str] | None) -> list[Callable[[Desk], None]]:
    names = {"first_start", "set_crossref", *(only or ())}
    return [chapter for chapter in CHAPTERS if not only or chapter.__name__ in names]


if __name__ == "__main__":
    main()
