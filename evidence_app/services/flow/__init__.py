"""The flow diagram: counting, checking, drawing and writing it."""
