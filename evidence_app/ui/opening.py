"""Opening a file that lies beside the project with the program the system has for it."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.library import attachments
from evidence_app.ui.screen import ScreenContext


def open_copy(context: ScreenContext, sha256: str, name: str, url: str = "") -> bool:
    """Open the copy that is kept of a file, or its page; return whether there is something to open."""
    if sha256:
        try:
            place = attachments.place_of(context.project.path, sha256, name)
        except EvidenceError as error:
            context.messages.inform(str(error))
            return True
        if place.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
            return True
    if url.startswith(("https://", "http://")):
        QDesktopServices.openUrl(QUrl(url))
        return True
    return False


def say_missing(context: ScreenContext, name: str) -> None:
    """Say that the copy of a file is not where it belongs, and what helps."""
    folder = attachments.companion_folder(context.project.path).name
    context.messages.inform(
        f"{name} is not there.",
        f"It belongs into the folder {folder} beside the project. Was the project moved without it? "
        "Move the folder there too, or attach the file again.",
    )
