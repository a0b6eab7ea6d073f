"""Progressive profiling."""
