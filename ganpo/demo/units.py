"""The made-up province's cities, units and schools. Data only: no unit here exists.

Surnames stand with their place, so that a list of names reads like a list from there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """Where somebody works or learns; `city` is also the delegation under which a contestant is listed."""

    name: str
    city: str
    industry: str


SURNAMES: dict[str, tuple[str, ...]] = {
    "南昌": ("熊", "万", "涂", "胡", "龚"),
    "九江": ("柯", "余", "吴", "陶"),
    "景德镇": ("冯", "占", "汪", "方"),
    "萍乡": ("彭", "文", "甘"),
    "新余": ("傅", "黄", "廖"),
    "鹰潭": ("徐", "祝", "邹"),  # has no names of its own in the material: its neighbours' are heard there
    "赣州": ("钟", "赖", "曾", "廖", "谢"),
    "宜春": ("聂", "喻", "易"),
    "上饶": ("程", "俞", "徐", "祝"),
    "吉安": ("欧阳", "曾", "周", "肖"),
    "抚州": ("饶", "揭", "危", "乐", "邹"),
    "赣江新区": ("熊", "余", "陶", "万"),
    "产业工会": ("胡", "周", "傅", "程", "谢"),
}
"""The order is the one in which documents list the cities; the last two are union units of their own."""

CITIES = tuple(SURNAMES)[:11]

_INDUSTRIES: dict[str, dict[str, str]] = {
    "南昌": {
        "青岫航空部件制造有限公司": "航空",
        "映川电子科技有限公司": "电子信息",
        "滕里城市公交有限公司": "交通",
    },
    "九江": {
        "浔禾石化装备有限公司": "石化",
        "柴桥纺织服装有限公司": "纺织",
        "湓岸船舶机械厂": "装备",
    },
    "景德镇": {
        "素坯里陶瓷有限公司": "陶瓷",
        "云窑艺术瓷厂": "陶瓷",
        "翎谷直升机部件有限公司": "航空",
    },
    "萍乡": {
        "安炉工业陶瓷有限公司": "建材",
        "赤岭铸造有限公司": "装备",
        "上禾花炮有限公司": "烟花",
    },
    "新余": {
        "仰岭特钢有限公司": "钢铁",
        "锂岳新能源材料有限公司": "新能源",
        "分岭夏布有限公司": "纺织",
    },
    "鹰潭": {
        "铜禾铜箔有限公司": "有色",
        "铜屿精密铜管有限公司": "有色",
        "雕溪木艺有限公司": "工艺品",
    },
    "赣州": {
        "钨岚硬质合金有限公司": "有色",
        "稀禾永磁材料有限公司": "有色",
        "榫语家具有限公司": "现代家具",
    },
    "宜春": {
        "锂舟电池材料有限公司": "新能源",
        "樟树百帖中药饮片有限公司": "医药",
        "袁溪食品有限公司": "食品",
    },
    "上饶": {
        "光屿光伏科技有限公司": "新能源",
        "婺源茶坞里茶业有限公司": "食品",
        "信岭汽车零部件有限公司": "装备",
    },
    "吉安": {
        "芯禾电路有限公司": "电子信息",
        "庐光照明有限公司": "电子信息",
        "井塘食品有限公司": "食品",
    },
    "抚州": {
        "岫川变压器有限公司": "装备",
        "临梦服装有限公司": "纺织",
        "盱岸生物制药有限公司": "医药",
    },
    "赣江新区": {
        "百草岭医药科技有限公司": "医药",
        "数屿云计算有限公司": "信息服务",
    },
    "产业工会": {
        "赣岚输变电工程公司": "电力",
        "江右铁路工务段": "铁路",
        "赣途高速公路养护公司": "交通",
    },
}

UNITS: tuple[Unit, ...] = tuple(
    Unit(name, city, industry) for city, units in _INDUSTRIES.items() for name, industry in units.items()
)

SCHOOLS: tuple[Unit, ...] = tuple(
    Unit(name, city, "职业教育")
    for city, name in (
        ("南昌", "青岫航空技工学校"),
        ("九江", "浔禾石化技工学校"),
        ("新余", "仰岭特钢技工学校"),
        ("赣州", "钨岚机电技工学校"),
        ("上饶", "光屿新能源技工学校"),
        ("抚州", "岫川机电技工学校"),
    )
)
"""The schools of some of the units, for groups of students."""


def unit(name: str) -> Unit:
    """The unit or school of that name; KeyError where there is none."""
    for known in UNITS + SCHOOLS:
        if known.name == name:
            return known
    raise KeyError(name)


def units_for(city: str, industries: tuple[str, ...]) -> tuple[Unit, ...]:
    """The city's units of these industries, or all of its units where it has none of them."""
    here = tuple(known for known in UNITS if known.city == city)
    return tuple(known for known in here if known.industry in industries) or here
