"""The forty matters of 示范村: of a whole year, in every state there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from village_app.db.records.issues import Issue
from village_app.demo.sample_scene import HANDLERS, Scene
from village_app.domain.calendar import CHINA

MATTERS = 40
_DAYS_OF_A_YEAR = 350


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody said, and how far it got."""

    heading: str
    category: str
    child: str
    source: str
    result: str


# What was said over the year and is settled, from the oldest to the newest.
SETTLED: tuple[Matter, ...] = (
    Matter("祠堂边路灯不亮", "市政设施", "路灯", "电话", "当天换好灯头两个，晚上试过亮了"),
    Matter(
        "旧市场后巷垃圾没有收", "环境卫生", "垃圾", "网格巡查", "催保洁公司清走，改为一天收两次"
    ),
    Matter(
        "牌坊路面坑洼积水", "市政设施", "道路破损", "群众来访", "用沥青补好六处，雨后看过不积水"
    ),
    Matter("隔壁半夜放音响", "邻里纠纷", "噪音", "电话", "上门劝过，约定晚上九点半关音响"),
    Matter("咨询城乡居民医保缴费", "社保医保", "医保", "群众来访", "当面说明缴费时间和办法"),
    Matter("学校门口井盖松动", "市政设施", "井盖", "代表、党员提交", "换了井盖一个，垫了胶圈"),
    Matter("水沟堵了有臭味", "环境卫生", "污水", "电话", "清沟三十米，捞出淤泥两车"),
    Matter("出租屋门口堆放杂物", "租赁、出租屋", "出租屋", "网格巡查", "房东当天清走"),
    Matter("楼上漏水到厨房", "邻里纠纷", "漏水", "群众来访", "两家谈妥，由楼上重做防水"),
    Matter("塘边蚊子多", "环境卫生", "四害", "微信群", "请爱卫队喷药两次，清掉积水"),
    Matter(
        "申请看鱼塘租金收支", "村务财务疑问", "收支", "代表、党员提交", "会计当面逐笔说明，抄件给了"
    ),
    Matter("孩子入学要开居住证明", "教育入学", "入学", "群众来访", "当场开好证明"),
    Matter("市场口货车占道", "交通停车", "停车", "电话", "划了卸货时段，立牌两块"),
    Matter("二组水管爆裂停水", "市政设施", "供水供电", "电话", "两小时抢修好，恢复供水"),
    Matter("厂里拖欠两个月工资", "劳资", "欠薪", "接访日", "请镇人社分局到场，工资已发"),
    Matter("邻居的鹅进了菜地", "邻里纠纷", "宠物", "电话", "鹅主修好围栏，赔青菜一百元"),
    Matter("低保户问冬衣发放", "低保救助", "低保", "入户走访", "补发冬衣三件"),
    Matter("荔枝园路灯线被挖断", "市政设施", "路灯", "网格巡查", "施工队当天接好，写了检讨"),
    Matter("骗子冒充村委收款", "治安", "诈骗", "微信群", "报了派出所，在群里提醒两次"),
    Matter("晒谷场被摩托车占用", "交通停车", "停车", "代表、党员提交", "划出停车位十二个"),
    Matter("老人要办优待证", "老年人、残疾人、儿童关爱", "", "入户走访", "上门拍照代办，已送到手"),
    Matter("夜里工地声音大", "邻里纠纷", "噪音", "12345工单", "约定晚十点停工，回复工单"),
)
_SECOND_STREET = "后巷垃圾又没收走"


def make(scene: Scene) -> list[Issue]:
    """Log them all, and take each as far as it is."""
    logged: list[Issue] = []
    with scene.village.change("示范村的诉求", kind="bulk", undoable=False):
        for number, matter in enumerate(SETTLED):
            ago = _DAYS_OF_A_YEAR - number * (_DAYS_OF_A_YEAR - 30) // len(SETTLED)
            logged.append(_settled(scene, matter, scene.work_day_back(ago), archived=number < 6))
        logged.extend(make_one(scene) for make_one in _ON_THE_WAY)
        _notebook(scene)
    return logged


