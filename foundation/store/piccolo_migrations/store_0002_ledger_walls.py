"""One number a stream once; and a second wall: the database itself refuses to change or remove an entry."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-ledger-walls"
VERSION = "1.38.0"
DESCRIPTION = "Unique (stream, seq); entries can only be added"

UNIQUE = "CREATE UNIQUE INDEX ledger_entry_stream_seq ON ledger_entry (stream, seq)"

SQLITE = [
    f"""CREATE TRIGGER ledger_entry_no_{verb.lower()} BEFORE {verb} ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'entries of the ledger are never changed or removed'); END"""
    for verb in ("UPDATE", "DELETE")
]

POSTGRES = [
    """CREATE FUNCTION ledger_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'entries of the ledger are never changed or removed'; END $$""",
    """CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_refuse()""",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="store", description=DESCRIPTION)

    async def walls() -> None:
        engine = current()
        for statement in [UNIQUE, *(SQLITE if engine.engine_type == "sqlite" else POSTGRES)]:
            await engine.run_ddl(statement)

    manager.add_raw(walls)
    return manager
