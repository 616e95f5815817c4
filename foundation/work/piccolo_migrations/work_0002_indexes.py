"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-indexes"
VERSION = "1.38.0"
DESCRIPTION = "One open act of a kind on a thing, one open return of a field, messages and jobs that are due"

INDEXES = [
    "CREATE UNIQUE INDEX two_person_act_open ON two_person_act (kind, about) WHERE stage = 'asked'",
    "CREATE INDEX two_person_act_organisation ON two_person_act (organisation_id) WHERE stage = 'asked'",
    "CREATE INDEX two_person_act_asked_by ON two_person_act (asked_by, id)",
    "CREATE INDEX two_person_act_about ON two_person_act (about, id)",
    "CREATE UNIQUE INDEX returned_field_open ON returned_field (subject, field) WHERE handed_in_at IS NULL",
    "CREATE INDEX returned_field_subject ON returned_field (subject)",
    "CREATE UNIQUE INDEX outbox_message_message_id ON outbox_message (message_id)",
    "CREATE INDEX outbox_message_due ON outbox_message (due_at) WHERE stage = 'waiting'",
    "CREATE INDEX outbox_message_stage ON outbox_message (stage, id)",
    "CREATE INDEX job_due ON job (due_at) WHERE stage IN ('waiting', 'running')",
    "CREATE INDEX job_started_by ON job (started_by, id)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="work", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
