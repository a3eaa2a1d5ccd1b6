"""What the file itself remembers beside the review: small values under a key, never part of the history."""

from evidence_app.storage.connections import Reader


def setting(reader: Reader, key: str) -> str | None:
    """Return a value kept in `cache_setting`, or None."""
    found: str | None = reader.value("SELECT value FROM cache_setting WHERE key = :key", key=key)
    return found


def settings_under(reader: Reader, beginning: str) -> dict[str, str]:
    """Return the values whose key begins like this, by key."""
    rows = reader.rows(
        "SELECT key, value FROM cache_setting WHERE substr(key, 1, length(:b)) = :b ORDER BY key", b=beginning
    )
    return {row["key"]: row["value"] for row in rows}
