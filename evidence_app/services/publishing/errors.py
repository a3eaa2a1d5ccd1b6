"""What can go wrong while something is published."""

from evidence_app.domain.errors import EvidenceError


class PublishingError(EvidenceError):
    """A document could not be made; nothing was written in its place."""
