"""What customers will buy: one model per file, fit(...) -> frozen parameters with predictions."""
