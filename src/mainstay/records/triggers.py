"""Database triggers: audit events are only ever added.

The one exception is the erasure of a person: while an ErasureWarrant stands (written and taken
away in the same transaction), label, old and new may be replaced. Nothing may be deleted.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

NAMES = ("audit_no_update", "audit_no_delete")
FIXED = (
    "id",
    "at",
    "actor_id",
    "verb",
    "target_type",
    "target_id",
    "request_id",
    "customer_id",
    "contact_id",
)

REFUSAL = "audit events are append-only"

SQLITE = (
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON records_auditevent
       BEGIN SELECT RAISE(ABORT, '{refusal}'); END""",
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON records_auditevent
       WHEN NOT EXISTS (SELECT 1 FROM records_erasurewarrant) OR NOT ({same})
       BEGIN SELECT RAISE(ABORT, '{refusal}'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE OR REPLACE FUNCTION records_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NOT EXISTS (SELECT 1 FROM records_erasurewarrant) OR NOT ({same}) THEN
           RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON records_auditevent
       FOR EACH ROW EXECUTE FUNCTION records_refuse_update()""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE OR TRUNCATE ON records_auditevent
       FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()""",
)


def install(connection: BaseDatabaseWrapper, fixed: tuple[str, ...] = FIXED) -> None:
    remove(connection)
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in fixed)
    statements = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(refusal=REFUSAL, same=same))


def remove(connection: BaseDatabaseWrapper) -> None:
    on = " ON records_auditevent" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
