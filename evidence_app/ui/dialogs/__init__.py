"""Dialogs of the window itself: who you are, the settings, the keys."""
