"""Reading and writing the files that other programs exchange references in."""
