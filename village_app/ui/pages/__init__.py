"""The pages of the window in the order of the navigation; a subject adds its line here."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from village_app.ui.page import Desk, Page, PageEntry

# By group: key, title, two characters for the rail, icon, how it is made, key from anywhere.
_NAVIGATION = (
    ("", (("home", "首页", "首页", "home", "home.home.HomePage", ""),)),
    (
        "民情",
        (
            ("issues", "诉求台账", "诉求", "book", "issues.issues.IssuesPage", "Ctrl+J"),
            ("receptions", "接访日", "接访", "calendar", "issues.receptions.ReceptionsPage", "F5"),
        ),
    ),
    (
        "议事",
        (
            ("meetings", "议事厅会议", "会议", "hall", "meetings.meetings.MeetingsPage", ""),
            (
                "resolutions",
                "决议台账",
                "决议",
                "ballot",
                "meetings.resolutions.ResolutionsPage",
                "",
            ),
            ("procedures", "四议两公开", "四议", "hands", "meetings.procedures.ProceduresPage", ""),
        ),
    ),
    (
        "晒账",
        (
            ("projects", "项目公开", "项目", "building", "projects.projects.ProjectsPage", ""),
            ("money", "财务收支", "财务", "coin", "money.money.MoneyPage", ""),
            ("collective", "三资台账", "三资", "house", "money.collective.CollectivePage", ""),
            ("aid", "补贴发放", "补贴", "people", "aid.aid.AidPage", ""),
            ("notices", "公示公告", "公示", "board", "notices.notices.NoticesPage", "F4"),
        ),
    ),
    (
        "人和地",
        (
            ("residents", "居民台账", "居民", "person", "register.residents.ResidentsPage", "F3"),
            ("households", "户台账", "各户", "house", "register.households.HouseholdsPage", ""),
            ("import", "导入居民", "导入", "in", "imports.subjects.ImportResidents", ""),
        ),
    ),
    (
        "督办",
        (
            ("tasks", "任务和待办", "任务", "flag", "issues.tasks.TasksPage", ""),
            ("reports", "报表", "报表", "chart", "reports.reports.ReportsPage", ""),
        ),
    ),
)
# Opened from another page (the first word) and without an item of their own.
_UNDER = (
    ("residents", "own-fields", "自设项目", "自设", "sliders", "register.own_fields.OwnFieldsPage"),
    ("residents", "duplicates", "查重合并", "查重", "people", "register.duplicates.DuplicatesPage"),
    ("issues", "import-issues", "导入诉求", "导入", "in", "imports.subjects.ImportIssues"),
    ("money", "import-ledger", "导入流水", "导入", "in", "imports.subjects.ImportLedger"),
    ("meetings", "import-agenda", "导入议题", "导入", "in", "imports.subjects.ImportAgenda"),
    ("meetings", "import-members", "导入成员", "导入", "in", "imports.subjects.ImportMembers"),
    ("aid", "import-aid", "导入补贴名单", "导入", "in", "imports.subjects.ImportAid"),
)


def entries() -> tuple[PageEntry, ...]:
    """Give all pages: those of the navigation, those under them, and the one at the lower end."""
    shown = [
        _entry(key, title, short, icon, made_by, group, shortcut)
        for group, pages in _NAVIGATION
        for key, title, short, icon, made_by, shortcut in pages
    ]
    under = [
        replace(_entry(key, title, short, icon, made_by), under=above)
        for above, key, title, short, icon, made_by in _UNDER
    ]
    foot = _entry("safety", "备份与设置", "设置", "sliders", "safety.safety.SafetyPage")
    return (*shown, *under, replace(foot, place="foot"))


def _entry(
    key: str, title: str, short: str, icon: str, made_by: str, group: str = "", shortcut: str = ""
) -> PageEntry:
    """Describe a page; its module is loaded when it is opened for the first time."""
    module, name = made_by.rsplit(".", 1)

    def make(desk: Desk) -> Page:
        page: Page = getattr(import_module(f"village_app.ui.pages.{module}"), name)(desk)
        return page

    return PageEntry(key, title, short, icon, group, make, shortcut)
