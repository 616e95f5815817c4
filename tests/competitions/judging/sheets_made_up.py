"""A small contest for the tests of marking: every kind of aspect, deductions with keys, and void conditions.

P is marked by three judges together, D by one; nothing here touches a database.
"""

from collections.abc import Mapping

from competitions.rules.notes import AspectNotes, DeductionKey, SheetNotes
from competitions.rules.revisions import Revision
from competitions.rules.sheet import Sheet, make_sheet
from foundation.tabulation.scheme import Scheme, read_scheme
from foundation.web.forms import Form

NONCE = "0123456789ABCDEFGHJKMNPQRS"

SCHEME_TEXT = """{
  "format": "ganpo-scheme/1", "title": "青花手绘八寸盘", "digits": 2, "unmarked": "incomplete",
  "modules": [
    {"code": "P", "name": "作品", "weight": "1", "aspects": [
      {"code": "P1", "name": "勾线", "kind": "judgement", "judges": 3, "max": "25", "max_spread": 1,
       "levels": ["低于行业标准", "达到行业标准", "部分超过行业标准", "明显超过行业标准"]},
      {"code": "P2", "name": "分水", "kind": "panel", "judges": 3, "max": "10", "step": "0.5", "combine": "mean",
       "factor": "2.5"}]},
    {"code": "D", "name": "检测", "weight": "1", "aspects": [
      {"code": "D1", "name": "余高", "kind": "measurement", "max": "6", "step": "0.5"},
      {"code": "D2", "name": "咬边", "kind": "deduction", "max": "8", "step": "1"},
      {"code": "D3", "name": "安全文明", "kind": "deduction", "max": "10"},
      {"code": "D4", "name": "射线探伤", "kind": "grade", "table": {"Ⅰ": "40", "Ⅱ": "28", "Ⅲ": "12", "Ⅳ": "0"}}]}
  ]}"""

VOIDS = ("焊缝有裂纹", "修磨焊缝原始表面")
NOTES = SheetNotes(
    aspects={
        "D1": AspectNotes("0～3 mm"),
        "D2": AspectNotes("扣完为止", (DeductionKey("咬边每5 mm", 2000), DeductionKey("背面凹坑每处", 3000))),
    },
    voids={"D": VOIDS},
)


def scheme() -> Scheme:
    made, problems = read_scheme(SCHEME_TEXT)
    assert made is not None, problems
    return made


SCHEME = scheme()
ALL = frozenset(aspect.code for aspect in SCHEME.aspects())
D = frozenset({"D1", "D2", "D3", "D4"})


def stored(aspect: str, value: str, detail: str = "", revision: int = 1) -> Revision:
    return Revision(aspect, revision, value, detail, f"client-{aspect}-{revision}")


def sheet_with(*revisions: Revision, aspects: frozenset[str] = D) -> Sheet:
    return make_sheet(SCHEME, NOTES, aspects, {each.aspect: each for each in revisions})


def typed(fields: Mapping[str, str], **more: str) -> Form:
    """A form as a browser sends it."""
    return Form.filled({"nonce": NONCE, "version": "1", **fields, **more})
