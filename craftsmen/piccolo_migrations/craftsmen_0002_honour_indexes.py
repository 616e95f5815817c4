"""What may stand only once, what is looked up often, and the titles that the field knows from the start."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-honour-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique titles, addresses and sources of honours; the titles to start from"

INDEXES = [
    "CREATE UNIQUE INDEX honour_title_code ON honour_title (code)",
    "CREATE UNIQUE INDEX honour_address ON honour (address)",
    "CREATE UNIQUE INDEX honour_source_key ON honour (source_key) WHERE source_key <> ''",
    "CREATE INDEX honour_worker ON honour (worker)",
    "CREATE INDEX honour_title_year ON honour (title, year, id)",
    "CREATE INDEX honour_unit ON honour (unit)",
    "CREATE INDEX honour_city ON honour (city)",
    "CREATE INDEX honour_name ON honour (name)",
    "CREATE INDEX honour_source ON honour (source)",
    "CREATE UNIQUE INDEX honour_member_position ON honour_member (honour, position)",
    "CREATE INDEX honour_member_worker ON honour_member (worker)",
    "CREATE INDEX honour_change_honour ON honour_change (honour)",
    "CREATE INDEX honour_case_honour ON honour_case (honour)",
    "CREATE UNIQUE INDEX honour_case_open ON honour_case (honour) WHERE stage IN ('reported', 'agreed', 'disagreed')",
    "CREATE INDEX honour_case_reporter ON honour_case (reporter)",
    "CREATE INDEX honour_case_recommender ON honour_case (recommender)",
    "CREATE INDEX honour_case_file_case ON honour_case_file (honour_case)",
    "CREATE INDEX honour_list_organisation ON honour_list (organisation)",
    "CREATE UNIQUE INDEX honour_list_row_line ON honour_list_row (honour_list, line)",
    "CREATE INDEX honour_list_row_state ON honour_list_row (honour_list, state, line)",
    "CREATE INDEX honour_list_row_key ON honour_list_row (source_key)",
    "CREATE INDEX honour_list_row_worker ON honour_list_row (worker)",
    "CREATE INDEX honour_list_row_honour ON honour_list_row (honour)",
]

# Titles seen in the province: each can be changed, closed and added to by those who keep titles.
# code, name, verb, body, holder, family, pages, certificate, given with
FEDERATION = "江西省总工会"
TITLES = [
    ("ganpo-craftsman", "赣鄱工匠", "name", FEDERATION, "person", "craftsman", True, True, "江西省能工巧匠"),
    ("skilled-craftsman", "江西省能工巧匠", "confer", "江西省人民政府", "person", "craftsman", False, False, ""),
    ("national-craftsman", "大国工匠", "release", "中华全国总工会", "person", "craftsman", True, False, ""),
    ("may-day-medal", "江西省五一劳动奖章", "confer", FEDERATION, "person", "medal", False, True, ""),
    ("may-day-award", "江西省五一劳动奖状", "confer", FEDERATION, "team", "medal", False, True, ""),
    ("worker-pioneer", "江西省工人先锋号", "confer", FEDERATION, "team", "team", False, True, ""),
    ("skill-leader", "技能带头人", "recognise", FEDERATION, "person", "skill_leader", False, True, ""),
    (
        "technical-expert", "江西省技术能手", "confer", "江西省人力资源和社会保障厅", "person", "contest",
        False, False, "",
    ),
    ("youth-expert", "江西省青年岗位能手", "confer", "共青团江西省委", "person", "other", False, False, ""),
    ("red-banner", "江西省三八红旗手", "confer", "江西省妇女联合会", "person", "other", False, False, ""),
    ("five-small", "职工“五小”优秀成果", "recognise", FEDERATION, "team", "innovation", False, True, ""),
]  # fmt: skip
_TITLE = (
    "INSERT INTO honour_title (code, name, verb, body, holder, family, pages, listed, organisation, position, active, "
    "given_with, certificate, numbered) VALUES ('{}', '{}', '{}', '{}', '{}', '{}', {}, true, 1, {}, true, '{}', {}, 0)"
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)
        for place, (code, name, verb, body, holder, family, pages, certificate, given_with) in enumerate(TITLES, 1):
            flags = [str(flag).lower() for flag in (pages, certificate)]
            await current().run_ddl(
                _TITLE.format(code, name, verb, body, holder, family, flags[0], place * 10, given_with, flags[1])
            )

    manager.add_raw(indexes)
    return manager
