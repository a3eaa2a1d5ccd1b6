"""Knowing somebody again who was named in the project before they acted in it.

A role, a sample or an import enters people by name. Who then opens the project under that name for the first
time is that person: their row takes the identity they carry."""

import sqlite3

from evidence_app.storage.applied import NOBODY, Acting
from evidence_app.storage.foreign import stored


def recognise(connection: sqlite3.Connection, acting: Acting) -> int | None:
    """Give the row of somebody known by name only the identity of who acts; return it, if there is one.

    Nothing is done where they are known already, where that person acted or left, or two have the name."""
    if acting.guid == NOBODY.guid or not acting.name.strip():
        return None
    if connection.execute("SELECT 1 FROM person WHERE guid = ?", [acting.guid]).fetchone():
        return None
    rows = connection.execute(
        """SELECT p.id, p.name, EXISTS (SELECT 1 FROM edit e WHERE e.person = p.id) AS acted, p.left_at
           FROM person p WHERE p.removed IS NULL"""
    ).fetchall()
    named = [row for row in rows if row["name"].casefold() == acting.name.strip().casefold()]
    if len(named) != 1 or named[0]["acted"] or named[0]["left_at"]:
        return None
    row = int(named[0]["id"])
    connection.execute(
        "UPDATE person SET guid = ?, initials = coalesce(nullif(initials, ''), ?) WHERE id = ?",
        [acting.guid, stored(acting.initials), row],
    )
    return row
