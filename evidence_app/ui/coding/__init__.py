"""The Coding screen: reading full texts, quoting and coding them."""
