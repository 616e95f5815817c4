"""Made-up proposals and innovations in any number, skewed as real ones are: for measuring searches and likeness.

Nothing here is about a real unit or person. A few words are in every second text and most are in hardly any: words of
the shop floor by Zipf's law, and a long tail of made-up names, parts and models. Some units send ten thousand texts a
year and most a handful; one text in thirty is sent again as it was, one in twelve with small changes. The same seed
makes the same texts.
"""

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from foundation.text.index import Document


def _words(*lines: str) -> list[str]:
    return [word for line in lines for word in line.split()]


THINGS = _words(
    "物料架 空压机 石膏模具 铜箔分切机 锂盐包装线 巡检路线 数控钻头 切制刀具 叉车通道 喷漆房 出铁沟",
    "报站器 检验记录 理条机 工具柜 食堂 断针 装药工房 窑车 操作要点卡 行车 皮带机 冷却水泵 配电柜",
    "变压器 除尘器 液压站 离心机 焊接平台 车床 铣床 磨床 冲床 注塑机 烘箱 隧道窑 球磨机 喷釉线 压滤机",
    "反应釜 干燥塔 锅炉 蒸汽管道 阀门 法兰 轴承 齿轮箱 电机 传送带 机械手 传感器 触摸屏 变频器 电缆沟",
    "接地线 吊具 钢丝绳 货架 周转箱 托盘 仓库 地磅 灭火器 应急灯 安全通道 警示牌 防护罩 更衣室 饮水机",
    "班车 宿舍 浴室 照明 空调 办公用纸 看板 台账 交接班本 样品柜 量具 夹具 治具 模具 刀具 砂轮 焊条",
    "胶板 铜管 硅片 线路板 裁片 缝纫机 熨台 茶青 饮片 酒糟 竹材 石料 沥青 道岔 绝缘杆 跌落开关",
    "电表箱",
)
PLACES = _words(
    "车间 班组 工位 产线 库房 厂区 机房 工段 料场 站房 化验室 工地 车站 变电站 生产现场 办公区",
    "装配区 原料区 成品区 夜班",
)
TROUBLES = _words(
    "容易撞到 翻找时间长 余热浪费 经常卡住 磨损不均 更换频繁 没有标识 照明不足 噪声偏大 粉尘外溢 漏油严重",
    "温度不稳 记录难查 存在死角 重复巡检 用电偏高 用水浪费 边料报废 尺寸超差 返工较多 等待时间长 交接不清",
    "操作不便 弯腰过多 视线受阻 排队拥挤 积水打滑 接头松动 误报频繁 堵料",
)
DOINGS = _words(
    "加装 改为 增设 统一 编号管理 分级使用 回收利用 变频控制 扫码登记 定置摆放 优化 调整 取消 合并",
    "缩短 延长 更换为 集中 错峰 提前 增加限位 安装反光镜 制作定位衬板 张贴要点卡 设置报警 引入余热",
    "改进结构 移到操作侧 改用 固定 喷涂标线 加高 降低 分段 定量更换 建立台账",
)
GAINS = _words(
    "提高效率 减少浪费 降低成本 消除隐患 节约用电 减轻劳动强度 方便查找 避免返工 延长寿命 保证质量",
    "缩短时间 减少等待 改善环境 节约用水 提升安全 减少故障 便于交接 节省人工 降低能耗 减少误操作",
)
JOINS = _words(
    "，建议 ，因此 ，可以 ，同时 ，并 。建议 ，从而 ，由班组 ，每月 ，每班",
)
TITLES = _words(
    "关于 建议 改进 优化 合理化建议 小改小革",
)
SURNAMES = "熊万涂胡龚钟赖曾廖谢饶揭危乐邹周肖聂喻易程俞徐祝柯余吴陶彭文甘冯占汪方傅黄"
GIVEN = "砚秋远山榕生亦禾长根明华建国秀英志强晓芳海燕文斌丽萍国庆小平春兰玉梅金生水根云飞佳宁思源子涵"
CHARACTERS = "".join(chr(code) for code in range(0x4E00, 0x9FA5) if chr(code).encode("gb2312", "ignore")[:1] < b"\xd8")
CHARACTERS = "".join(one for one in CHARACTERS if one.encode("gb2312", "ignore"))  # the 3,755 most used
TAIL = 60_000  # made-up names and parts
UNITS, COUNTIES, CITIES = 3_000, 110, 12
YEARS = (2021, 2022, 2023, 2024, 2025)
EDITS = {"light": 1, "medium": 4, "heavy": 11}


class Zipf:
    """Draws by Zipf's law: the second half as often as the first, and so on."""

    def __init__(self, things: Sequence[str], flatter: float = 0.0) -> None:
        self.things = things
        self.sums = list(accumulate(1 / (place + 1 + flatter) for place in range(len(things))))

    def draw(self, chance: random.Random) -> str:
        return self.things[bisect_left(self.sums, chance.random() * self.sums[-1])]


