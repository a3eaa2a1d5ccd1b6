"""Looking works up at Crossref and comparing what it says with what we hold."""
