from tests.customers.imports.conftest import imported

__all__ = ["imported"]