@dataclass(frozen=True, slots=True)
class Words:
    """The lists that texts are made of."""

    things: Zipf
    places: Zipf
    troubles: Zipf
    doings: Zipf
    gains: Zipf
    tail: Zipf


def words(seed: int = 7) -> Words:
    """The word lists, the long tail of made-up ones included."""
    chance = random.Random(seed)
    tail = [_made_up(chance, place) for place in range(TAIL)]
    lists = (THINGS, PLACES, TROUBLES, DOINGS, GAINS)
    return Words(*(Zipf(some, 3) for some in lists), tail=Zipf(tail, 200))


def _made_up(chance: random.Random, place: int) -> str:
    kind = place % 5
    if kind == 0:
        return f"{chance.choice('ABCDFGHJKLMQRSTXYZ')}{chance.choice('ABCHKLQT')}{chance.randrange(10, 9000)}"
    if kind == 1:
        return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2))))
    ending = chance.choice(("", "", "号机", "泵", "阀", "线", "工段", "轴", "仓"))
    return "".join(chance.choices(CHARACTERS, k=chance.choice((2, 2, 3)))) + ending


def parts(chance: random.Random, lists: Words, clauses: int) -> list[str]:
    """A text as words in order: a title, what is wrong, what should be done, what it brings."""
    thing = lists.things.draw(chance)
    found = [lists.places.draw(chance), thing, lists.doings.draw(chance), "。"]
    if chance.random() < 0.3:
        found.insert(0, chance.choice(TITLES))
    for _ in range(clauses):
        found += [lists.places.draw(chance), lists.tail.draw(chance), thing, lists.troubles.draw(chance)]
        found += [chance.choice(JOINS), lists.doings.draw(chance), lists.things.draw(chance), lists.tail.draw(chance)]
        if chance.random() < 0.35:
            found.append(f"{chance.choice((5, 10, 15, 20, 30, 50, chance.randrange(2, 900)))}")
            found.append(chance.choice(("毫米", "分钟", "次", "公斤", "度", "元", "台")))
        found += ["，", lists.gains.draw(chance)]
    return found


def edited(chance: random.Random, lists: Words, text: list[str], edits: int) -> list[str]:
    """The same text as somebody else would write it: words changed, left out, added, and the end put first."""
    found = list(text)
    for _ in range(edits):
        at = chance.randrange(len(found))
        how = chance.random()
        if how < 0.45:
            others = (lists.tail, lists.doings, lists.things, lists.troubles, lists.gains)
            found[at] = chance.choice(others).draw(chance)
        elif how < 0.65 and len(found) > 4:
            del found[at]
        elif how < 0.9:
            found.insert(at, chance.choice((lists.places, lists.gains, lists.tail)).draw(chance))
        else:
            found = found[at:] + found[:at]
    return found


@dataclass(frozen=True, slots=True)
class Made:
    """A document and the words that its text was made of."""

    document: Document
    parts: list[str]


def made(proposals: int, innovations: int, seed: int = 11) -> Iterator[Made]:
    """All of them, innovations strewn among the proposals, which come in the order of their years."""
    chance, lists = random.Random(seed), words()
    units = Zipf([str(1000 + one) for one in range(UNITS)], 8)
    categories = Zipf([f"c{one}" for one in range(1, 21)])
    total = proposals + innovations
    every = max(total // innovations, 2) if innovations else 0
    recent: list[list[str]] = []
    items = {"p": 0, "i": 0}
    for number in range(total):
        due = every and number % every == every - 1 and items["i"] < innovations
        kind = "i" if due else "p"
        items[kind] += 1
        text = _text(chance, lists, recent, 5 if kind == "i" else chance.choice((1, 1, 1, 2)))
        if chance.random() < 0.2:
            recent.append(text)
            del recent[:-500]
        unit = int(units.draw(chance))
        facets = (
            f"y{YEARS[number * len(YEARS) // total]}",
            categories.draw(chance),
            f"s{min(int(chance.expovariate(0.7)), 7)}",
            "u1", f"u{2 + unit % CITIES}", f"u{20 + unit % COUNTIES}", f"u{unit}",
            *(("public",) if chance.random() < 0.4 else ()),
        )  # fmt: skip
        value = int(chance.lognormvariate(14, 2)) if chance.random() < 0.3 else None
        yield Made(Document(kind, items[kind], "".join(text), facets, value), text)


def _text(chance: random.Random, lists: Words, recent: list[list[str]], clauses: int) -> list[str]:
    how = chance.random()
    if recent and how < 1 / 30:
        return chance.choice(recent)
    if recent and how < 1 / 30 + 1 / 12:
        return edited(chance, lists, chance.choice(recent), chance.choice((1, 2, 4)))
    return parts(chance, lists, clauses)
