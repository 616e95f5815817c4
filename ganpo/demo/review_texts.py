# ruff: noqa: E501 - texts stand whole, a line each
"""What is reviewed in the made-up province beside the innovations there are, and what reviewers wrote. Data only."""

from innovations.rules.innovation_form import Author, Body, Draft
from innovations.rules.innovation_kinds import QUESTIONS

YINGCHUAN, TENGLI, QINGXIU = "映川电子科技有限公司", "滕里城市公交有限公司", "青岫航空部件制造有限公司"


def _draft(title: str, field: str, sections: dict[str, str], *authors: Author) -> Draft:
    return Draft(title, "small_renovation", field, 2026, Body(sections, (), tuple(QUESTIONS)), authors)


NANCHANG = (
    (
        YINGCHUAN,
        _draft(
            "连接器端子在线目检翻转托盘", "C",
            {
                "wrong": "映川电子插件线端子两面都要目检，工人逐只翻面，每班翻 2,600 次，手腕劳损，漏检率 0.4%。",
                "done": "托盘两面开窗，四十只一组夹住，翻一次托盘看另一面；胡映荷做样件，万听雨定卡距。",
                "points": "双面开窗定位\n弹片自锁，翻转不掉件",
                "use": "2026年3月起用于三条插件线，共24副。",
                "social": "每班翻面由2,600次减到65次。",
            },
            Author("胡映荷", 60, part="设计和试制"), Author("万听雨", 40, part="定卡距、验证"),
        ),
    ),
    (
        TENGLI,
        _draft(
            "纯电公交充电枪防坠落挂架", "G",
            {
                "wrong": "滕里公交场站夜间集中充电，枪头落地磕坏，每年换枪线11套，雨天还有触电之忧。",
                "done": "在充电桩侧立柱加弹簧平衡挂架，枪线收放有配重，松手即回位；龚守正、涂长风利用报废座椅滑轨做成。",
                "points": "报废滑轨改作升降导轨\n松手自动回位",
                "use": "2026年1月起用于两处场站，共36个桩位。",
                "social": "半年没有枪头落地。",
            },
            Author("龚守正", 70, part="构思和制作"), Author("涂长风", 30, part="安装"),
        ),
    ),
)  # fmt: skip
"""By unit; the third of the city's review is an innovation that stands there already."""

FIXTURE = "大型薄壁蒙皮铆接防变形柔性夹具"

WORDS = (
    "做法清楚，数据前后对比完整；建议补充一年后的使用情况。",
    "解决了现场长期的老问题，同行容易仿制；建议写明适用范围。",
    "思路新，成本低；效益核算依据可以再具体一些。",
    "一线特点鲜明，图示清楚；建议与设备厂家沟通，形成标准件。",
)
PRIVATE = "与往年一项成果思路相近，评议时请留意。"
REASONS = "效益经财务核定，创新点突出，已在多处推广。"
