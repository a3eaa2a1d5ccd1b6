"""What a person said the columns of a table hold, remembered in the project by the set of headers."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from evidence_app.services.formats.column_mapping import checked, headers_key
from evidence_app.storage.connections import Reader
from evidence_app.storage.settings import settings_under

_UNDER: Final = "columns:"


def remembered(reader: Reader) -> dict[str, dict[str, str]]:
    """Return the mappings of the project by the key of their headers; one that cannot be read is left out."""
    found: dict[str, dict[str, str]] = {}
    for value in settings_under(reader, _UNDER).values():
        try:
            kept = json.loads(value)
            found[str(kept["headers"])] = {str(name): str(held) for name, held in kept["mapping"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def mapping_of(reader: Reader, headers: Sequence[str]) -> dict[str, str] | None:
    """Return what was said of exactly these headers before, or None."""
    return remembered(reader).get(headers_key(headers))


def rows_to_keep(headers: Sequence[str], mapping: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows of `cache_setting` that remember a mapping. Raises `EvidenceError` for a wrong one."""
    key = headers_key(headers)
    value = json.dumps({"headers": key, "mapping": checked(mapping)}, ensure_ascii=False)
    return [{"key": _UNDER + sha256(key.encode()).hexdigest()[:24], "value": value}]
