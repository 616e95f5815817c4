"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-proposal-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Doors, receipts, a unit's proposals by stage and by clock"

INDEXES = [
    "CREATE UNIQUE INDEX proposal_door_code ON proposal_door (code)",
    "CREATE INDEX proposal_door_organisation ON proposal_door (organisation)",
    "CREATE UNIQUE INDEX proposal_deadline_organisation ON proposal_deadline (organisation)",
    "CREATE UNIQUE INDEX proposal_receipt ON proposal (receipt_hash)",
    "CREATE INDEX proposal_organisation ON proposal (organisation, id)",
    "CREATE INDEX proposal_stage ON proposal (organisation, stage, id)",
    "CREATE INDEX proposal_due ON proposal (organisation, due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX proposal_draft ON proposal (changed_at) WHERE stage = 'draft'",
    "CREATE INDEX proposal_worker ON proposal (worker) WHERE worker IS NOT NULL",
    "CREATE INDEX proposal_phone ON proposal (phone_hash) WHERE phone_hash <> ''",
    "CREATE INDEX proposal_step_proposal ON proposal_step (proposal)",
    "CREATE INDEX proposal_picture_proposal ON proposal_picture (proposal)",
    "CREATE UNIQUE INDEX proposal_sender_key ON proposal_sender (key)",
    "CREATE UNIQUE INDEX proposal_outcome_proposal ON proposal_outcome (proposal)",
    "CREATE UNIQUE INDEX proposal_reward_table_day ON proposal_reward_table (organisation, from_day)",
    "CREATE UNIQUE INDEX proposal_reward_tier_position ON proposal_reward_tier (reward_table, position)",
    "CREATE UNIQUE INDEX proposal_reward_proposal ON proposal_reward (proposal)",
    "CREATE UNIQUE INDEX proposal_share_position ON proposal_share (reward, position)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
