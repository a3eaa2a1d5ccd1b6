"""What the file itself remembers beside the review: small values under a key, never part of the history."""

from evidence_app.storage.connections import Reader


def setting(reader: Reader, key: str) -> str | None:
    """Return a value kept in `cache_setting`, or None."""
    found: str | None = reader.value("SELECT value FROM cache_setting WHERE key = :key", key=key)
    return found
