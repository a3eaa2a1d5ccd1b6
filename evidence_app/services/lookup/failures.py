"""What can go wrong between here and Crossref, told in the user's words."""

from evidence_app.domain.errors import EvidenceError


class CrossrefError(EvidenceError):
    """A question Crossref did not answer; nothing in the project was changed.

    `stops_the_run` says that the next question would meet the same fate, so a batch ends there;
    `about_one_work` that it says nothing about the next one."""

    stops_the_run = False
    about_one_work = False


class NotRegistered(CrossrefError):
    """Crossref has no such DOI: mistyped, or registered with another agency such as DataCite."""

    about_one_work = True


class WrongWork(CrossrefError):
    """The answer describes another work than the one asked for, and does not list its DOI as an alias."""

    about_one_work = True


class Refused(CrossrefError):
    """Crossref could not make sense of the question (status 400, and others of the 400s)."""

    about_one_work = True


class Garbled(CrossrefError):
    """The answer cannot be read: cut short, not JSON, or without the part that matters."""


class NotCrossref(Garbled):
    """Something other than Crossref answered: the sign-in page of a network, a proxy, a wrong address."""

    stops_the_run = True


class TooManyRequests(CrossrefError):
    """Crossref asked to slow down, for longer than the call may last; `wait` is in seconds."""

    stops_the_run = True

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Forbidden(CrossrefError):
    """Crossref turned this computer or contact address away (status 401 or 403)."""

    stops_the_run = True


class Unavailable(CrossrefError):
    """Crossref is there and cannot answer now (status 5xx)."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Broken(CrossrefError):
    """The connection broke off before the answer was complete."""


class TooSlow(CrossrefError):
    """No complete answer arrived in the time a question may take."""


class Unreachable(CrossrefError):
    """No connection could be made at all: no network, wrong address, blocked."""

    stops_the_run = True
