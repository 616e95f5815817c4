"""The workers whom newest versions name, from the versions that there are; found by worker and by innovation."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0061-named-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Workers whom the newest version of an innovation names, from the versions that there are"

INDEXES = [
    "CREATE UNIQUE INDEX innovation_named_worker ON innovation_named (worker, innovation)",
    "CREATE INDEX innovation_named_innovation ON innovation_named (innovation)",
]
SAID = """
INSERT INTO innovation_named (innovation, worker)
SELECT DISTINCT said.innovation, COALESCE(known.merged_into, known.id)
FROM innovation JOIN innovation_version said ON said.innovation = innovation.id AND said.number = innovation.version
CROSS JOIN {people} JOIN worker known ON known.id = CAST({number} AS INTEGER)
"""
READ = {
    "sqlite": ("json_each(said.body, '$.authors') one", "json_extract(one.value, '$.worker')"),
    "postgres": ("LATERAL json_array_elements(CAST(said.body AS json) -> 'authors') one", "one ->> 'worker'"),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def run() -> None:
        people, number = READ[current().engine_type]
        for statement in (SAID.format(people=people, number=number), *INDEXES):
            await current().run_ddl(statement)

    manager.add_raw(run)
    return manager
