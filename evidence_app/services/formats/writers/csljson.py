"""CSL-JSON: the references as they are, each under an id of its own."""

import json

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats.leftovers import written


def record_text(key: str, item: CslItem) -> str:
    """Return one reference as a JSON object, indented to stand in a list."""
    text = json.dumps({"id": key, **written(item)}, ensure_ascii=False, indent=2)
    return "\n".join(f"  {line}" for line in text.split("\n"))
