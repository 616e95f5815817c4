"""One worker to an ID number, and what workers are sorted and found by."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0010-worker-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Workers: unique ID numbers, sort and search keys"

# Keys are compared byte by byte on both engines, and a prefix is a range only then.
POSTGRES = [
    f'ALTER TABLE worker ALTER COLUMN {column} TYPE VARCHAR({length}) COLLATE "C"'
    for column, length in (
        ("sound_key", 255), ("stroke_key", 255), ("letters", 255), ("initials", 64), ("folded", 64),
    )  # fmt: skip
]
INDEXES = [
    "CREATE UNIQUE INDEX worker_id_hash ON worker (id_hash) WHERE id_hash <> ''",
    "CREATE INDEX worker_phone_hash ON worker (phone_hash) WHERE phone_hash <> ''",
    "CREATE INDEX worker_unit ON worker (unit, sound_key, id)",
    "CREATE INDEX worker_sound ON worker (sound_key, id)",
    "CREATE INDEX worker_strokes ON worker (stroke_key, id)",
    "CREATE INDEX worker_letters ON worker (letters)",
    "CREATE INDEX worker_initials ON worker (initials)",
    "CREATE INDEX worker_folded ON worker (folded)",
    "CREATE INDEX worker_merged_into ON worker (merged_into)",
    "CREATE INDEX worker_reveal_worker ON worker_reveal (worker, id)",
    "CREATE UNIQUE INDEX worker_apart_once ON worker_apart (one, other)",
    "CREATE INDEX worker_apart_other ON worker_apart (other)",
    "CREATE UNIQUE INDEX worker_code_worker ON worker_code (worker)",
    "CREATE UNIQUE INDEX worker_session_token ON worker_session (token_hash)",
    "CREATE INDEX worker_session_worker ON worker_session (worker)",
    "CREATE UNIQUE INDEX worker_attempt_key ON worker_attempt (key)",
    "CREATE INDEX consent_worker ON consent (worker, what, id)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def indexes() -> None:
        engine = current()
        for statement in (POSTGRES if engine.engine_type == "postgres" else []) + INDEXES:
            await engine.run_ddl(statement)

    manager.add_raw(indexes)
    return manager
