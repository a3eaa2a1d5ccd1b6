"""The protocol beside its one row: criteria with codes, concepts, roles, amendments."""

from evidence_app.domain.screening import Amendment, Concept, Criterion, RoleHeld
from evidence_app.storage.connections import Reader


def criteria(reader: Reader) -> list[Criterion]:
    """Return the criteria in order, those for inclusion first."""
    rows = reader.rows("SELECT * FROM live_criterion ORDER BY includes DESC, position, id")
    return [
        Criterion(
            id=row["id"], guid=row["guid"], code=row["code"], text=row["text"],
            includes=bool(row["includes"]), concept=row["concept"], position=row["position"],
        )
        for row in rows
    ]  # fmt: skip


def concepts(reader: Reader) -> list[Concept]:
    """Return the concepts of the question in order."""
    rows = reader.rows("SELECT id, name, text, position FROM live_concept ORDER BY position, id")
    return [Concept(**dict(row)) for row in rows]


def roles(reader: Reader) -> list[RoleHeld]:
    """Return who does what, as entered."""
    rows = reader.rows(
        """SELECT r.id, r.person, p.name, r.role FROM live_role r JOIN person p ON p.id = r.person
           ORDER BY r.id"""
    )
    return [RoleHeld(**dict(row)) for row in rows]


def amendments(reader: Reader) -> list[Amendment]:
    """Return the amendments, oldest first, each with how many records it put back into a queue."""
    rows = reader.rows(
        """SELECT a.*, coalesce(p.name, '') AS by,
                  (SELECT count(DISTINCT reference) FROM live_look_again g WHERE g.amendment = a.id) AS again
           FROM live_amendment a LEFT JOIN person p ON p.id = a.person ORDER BY a.at, a.id"""
    )
    return [
        Amendment(
            id=row["id"], text=row["text"], reason=row["reason"], criterion=row["criterion"],
            before=row["before"], after=row["after"], by=row["by"], at=row["at"], again=row["again"],
        )
        for row in rows
    ]  # fmt: skip


def has_decisions(reader: Reader) -> bool:
    """Return whether anybody decided on anything: from then on the protocol is amended, not rewritten."""
    return reader.value("SELECT 1 FROM live_decision LIMIT 1") is not None
