"""The window round the screens: rail, header, status line, toasts, palette."""
