"""What the tests of screens are given together."""

import pytest

from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.desks import Tools
from tests.ui.doubles import RecordedMessages


@pytest.fixture
def screen_tools(
    look: Look, parts: Parts, lanes: InlineLanes, preferences: Preferences, messages: RecordedMessages
) -> Tools:
    """What every screen is made with."""
    return Tools(look, parts, lanes, preferences, messages)
