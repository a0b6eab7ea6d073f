"""The database backend for SQLite: Django's own, quicker at migrating a large base."""
