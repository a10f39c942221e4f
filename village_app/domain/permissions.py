"""Who may do what: nine roles, and for every action the roles that may take it.

The table is data: one line an action, its Chinese label, its roles. Services name the action they
are (`residents.edit`); an action that is not in the table is a mistake of ours and raises.
Two rules shape it: the supervision committee sees all of money and decisions and changes none of
them (村务监督机构; it writes only its own opinions, objections and supervision entries), and a
reader sees masked data only.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Role = Literal[
    "admin",
    "secretary",
    "director",
    "accountant",
    "clerk",
    "supervisor",
    "grid",
    "mediator",
    "reader",
]

ROLE_LABELS: dict[Role, str] = {
    "admin": "管理员",
    "secretary": "书记",
    "director": "主任",
    "accountant": "会计",
    "clerk": "文书",
    "supervisor": "监委会",
    "grid": "网格员",
    "mediator": "调解员",
    "reader": "只读",
}

_ALL: frozenset[Role] = frozenset(ROLE_LABELS)
_HEADS: frozenset[Role] = frozenset({"secretary", "director"})
_OFFICE: frozenset[Role] = _HEADS | {"clerk"}
_MONEY: frozenset[Role] = _HEADS | {"accountant"}
_ADMIN: frozenset[Role] = frozenset({"admin"})
_CLERK: frozenset[Role] = frozenset({"clerk"})
_SUPERVISOR: frozenset[Role] = frozenset({"supervisor"})


class Action(NamedTuple):
    """One action: what it is called on screen and who may take it."""

    label: str
    roles: frozenset[Role]


ACTIONS: dict[str, Action] = {
    # 居民
    "residents.read": Action("查看居民（隐去号码中段）", _ALL),
    "residents.edit": Action("登记和修改居民", _OFFICE),
    "residents.delete": Action("把居民移入回收站", _OFFICE),
    "residents.merge": Action("合并重复的居民", _OFFICE),
    "residents.import": Action("导入居民名册", _OFFICE),
    "residents.reveal": Action("查看完整证件号和电话", _OFFICE | {"accountant"}),
    "residents.read_sensitive": Action("查看低保、残疾等敏感标签", _OFFICE | {"accountant"}),
    "residents.export": Action("导出居民（隐去号码中段）", _OFFICE | {"accountant", "supervisor"}),
    "residents.export_full": Action("导出完整证件号和电话", _HEADS),
    "residents.print": Action("打印居民名册", _OFFICE | {"accountant"}),
    # 诉求
    "issues.read": Action("查看诉求", _ALL),
    "issues.read_confidential": Action("查看保密的诉求", _HEADS),
    "issues.log": Action("登记诉求", _OFFICE | {"grid", "mediator"}),
    "issues.edit": Action("办理诉求", _OFFICE | {"grid"}),
    "issues.assign": Action("交办诉求", _OFFICE),
    "issues.extend": Action("批准延期", _HEADS),
    "issues.close": Action("办结诉求", _OFFICE),
    "issues.delete": Action("作废诉求编号", _OFFICE),
    "issues.import": Action("导入诉求", _OFFICE),
    "issues.export": Action("导出诉求", _OFFICE | {"supervisor"}),
    # 会议
    "meetings.read": Action("查看会议和决议", _ALL),
    "meetings.edit": Action("安排会议、写记录", _OFFICE),
    "meetings.vote": Action("登记签到和表决", _OFFICE),
    "meetings.finalise": Action("定稿会议记录", _HEADS),
    "meetings.reopen": Action("重开已定稿的记录", _HEADS),
    "meetings.delete": Action("删除会议草稿", _OFFICE),
    "meetings.export": Action("导出会议材料", _OFFICE | {"supervisor"}),
    # 项目
    "projects.read": Action("查看项目", _ALL),
    "projects.edit": Action("登记项目和进度", _OFFICE | {"accountant"}),
    "projects.approve": Action("批准立项、变更、结算", _HEADS),
    "projects.delete": Action("把项目移入回收站", _HEADS),
    "projects.export": Action("导出项目", _OFFICE | {"accountant", "supervisor"}),
    # 财务
    "money.read": Action("查看收支和台账", _MONEY | {"clerk", "supervisor"}),
    "money.edit": Action("登记收支", frozenset({"accountant"})),
    "money.import": Action("导入流水", frozenset({"accountant"})),
    "money.reverse": Action("冲正已登记的收支", frozenset({"accountant"})),
    "money.approve": Action("审批付款", _HEADS),
    "money.reveal": Action("查看完整银行账号", _MONEY | {"supervisor"}),
    "money.export": Action("导出收支", _MONEY | {"supervisor"}),
    # 补贴
    "aid.read": Action("查看补贴名单", _MONEY | {"clerk", "supervisor"}),
    "aid.edit": Action("登记和核对补贴名单", _OFFICE | {"accountant"}),
    # 公示
    "notices.read": Action("查看公示和公告", _ALL),
    "notices.edit": Action("起草公示", _OFFICE | {"accountant"}),
    "notices.check": Action("审核公示", _SUPERVISOR | _HEADS),
    "notices.approve": Action("签发公示", _HEADS),
    "notices.publish": Action("张贴和归档公示", _OFFICE),
    "notices.void": Action("作废公示编号", _HEADS),
    "notices.override_privacy": Action("放行脱敏检查", _HEADS),
    "notices.export": Action("导出公示", _OFFICE | {"accountant", "supervisor"}),
    "seals.edit": Action("登记用印", _OFFICE),
    # 监督
    "supervision.read": Action("查看监督记录", _HEADS | _SUPERVISOR | {"clerk"}),
    "supervision.opinion": Action("写审核和监督意见", _SUPERVISOR),
    "supervision.object": Action("登记和核查异议", _SUPERVISOR | _CLERK),
    "supervision.reply": Action("答复异议", _HEADS),
    # 调解
    "mediation.read": Action("查看调解案件", frozenset({"mediator"})),
    "mediation.edit": Action("办理调解案件", frozenset({"mediator"})),
    "mediation.counts": Action("查看调解统计数", _HEADS | {"clerk", "mediator", "supervisor"}),
    # 志愿、积分、网格、基金、活动、任务
    "volunteers.read": Action("查看志愿服务", _ALL),
    "volunteers.edit": Action("登记志愿服务", _OFFICE | {"grid"}),
    "points.read": Action("查看积分", _ALL),
    "points.edit": Action("登记积分", _OFFICE | {"grid"}),
    "points.approve": Action("核定积分和兑换", _HEADS),
    "grid.read": Action("查看网格和线索", _ALL),
    "grid.edit": Action("登记巡查和线索", _OFFICE | {"grid"}),
    "grid.reward": Action("批准线索奖励", _HEADS),
    "funds.read": Action("查看基金和捐赠", _MONEY | {"clerk", "supervisor"}),
    "funds.edit": Action("登记捐赠和支出", frozenset({"accountant"})),
    "funds.approve": Action("批准基金支出", _HEADS),
    "activities.read": Action("查看活动", _ALL),
    "activities.edit": Action("登记活动", _OFFICE | {"grid"}),
    "tasks.read": Action("查看任务", _ALL),
    "tasks.edit": Action("登记任务进度", _OFFICE | {"accountant", "grid"}),
    "tasks.assign": Action("分解和交办任务", _OFFICE),
    # 附件
    "attachments.read": Action("打开附件", _ALL),
    "attachments.edit": Action("附上和取下附件", _OFFICE | {"accountant", "grid", "mediator"}),
    # 程序
    "settings.read": Action("查看设置和规则", _ALL),
    "settings.edit": Action("修改设置和规则", _ADMIN | _HEADS),
    "users.read": Action("查看用户", _ADMIN | _HEADS),
    "users.edit": Action("增减用户、设置密码", _ADMIN),
    "backup.make": Action("备份", _ADMIN | _OFFICE | {"accountant"}),
    "backup.restore": Action("恢复备份", _ADMIN | _HEADS),
    "audit.read": Action("查看修改和查阅记录", _ADMIN | _HEADS | _SUPERVISOR),
    "audit.export": Action("导出修改和查阅记录", _ADMIN | _HEADS | _SUPERVISOR),
    "trash.empty": Action("清空回收站", _ADMIN | _HEADS),
    "trash.restore": Action("从回收站恢复", _ADMIN | _OFFICE),
    "changes.undo": Action("撤销自己的修改", _ALL - {"reader", "supervisor"}),
    "imports.use": Action("导入表格", _OFFICE | {"accountant"}),
    "imports.undo": Action("撤回整批导入", _OFFICE | {"accountant"}),
    "handover.edit": Action("办理换届交接", _ADMIN | _HEADS),
}


def may(roles: str, action: str) -> bool:
    """Tell whether somebody may take an action; an unknown action raises `KeyError`.

    `roles` is one role or several joined by "+": in a small village one person sits at several
    desks (clerk+accountant), and the two-person rule still looks at the person.
    """
    allowed = ACTIONS[action].roles
    return any(role in allowed for role in roles.split("+"))


def role_words(roles: str) -> str:
    """Name somebody's roles in Chinese, joined by 、."""
    return "、".join(label for role, label in ROLE_LABELS.items() if role in roles.split("+"))


def action_label(action: str) -> str:
    """Give an action's Chinese name, for the sentence that refuses it."""
    return ACTIONS[action].label


def roles_for(action: str) -> tuple[str, ...]:
    """Name in Chinese the roles that may take an action, in the order of the offices."""
    allowed = ACTIONS[action].roles
    return tuple(label for role, label in ROLE_LABELS.items() if role in allowed)


def actions_of(role: Role) -> tuple[str, ...]:
    """List the actions that a role may take, in the order of the table."""
    return tuple(name for name, action in ACTIONS.items() if role in action.roles)
