"""What a reviewer can do: no window, no SQL."""
