"""The columns of a unit's table of proposals (汇总表), as offices call them. Knows no table of the database."""

from foundation.papers.sheet_columns import WAN, Choice, Column, Day, Money, Option, Text

KINDS = (
    Option("product", "产品、结构", ("产品", "结构")),
    Option("process", "工艺、试验、安全、医疗卫生、运输", ("工艺", "安全", "技术", "试验", "运输")),
    Option("tools", "工具、设备、仪器", ("设备", "工具", "工装")),
    Option("saving", "节约原材料、燃料、动力", ("节约", "节能", "降耗", "节能降耗")),
    Option("design", "设计、统计、计算", ("设计", "统计")),
    Option("management", "管理", ("经营管理", "现场管理", "其他")),
)
STATES = (
    Option("submitted", "已提交", ("待受理", "未处理")),
    Option("review", "评审中", ("已受理", "审核中")),
    Option("adopted", "采纳", ("已采纳", "实施中")),
    Option("partly", "部分采纳", ("部分已采纳",)),
    Option("done", "已实施", ("实施", "已完成", "完成")),
    Option("not_adopted", "暂未采纳", ("未采纳", "不采纳")),
)
UNCOUNTED = (
    Option("safety", "安全"), Option("quality", "质量"), Option("environment", "环保"),
    Option("health", "劳动条件", ("职业健康",)), Option("management", "管理", ("秩序和管理",)),
)  # fmt: skip
COLUMNS = (
    Column(
        "title", "建议题目", Text(60), required=True, example="窑车码放图上墙", width=30,
        also=("题目", "建议名称", "合理化建议题目", "合理化建议名称", "项目名称"),
    ),
    Column(
        "name", "提出人", Text(40), required=True, example="冯砚秋",
        also=("建议人", "姓名", "提出人姓名", "建议人姓名"),
    ),
    Column("others", "共同提出人", Text(100), also=("共同建议人", "参与人"), example="占云帆"),
    Column("place", "车间班组", Text(60), also=("部门", "车间", "班组", "所在部门", "所属部门"), example="烧成车间"),
    Column("kind", "类别", Choice(KINDS), also=("建议类别", "建议类型"), required=True, example="管理"),
    Column(
        "problem", "现状问题", Text(2000, lines=True), also=("现状", "存在问题", "存在的问题"), example="夜班码放不一",
        width=30,
    ),
    Column(
        "suggestion", "建议内容", Text(4000, lines=True), required=True, example="把码放图贴在窑口", width=40,
        also=("改进措施", "内容", "建议", "改进建议", "建议措施"),
    ),
    Column(
        "on", "提出日期", Day("day", "month", past=True), also=("提出时间", "日期", "建议日期"), required=True,
        example="2026-03-18",
    ),
    Column(
        "state", "处理结果", Choice(STATES), also=("状态", "采纳情况", "处理情况"), required=True, example="已实施"
    ),
    Column(
        "reason", "答复", Text(1000, lines=True), also=("理由", "未采纳理由"),
        help="暂未采纳、部分采纳的必须写明理由。",
    ),
    Column(
        "claimed", "申报效益", Money(WAN), also=("效益", "经济效益", "年效益"), example="3.5", help="仅已实施的填写。"
    ),
    Column("uncounted", "不计算效益的类别", Choice(UNCOUNTED), help="安全等不计算效益的选择，效益留空。"),
)  # fmt: skip
