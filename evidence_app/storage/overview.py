"""How much there is of each kind, for the rail beside the screens."""

from evidence_app.storage.connections import Reader


def how_many(reader: Reader) -> dict[str, int]:
    """Return the number of references, of searches, of studies, of citation anchors under a theme and of all.

    Each included report that stands in no study counts as one."""
    row = reader.row(
        """
        SELECT (SELECT count(*) FROM live_reference) AS library,
               (SELECT count(*) FROM live_source s LEFT JOIN live_search h ON h.source = s.id) AS searches,
               (SELECT count(DISTINCT x.study) FROM live_study_report x
                JOIN live_study s ON s.id = x.study JOIN live_reference r ON r.id = x.reference)
               + (SELECT count(*) FROM live_reference r WHERE r.standing = 'included' AND NOT EXISTS
                  (SELECT 1 FROM live_study_report x JOIN live_study s ON s.id = x.study
                   WHERE x.reference = r.id))
               AS studies,
               (SELECT count(*) FROM live_anchor a JOIN live_block b ON b.id = a.block
                WHERE b.theme IS NOT NULL) AS themes,
               (SELECT count(*) FROM live_anchor a JOIN live_block b ON b.id = a.block) AS manuscript
        """
    )
    return dict(row) if row is not None else {}
