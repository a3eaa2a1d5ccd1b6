"""The History screen: every edit, what it changed, and copies of the project."""
