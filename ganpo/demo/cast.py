"""The people who can sign in to the demonstration, and what is printed for those who try it. Data only.

The password is the same for all and stands here: that is only right because everything in the demonstration is
made up. `ganpo account create` never sets one.
"""

import json
from dataclasses import asdict, dataclass

from foundation.people.grants import Role

PASSWORD = "ganpo-demo-2026"  # noqa: S105 - printed for everyone who tries the demonstration


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account; `role` is how the printed list calls them, empty for those it leaves out."""

    sign_in: str
    name: str
    grants: tuple[Role, ...] = ()
    role: str = ""
    address: str = "/desk"
    posts: tuple[tuple[str, tuple[Role, ...]], ...] = ()  # below the federation: organisation and roles there


OFFICER = Member("guanli", "万知遥", (Role.OFFICER,), "管理员 officer", "/accounts")
ORGANISER = Member("zuzhi", "熊映秋", (Role.ORGANISER,), "赛务 organiser", "/organise")
REVIEWER = Member("shenhe", "涂景行", (Role.REVIEWER,), "复核 reviewer")
SIGNER = Member("qianfa", "胡望川", (Role.SIGNER,), "签发 signer")
SUPERVISOR = Member("jiandu", "龚致远", (Role.SUPERVISOR,), "监督 supervisor", "/suspensions")
CITY_OFFICER = Member(
    "nanchang", "万书窈", (), "市工会 city officer", "/organisations",
    (("南昌市总工会", (Role.OFFICER, Role.REVIEWER)), ("映川电子科技有限公司", (Role.CLERK,))),
)  # fmt: skip
COUNTY_OFFICER = Member(
    "yunxiu", "熊书禾", (), "县工会 county officer", "/desk", (("云岫县总工会", (Role.OFFICER, Role.REVIEWER)),)
)  # fmt: skip
OTHER_CITY_OFFICER = Member(
    "jingdezhen", "汪素岚", (), "市工会 city officer", "/desk", (("景德镇市总工会", (Role.OFFICER, Role.REVIEWER)),)
)  # fmt: skip
UNIT_OFFICER = Member(
    "zhuxi", "占青禾", (), "单位工会主席 unit officer", "/desk", (("云窑艺术瓷厂", (Role.OFFICER,)),)
)  # fmt: skip
CLERK = Member(
    "jingban", "冯若棠", (), "单位经办 clerk", "/workers", (("云窑艺术瓷厂", (Role.CLERK,)),),
)  # fmt: skip
CHIEF = Member("caipanzhang", "徐衡山", (), "裁判长 chief judge")
JUDGE = Member("caipan", "柯明禾", (), "裁判 judge")
OTHER_JUDGES = (
    Member("caipan2", "聂望舒"),
    Member("caipan3", "揭长风"),
    Member("caipan4", "俞青岚"),
    Member("caipan5", "喻松涛"),
    Member("caipan6", "乐春晓"),
    Member("caipan7", "占云帆"),
)
CAST = (
    OFFICER,
    ORGANISER,
    REVIEWER,
    SIGNER,
    SUPERVISOR,
    CITY_OFFICER,
    COUNTY_OFFICER,
    OTHER_CITY_OFFICER,
    UNIT_OFFICER,
    CLERK,
    CHIEF,
    JUDGE,
    *OTHER_JUDGES,
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the printed list: who, and where to begin (a path)."""

    role: str
    sign_in: str
    password: str
    address: str


@dataclass(frozen=True, slots=True)
class DemoSignIns:
    """Everything that somebody needs to try the demonstration; `code` is one contestant's personal code."""

    accounts: tuple[SignIn, ...]
    code: str

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """The list as it is printed, a line for each role."""
        lines = [f"  {one.sign_in:<12} {one.password}   {one.role:<18} {one.address}" for one in self.accounts]
        return "\n".join([*lines, f"  a contestant's personal code: {self.code}   /score"])


def sign_ins(addresses: dict[str, str], code: str) -> DemoSignIns:
    """The printed list; `addresses` are pages by sign-in name that are known only once the demonstration is made."""
    printed = (member for member in CAST if member.role)
    return DemoSignIns(
        accounts=tuple(
            SignIn(member.role, member.sign_in, PASSWORD, addresses.get(member.sign_in, member.address))
            for member in printed
        ),
        code=code,
    )
