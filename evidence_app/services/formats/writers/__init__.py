"""Writing references so that our own reader and other programs give the same references back."""
