"""Documents as they are read: the pages of a PDF or the words of a text, for every screen that shows them."""
