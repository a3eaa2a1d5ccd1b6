"""The Checks screen: rules by level, what each found, waiving and fixing."""
