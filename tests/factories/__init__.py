"""Objects for tests, one module per capability."""
