"""Documents, quotations, codes: reading, quoting and coding, without a window."""
