# ruff: noqa: E501 - texts stand whole, a line each
"""The made-up province's technical innovations: what units wrote, who made them, where they stand. Data only.

Nobody here exists, and no unit. Days are how long ago a unit began to write; `end` is how far it came.
"""

from dataclasses import dataclass

from ganpo.demo.proposal_texts import YUNYAO


@dataclass(frozen=True, slots=True)
class Maker:
    """Somebody who made it: name, percent, part; linked where the unit's workers have somebody of that name."""

    name: str
    share: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One innovation. `sections` by the codes of its kind; `pictures` are (drawing, what it shows)."""

    title: str
    unit: str
    kind: str
    field: str
    year: int
    days: int
    end: str  # draft, handed_in, returned, in_review, awarded, not_awarded, withdrawn
    sections: dict[str, str]
    makers: tuple[Maker, ...]
    public: bool = False
    benefit: str = "hidden"
    pictures: tuple[tuple[str, str], ...] = ()
    patents: tuple[tuple[str, str], ...] = ()
    proposal: str = ""  # the title of the proposal it grew out of
    again: str = ""  # what was added when it was handed in a second time, below what was done
    said: str = ""  # what the step that ended it says


COPPER = "铜禾铜箔有限公司"
FOIL = "极薄铜箔收卷张力自适应控制"

MADE: tuple[Made, ...] = (
    Made(
        "大型薄壁蒙皮铆接防变形柔性夹具", "青岫航空部件制造有限公司", "small_invention", "C", 2026, 70, "handed_in",
        {"wrong": "两米以上的薄壁蒙皮，铆到第三排就起波纹，靠人手扶，一块板返工两三次。",
         "done": "夹具改成四十八个独立气囊，分区给压，铆到哪里哪里先抱紧；气囊面贴硅胶，不留印。",
         "points": "分区给压，随铆枪走位\n压力按板厚查表，不凭手感\n换型号只换边框，十分钟",
         "use": "部装车间两条线，2025年11月起。", "social": "两人扶板改为一人操作，铆枪反震小。"},
        (Maker("熊望川", 50, "夹具方案与试制"), Maker("胡茂林", 30, "气路与压力表"), Maker("万映荷", 20, "试铆与测量")),
    ),
    Made(
        "青花分水料水浓度比对色卡与恒温料槽", YUNYAO, "small_creation", "C", 2025, 420, "awarded",
        {"wrong": "分水的浓淡全凭师傅一双手，同一罐料早晚不一样，徒弟三年才敢上手，一窑深浅不齐的返工近一成。",
         "done": "料和水按三十六种比例兑好，画在试片上烧成色卡；料槽夹层走温水，料温常年二十二度。调料时蘸一笔，与色卡同光比对。",
         "points": "一千四百片试片选出三十六格\n色卡与坯同窑烧成，不隔窑比色\n料槽恒温，浓度不随天气走",
         "use": "彩绘车间四个组，2024年10月起，共十一套。", "social": "新人第二个星期就能上手，老师傅的手艺有了可以照着学的样子。"},
        (Maker("冯砚秋", 60, "试片、色卡"), Maker("占素心", 25, "料槽与记录"), Maker("汪小满", 15, "试用与比对")),
        public=True, benefit="band",
        pictures=(("water1", "四杯料，水依次加倍：色卡每一格都从这样的料里来"), ("water2", "半干时在色卡旁比对一笔")),
        again="料槽加装限位浮子，料面低于三分之一自动停搅，避免打出气泡。",
    ),
    Made(
        "硬质合金刀片磨削砂轮在线修整装置", "钨岚硬质合金有限公司", "renovation", "C", 2026, 64, "in_review",
        {"wrong": "砂轮磨钝要停机卸下修整，一次四十分钟，一个班两次；修得不匀，刀片刃口崩边。",
         "done": "磨头侧面装一支金刚石滚轮，每磨六十片自动退刀修两秒，修去多少由功率曲线定。",
         "points": "不停机修整\n按主轴功率判断钝化，不按时间\n修整量闭环补偿到进给",
         "use": "精磨工段六台周边磨，2025年12月起。"},
        (Maker("赖立夏", 55, "修整方案"), Maker("曾雨薇", 45, "功率曲线与程序")), public=True, benefit="figure",
    ),
    Made(
        FOIL, COPPER, "renovation", "C", 2026, 210, "awarded",
        {"wrong": "六微米以下的铜箔收卷，卷径一大就打皱、断带。张力靠人看着调，一个夜班断带三四次，断一次废掉百来米。",
         "done": "收卷轴前加一根摆辊，摆角就是张力；控制器随卷径、车速和箔厚自己改给定值，起停时先松后紧。断带前摆角会抖，抖到阈值先降速报警。",
         "points": "由卷径推算惯量，张力给定随时自校\n摆辊抖动预警，断带前先降速\n四种箔厚的曲线存成配方，换规格不重调",
         "use": "分切车间八台收卷机，2025年9月起全部改完。", "social": "夜班不用一直站在机旁盯，穿箔次数少，手指夹伤的险情没有了。"},
        (Maker("徐望川", 40, "控制方案与配方"), Maker("祝匠心", 20, "摆辊机构"), Maker("邹石磊", 15, "现场试验"),
         Maker("祝路平", 15, "数据采集与预警阈值"), Maker("徐小满", 10, "操作规程与培训")),
        public=True, benefit="figure",
        pictures=(("foil1", "摆辊装在收卷轴前，摆角就是张力"), ("foil2", "断带前摆角先抖：一次预警的记录")),
        patents=(("ZL2025 2 0000000.0", "utility"),),
    ),
    Made(
        "锂云母焙烧窑结圈在线清理装置", "锂岳新能源材料有限公司", "small_renovation", "C", 2026, 66, "in_review",
        {"wrong": "回转窑焙烧带结圈，每月停窑人工打圈两次，一次十八小时，人要进热窑。",
         "done": "窑尾伸入水冷刮杆，圈厚到八厘米时慢转刮除，筒体温度曲线判断圈在哪里。",
         "points": "不停窑清圈\n由筒体扫描温差定位", "use": "一号窑，2025年10月起。", "social": "人不再进热窑。"},
        (Maker("黄茂林", 60, "刮杆与水冷"), Maker("廖榕生", 40, "温度定位")),
    ),
    Made(
        "榫卯构件五轴加工定位治具", "榫语家具有限公司", "small_design", "C", 2025, 400, "awarded",
        {"wrong": "五轴机床照图加工榫卯，冬天松、夏天紧，一把椅子要人拿锉刀修四十分钟。",
         "done": "治具按木纹方向夹持，榫眼和榫头用同一基准；按木种和含水率查补偿表，改刀补不改图。",
         "points": "一次装夹做完榫与卯\n九种木料、三档含水率的补偿表\n竹片榫规随批比对",
         "use": "圈椅、条案两条线，2024年6月起。", "social": "老木匠量了两年的数，年轻人当天就能用。"},
        (Maker("曾榕生", 50, "补偿表与治具"), Maker("钟木生", 25, "治具制作"), Maker("谢杏花", 25, "测量与记录")),
        public=True, benefit="band", pictures=(("joint1", "用榫规靠出两条边线"), ("joint3", "推到底，一声闷响，不用修")),
    ),
    Made(
        "高多层电路板背钻残桩快速检测治具", "芯禾电路有限公司", "small_invention", "C", 2025, 390, "awarded",
        {"wrong": "背钻残桩藏在孔里，只能切片看，切一块坏一块，等半天才知道这一批钻得对不对。",
         "done": "磨平的细针焊在百分表测头上，探到残桩表针一顿；底座靠板边定位，四孔一组读最大值。",
         "points": "不切片，四十秒一孔\n针尖直径随孔径换，五支一套\n读数扫码入库，超差当场锁批",
         "use": "钻孔、品检两个工序共十四套，2024年3月起。"},
        (Maker("肖亦禾", 60, "测头与底座"), Maker("周知夏", 20, "对比试验"), Maker("曾立夏", 20, "扫码入库")),
        public=True, benefit="figure", pictures=(("drill2", "沿孔壁慢慢下探，表针一顿就停"), ("drill3", "四个孔一组，记下最大的")),
        patents=(("ZL2024 2 0000001.2", "utility"), ("2024 1 0000002.7", "invention")),
    ),
    Made(
        "轧机导卫快速对中工装", "仰岭特钢有限公司", "small_renovation", "C", 2025, 380, "awarded",
        {"wrong": "换辊后导卫对中靠拉线目测，三个人四十分钟，偏一毫米就刮钢、堆钢。",
         "done": "按孔型做一套定位样棒，插进孔型，导卫靠上去就是中心；锁紧螺栓改偏心套，一把扳手微调。",
         "points": "样棒代替拉线\n偏心套微调，不用垫片", "use": "棒材线十二架轧机，2024年8月起。", "social": "人不用探身到辊缝里看线。"},
        (Maker("傅远山", 70, "样棒与偏心套"), Maker("黄铁成", 30, "加工与试用")),
        public=True, pictures=(("guide", "样棒插进孔型，导卫靠上去就是中心"),),
    ),
    Made(
        "光伏层压机胶板延寿工艺", "光屿光伏科技有限公司", "method", "C", 2026, 58, "withdrawn",
        {"wrong": "层压机胶板两千次就鼓包，换一张停机半天。",
         "steps": "上机前在六十度下静置两小时\n前五十次升温放慢一半\n每班末反抽真空三分钟，排出残气\n每五百次翻面",
         "use": "层压一线，试用中。"},
        (Maker("俞石磊", 60, "试验"), Maker("祝小满", 40, "记录")), public=True,
        said="胶板换了供应商，数据要重做一个季度再报。",
    ),
    Made(
        "跌落式熔断器带电更换绝缘操作杆", "赣岚输变电工程公司", "small_invention", "D", 2026, 52, "handed_in",
        {"wrong": "更换跌落式熔断器要停电或登杆，山区一次半天，一条支线两百户没电。",
         "done": "三节绝缘杆，头部一个夹具同时完成取下、卡住和挂上；夹口带棘轮，雨裙防潮。",
         "points": "地面作业，一杆三用\n棘轮夹口，脱不了手", "use": "运检三班、四班，2025年7月起。", "social": "不登杆、不停电。"},
        (Maker("程致远", 50, "夹具"), Maker("程巧云", 30, "绝缘试验"), Maker("傅晚晴", 20, "规程")), public=True, benefit="band",
    ),
    Made(
        "中药蒸制锅冷凝水回收利用", "樟树百帖中药饮片有限公司", "small_suggestion", "C", 2025, 370, "awarded",
        {"wrong": "六口蒸制锅的冷凝水直接排掉，水还有八十度；洗药另烧热水。",
         "done": "冷凝水经滤网进保温罐，上午洗药、晚上冲地；水质每周检一次，不合格走旁路排。",
         "use": "蒸制、洗药两个工段，2024年12月起。", "social": "车间地面不再一天到晚冒热气。"},
        (Maker("聂长根", 50, "想法与管路走向"), Maker("喻满仓", 30, "改管"), Maker("易桂枝", 20, "水质记录")),
        public=True, benefit="figure", pictures=(("pot", "冷凝水经滤网进保温罐，再去洗药"),),
    ),
    Made(
        "隧道窑冷却带余热烘坯改造", YUNYAO, "renovation", "C", 2026, 60, "returned",
        {"wrong": "冷却带的热风直接排上天，烘坯房另烧燃气；窑车码放不齐，冷却带风道常被挡住。",
         "done": "码放图上墙以后风道通了，从冷却带抽热风送烘坯房，坯房温度由风阀调。",
         "points": "用码放图保证风道\n热风不经过烟气，直接烘坯", "use": "一号隧道窑，2026年3月起。", "social": "烘坯房不再有明火。"},
        (Maker("占守拙", 55, "方案与试验"), Maker("方巧云", 25, "温度记录"), Maker("冯采薇", 20, "码放与装窑")),
        public=True, benefit="band", proposal="窑车码放图上墙减少倒窑",
        said="请补上改造前后各一个月的燃气表读数。",
    ),
    Made(
        "变压器线圈绕制张力记忆装置", "岫川变压器有限公司", "circle", "C", 2025, 300, "not_awarded",
        {"wrong": "换班绕线，张力全凭手感，线圈松紧不一，压装高度超差百分之六。",
         "causes": "测了四十只线圈：张力差占七成，导线批次占两成。",
         "measures": "张力轮加传感器和记忆表，每种线规存一条曲线；超差率由6.1%降到1.4%。",
         "keeping": "曲线写进工艺卡，每季度校一次传感器。"},
        (Maker("饶㛃", 50, "组长"), Maker("乐砚秋", 25, "测量"), Maker("危秀禾", 25, "压装验证")), public=True,
        said="请再积累一年数据，明年欢迎再报。",
    ),
    Made(
        "道岔缺口检测便携支架", "江右铁路工务段", "small_creation", "G", 2026, 46, "handed_in",
        {"wrong": "夜里天窗两小时，量一组道岔缺口要两个人，一个照灯一个看尺。",
         "done": "磁吸支架夹住塞尺和小灯，手机拍下读数，一个人量完一组。",
         "points": "磁吸定位，读数角度固定\n照片自动带岔号", "use": "三个工区，2025年11月起。"},
        (Maker("傅兰溪", 60, "支架"), Maker("周木生", 40, "试用")), public=True, benefit="hidden",
    ),
    Made(
        "服装裁片扫码防错上料架", "临梦服装有限公司", "small_creation", "C", 2026, 20, "draft",
        {"wrong": "裁片按扎堆放，夜班拿错色号，一错就是一床。",
         "done": "每扎裁片挂码，上料架格口带扫码灯，码对了灯才绿。"},
        (Maker("饶知夏", 50), Maker("饶书窈", 50)), public=True,
    ),
)  # fmt: skip