def _log(
    scene: Scene, heading: str, category: str, child: str, source: str, day: date, hour: int = 9
) -> Issue:
    """Let somebody of the village say it on a day."""
    scene.clock.turn_to(day, hour, scene.chance.randrange(5, 50))
    person = scene.chance.choice(scene.grown_ups())
    groups = {one.id: one.name for one in scene.village.places.groups()}
    return scene.village.issues.log(
        {
            "heading": heading,
            "category": category,
            "subcategory": child or None,
            "source": source,
            "reporter_id": person.id,
            "place": groups.get(person.group_id, ""),
        }
    )


def _working(scene: Scene, issue: Issue, handler: str = "") -> Issue:
    work = scene.village.issue_work
    work.accept(issue)
    return work.assign(issue, handler or scene.chance.choice(HANDLERS))


def _settled(scene: Scene, matter: Matter, day: date, *, archived: bool = False) -> Issue:
    """Take a matter to its end within its limit."""
    work = scene.village.issue_work
    issue = _log(scene, matter.heading, matter.category, matter.child, matter.source, day)
    _working(scene, issue)
    scene.clock.turn_to(day, 15)
    work.finish(issue, matter.result)
    work.answer(issue, "电话")
    scene.clock.turn_to(day + timedelta(days=2), 10)
    glad = scene.chance.choice(("非常满意", "满意", "满意", "基本满意"))
    work.visit(issue, {"satisfaction": glad, "way": "电话"})
    work.close(issue)
    return work.archive(issue) if archived else issue


def _start_for(scene: Scene, tier: str, due: date) -> date:
    """Find the work day on which a matter must come to be due on a day."""
    day = due
    while True:
        scene.clock.turn_to(day)
        found, _, _ = scene.village.issues.due_of(scene.clock.moment, tier)
        if found.moment.astimezone(CHINA).date() <= due and scene.calendar.is_work_day(day):
            return day
        day -= timedelta(days=1)


def _late_lamps(scene: Scene) -> Issue:
    day = _start_for(scene, "d3", scene.back(4))
    issue = _log(scene, "村前塘边三盏路灯不亮", "市政设施", "路灯", "电话", day)
    scene.clock.turn_to(day, 11)
    _working(scene, issue, "叶志坚")
    scene.clock.turn_to(day + timedelta(days=1), 16)
    scene.village.issue_work.add_step(issue, "到场看过，电缆老化，等材料")
    return issue


def _late_water(scene: Scene) -> Issue:
    day = _start_for(scene, "d3", scene.back(1))
    issue = _log(scene, "旧市场后巷污水外溢", "环境卫生", "污水", "网格巡查", day)
    return _working(scene, issue, "黄伟雄")


def _due(heading: str, category: str, child: str, source: str, tier: str, days: int) -> _Maker:
    """Describe a matter in work that is due in so many days."""

    def make_one(scene: Scene) -> Issue:
        day = _start_for(scene, tier, scene.back(-days))
        return _working(scene, _log(scene, heading, category, child, source, day))

    return make_one


def _registered(scene: Scene) -> Issue:
    return _log(scene, "建议塘边加两张长凳", "表扬建议", "", "意见箱", scene.work_day_back(1))


def _registered_today(scene: Scene) -> Issue:
    return _log(scene, "荔枝园路有人倒建筑垃圾", "环境卫生", "垃圾", "微信群", scene.today, 8)


def _accepted(scene: Scene) -> Issue:
    issue = _log(scene, "四组公厕灯坏", "市政设施", "路灯", "电话", scene.work_day_back(1), 14)
    return scene.village.issue_work.accept(issue)


