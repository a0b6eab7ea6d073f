"""What the tests of privacy share with those of imports."""

from tests.customers.imports.conftest import imported

__all__ = ["imported"]
