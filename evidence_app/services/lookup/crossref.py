"""Crossref: the adapter of habanero, and the only one that asks Crossref anything.

habanero knows how a question is put. It does not keep a connection or the reply's headers, follow a moved
DOI, wait when asked to, or end in time (habanero 2.9.2: its modules `request` and `request_class` call
`httpx2.get` and drop the reply, and offer no hook), so both are given a carrier of ours to call in its
place: see `_Carrier`."""

import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from urllib.parse import quote, urljoin, urlsplit

from evidence_app.services.lookup.failures import (
    Broken,
    CrossrefError,
    Forbidden,
    Garbled,
    NotCrossref,
    NotRegistered,
    Refused,
    TooManyRequests,
    TooSlow,
    Unavailable,
    Unreachable,
    WrongWork,
)
from evidence_app.services.lookup.pacing import Kind, Pace, Watch, nothing_to_watch, retry_after
from evidence_app.services.lookup.wire import Reply, Wire

Work = dict[str, Any]
"""One work as Crossref describes it, its `message` unchanged."""

PUBLIC_URL: Final = "https://api.crossref.org"
BATCH: Final = 30
"""DOIs in one filter: 20 to 50 are safe, and the address stays under 2 kB."""

_MOST_ATTEMPTS: Final = 5
_ATTEMPTS: Final[Mapping[type[CrossrefError], int]] = {Unreachable: 2, TooSlow: 2}
_NOT_REACHED: Final = (Unreachable, TooSlow, Broken, NotCrossref)
_REDIRECTS: Final = 2
_LONGEST_PAUSE: Final = 30.0
_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_AGENT: Final = "EvidenceDesk"


class Crossref:
    """Asks Crossref, one question at a time. All times are in seconds.

    `mailto` is sent only if the user entered one. `deadline` is the most one question may take, its
    repetitions and pauses included; `silence` the longest wait for the next bytes. `watch` is called at
    least every 0.2 seconds while anything lasts and raises `Cancelled` to end it. `told` is called after
    each question with whether Crossref was reached. Tests give `clock`, `wait` and `jitter`."""

    def __init__(
        self,
        base_url: str = PUBLIC_URL,
        mailto: str | None = None,
        *,
        told: Callable[[bool], object] = lambda _reached: None,
        deadline: float = 90.0,
        silence: float = 20.0,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._mailto = mailto or None
        self._told = told
        self._deadline = deadline
        self._clock = clock
        self._jitter = jitter
        self._pace = Pace(clock, wait)
        self._wire = Wire(self.base_url, clock, silence)
        self._queue = threading.Lock()

    @contextmanager
    def watched(self, watch: Watch) -> Iterator[None]:
        """Call `watch` while questions are waited for; what it raises ends them."""
        self._pace.watch = self._wire.limit.watch = watch
        try:
            yield
        finally:
            self._pace.watch = self._wire.limit.watch = nothing_to_watch

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def pause_of(self, kind: Kind) -> float:
        """Return the seconds now kept between two questions of a kind, as the last reply asked."""
        return self._pace.pause_of(kind)

    def work(self, doi: str) -> Work:
        """Return the work with this DOI, or the one it was merged into if that lists it as an alias.

        Raises a `CrossrefError`, among them `NotRegistered` and `WrongWork`."""
        if not _DOI.fullmatch(doi):
            raise NotRegistered(f"“{doi}” is not a DOI: one begins with 10., a number and a slash.")
        answer = self._asked("single", ids=[quote(doi, safe="")])
        message = answer.get("message")
        if not isinstance(message, dict) or not isinstance(message.get("DOI"), str):
            raise Garbled(f"The answer for {doi} lacks the description of a work. Nothing was changed.")
        if not is_about(message, doi):
            raise WrongWork(f"Asked for {doi}, the answer describes {message['DOI']}. It was not used.")
        return message

    def works(self, dois: Sequence[str]) -> dict[str, Work]:
        """Return what one list question knows of these DOIs (at most `BATCH`), by the DOI asked for.

        A DOI that is missing from the result is unknown, merged into another, or has a comma, which the
        filter cannot express: ask `work` for it."""
        asked = [doi for doi in dois if "," not in doi and _DOI.fullmatch(doi)]
        if len(asked) > BATCH:
            raise ValueError(f"At most {BATCH} DOIs fit one question.")
        if not asked:
            return {}
        listed = self._listed(filter={"doi": asked}, limit=len(asked))
        return {doi: work for doi in asked for work in listed if is_about(work, doi)}

    def search(self, text: str, rows: int = 5) -> list[Work]:
        """Return the works Crossref thinks closest to a bibliographic text, best first."""
        return self._listed(query_bibliographic=" ".join(text.split()), limit=rows)

    def _listed(self, **question: Any) -> list[Work]:
        message = self._asked("list", **question).get("message")
        works = message.get("items") if isinstance(message, dict) else None
        if not isinstance(works, list):
            raise Garbled("The answer lacks its list of works. Nothing was changed.")
        return [work for work in works if isinstance(work, dict) and isinstance(work.get("DOI"), str)]

    def _asked(self, kind: Kind, **question: Any) -> dict[str, Any]:
        try:
            answer = self._tried(kind, question)
        except CrossrefError as error:
            self._told(not isinstance(error, _NOT_REACHED))
            raise
        self._told(True)
        return answer

    def _tried(self, kind: Kind, question: dict[str, Any]) -> dict[str, Any]:
        ends = self._clock() + self._deadline
        attempt = 1
        while True:
            try:
                with self._queue:
                    return self._once(kind, ends, question)
            except (TooManyRequests, Unavailable, Broken, TooSlow, Unreachable) as error:
                pause = self._pause(error, attempt)
                if attempt >= _ATTEMPTS.get(type(error), _MOST_ATTEMPTS) or self._clock() + pause >= ends:
                    raise
                self._pace.rest(pause)
                attempt += 1

    def _once(self, kind: Kind, ends: float, question: dict[str, Any]) -> dict[str, Any]:
        from habanero import Crossref as Habanero

        def carry(url: str, params: Mapping[str, str] | None, headers: Mapping[str, str]) -> _Answer:
            return self._carried(kind, ends, url, params, headers)

        asker = Habanero(base_url=self.base_url, mailto=self._mailto, ua_string=_AGENT)
        with _carried_by(carry):
            answer: dict[str, Any] = asker.works(**question)
        return answer

    def _carried(
        self, kind: Kind, ends: float, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str]
    ) -> "_Answer":
        for _ in range(_REDIRECTS + 1):
            self._pace.before(kind)
            reply = self._wire.get(url, params, headers, ends - self._clock())
            self._pace.learn(kind, reply.headers)
            target = reply.headers.get("location")
            if reply.status not in {301, 302, 303, 307, 308} or not target:
                return _Answer(_read(reply, url))
            url, params = _same_host(url, target), None
        raise Garbled("Crossref sends from one address to the next without an end. Nothing was changed.")

    def _pause(self, error: CrossrefError, attempt: int) -> float:
        if isinstance(error, TooManyRequests | Unavailable) and error.wait is not None:
            return error.wait
        return min(2.0 ** (attempt - 1), _LONGEST_PAUSE) * (1 + self._jitter() / 4)


