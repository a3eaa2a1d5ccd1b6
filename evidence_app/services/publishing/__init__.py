"""What leaves the program: bibliographies and cited summaries."""