def _held(scene: Scene) -> Issue:
    day = scene.work_day_back(24)
    heading, category = "与邻村交界处道路归属", "土地征收补偿"
    issue = _working(scene, _log(scene, heading, category, "", "代表、党员提交", day))
    until = scene.today + timedelta(days=11)
    return scene.village.issue_work.hold(issue, "等镇街答复界线图", until)


def _reported(scene: Scene) -> Issue:
    day = scene.work_day_back(16)
    issue = _log(scene, "变压器容量不够夏天跳闸", "市政设施", "供水供电", "电话", day)
    _working(scene, issue)
    return scene.village.issue_work.report(issue, "横供电函12号", day + timedelta(days=1))


def _answering(scene: Scene) -> Issue:
    day = scene.work_day_back(2)
    issue = _log(scene, "三组水沟石板断裂", "市政设施", "排水", "网格巡查", day)
    _working(scene, issue)
    return scene.village.issue_work.finish(issue, "换石板两块")


def _visiting(heading: str, child: str, days: int) -> _Maker:
    """Describe a matter that was answered and waits for its visit."""

    def make_one(scene: Scene) -> Issue:
        day = scene.work_day_back(days)
        issue = _log(scene, heading, "环境卫生", child, "电话", day)
        _working(scene, issue, "陈丽珍")
        scene.clock.turn_to(day, 16)
        scene.village.issue_work.finish(issue, "当天请人清好")
        return scene.village.issue_work.answer(issue, "电话")

    return make_one


def _refused(scene: Scene) -> Issue:
    day = scene.work_day_back(40)
    issue = _log(scene, "要求村里代还私人借款", "其他", "", "群众来访", day)
    reason = "属私人借贷，已说明可以找司法所或者法院"
    return scene.village.issue_work.refuse(issue, reason)


def _void(scene: Scene) -> Issue:
    issue = _log(scene, "路灯不亮（记重了）", "市政设施", "路灯", "电话", scene.work_day_back(50))
    return scene.village.issue_work.void(issue, "同一件记了两次")


def _merged(scene: Scene) -> Issue:
    day = scene.work_day_back(3)
    main = _working(scene, _log(scene, "后巷垃圾堆成山", "环境卫生", "垃圾", "电话", day, 8))
    double = _log(scene, _SECOND_STREET, "环境卫生", "垃圾", "微信群", day, 10)
    return scene.village.issue_work.merge(double, main)


def _passed_on(scene: Scene) -> Issue:
    day = scene.work_day_back(60)
    issue = _log(scene, "合伙做生意分账不清", "其他", "", "群众来访", day)
    return scene.village.issue_work.pass_on(issue, "转镇司法所调解")


_Maker = Callable[[Scene], Issue]
_ON_THE_WAY: tuple[_Maker, ...] = (
    _refused,
    _passed_on,
    _void,
    _held,
    _reported,
    _visiting("排水沟已清，等回访", "污水", 4),
    _visiting("巷口垃圾桶已换，等回访", "垃圾", 3),
    _answering,
    _merged,
    _late_lamps,
    _late_water,
    _due("出租屋电动车飞线充电", "消防隐患", "电动车飞线", "网格巡查", "yellow", 0),
    _due("路口凸面镜被撞歪", "市政设施", "道路破损", "电话", "d3", 0),
    _due("村口小广场夜间音响过大", "邻里纠纷", "噪音", "电话", "d5", 1),
    _registered,
    _registered_today,
    _accepted,
)
_LINES: tuple[Mapping[str, str], ...] = (
    {"text": "五组李婶问下月体检几号"},
    {"text": "二组反映巷口灯一闪一闪，晚上去看看"},
    {"text": "学校来电：下周二借议事厅开家长会"},
)


def _notebook(scene: Scene) -> None:
    """Leave a few lines of this morning in the notebook."""
    for number, line in enumerate(_LINES):
        scene.clock.turn_to(scene.today, 8, 10 + 15 * number)
        scene.village.notebook.write(line["text"])