def is_about(work: Mapping[str, Any], doi: str) -> bool:
    """Whether a work is the one with this DOI: by its own DOI or its aliases, letter case aside."""
    known: Iterable[Any] = [work.get("DOI"), *(work.get("aliases") or [])]
    return doi.casefold() in {str(name).casefold() for name in known}


def _same_host(url: str, target: str) -> str:
    moved = urljoin(url, target)
    if urlsplit(moved).hostname != urlsplit(url).hostname:
        raise NotCrossref(
            f"The network answered with the page of {urlsplit(moved).hostname}, not Crossref. "
            "It may want you to sign in; nothing was changed."
        )
    return moved


def _read(reply: Reply, url: str) -> dict[str, Any]:
    """Return what a reply says, or raise what its status means. A 404 may be labelled text or JSON."""
    host = urlsplit(url).hostname
    wait = retry_after(reply.headers.get("retry-after"))
    match reply.status:
        case 200:
            return _parsed(reply.body)
        case 404 | 410:
            raise NotRegistered(
                "Crossref does not know this DOI. It may be mistyped, or registered with another agency."
            )
        case 429:
            raise TooManyRequests(f"{host} asked to slow down. What was found so far is kept.", wait)
        case 401 | 403:
            raise Forbidden(f"{host} turned the question away (status {reply.status}). Nothing was changed.")
        case 407 | 511:
            raise NotCrossref("The network wants you to sign in first. Nothing was changed.")
        case status if status >= 500:
            raise Unavailable(f"{host} cannot answer now (status {status}). Nothing was changed.", wait)
        case status:
            raise Refused(
                f"{host} refused the question (status {status}{_said(reply)}). Nothing was changed."
            )


def _parsed(body: bytes) -> dict[str, Any]:
    if body.lstrip()[:1] == b"<":
        raise NotCrossref(
            "A web page arrived in place of Crossref's answer: the network may want you to sign in. "
            "Nothing was changed."
        )
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise Garbled("The answer was cut short or is not JSON. Nothing was changed.") from error
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise Garbled("The answer lacks its message. Nothing was changed.")
    if "items" in message:
        # habanero looks it up in every list, to decide whether to page.
        message.setdefault("total-results", len(message["items"] or ()))
    return {**answer, "message": message}


def _said(reply: Reply) -> str:
    try:
        message = json.loads(reply.body)["message"]
        return f": {message if isinstance(message, str) else message[0]['message']}"
    except (ValueError, LookupError, TypeError):
        return ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A good answer as habanero reads one: checked and parsed already."""

    said: dict[str, Any]
    status_code = 200
    headers: ClassVar[Mapping[str, str]] = {"Content-Type": "application/json"}

    def raise_for_status(self) -> None:
        """Raise nothing: an answer with another status never comes this far."""

    def json(self) -> dict[str, Any]:
        """Return the answer."""
        return self.said


Carry = Callable[[str, Mapping[str, str] | None, Mapping[str, str]], _Answer]
_on_this_thread = threading.local()


class _Carrier:
    """Stands where habanero looks for httpx2: `get` goes to what carries on this thread, all else to
    httpx2."""

    def get(
        self, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str], **_settings: object
    ) -> _Answer:
        """Carry a request; the time limit is ours, not habanero's."""
        carry: Carry = _on_this_thread.carry
        return carry(url, params, headers)

    def __getattr__(self, name: str) -> Any:
        import httpx2

        return getattr(httpx2, name)


@contextmanager
def _carried_by(carry: Carry) -> Iterator[None]:
    """Let the requests habanero makes on this thread go through `carry`."""
    from habanero import request, request_class

    for module in (request, request_class):
        if not isinstance(module.httpx2, _Carrier):
            module.httpx2 = _Carrier()
    _on_this_thread.carry = carry
    try:
        yield
    finally:
        del _on_this_thread.carry
