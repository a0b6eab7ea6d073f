"""Progressive profiling: a bank of questions, one asked at each contact."""
