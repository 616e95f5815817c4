"""An innovation is rewarded once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0063-innovation-reward-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of the rewards of innovations"

INDEXES = [
    "CREATE UNIQUE INDEX innovation_reward_innovation ON innovation_reward (innovation)",
    "CREATE UNIQUE INDEX innovation_reward_share_position ON innovation_reward_share (reward, position)",
    "CREATE INDEX innovation_reward_share_worker ON innovation_reward_share (worker) WHERE worker IS NOT NULL",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
