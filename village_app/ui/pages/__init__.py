"""The pages of the window in the order of the navigation; a subject adds its line here."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from village_app.ui.page import Desk, Page, PageEntry


def _entry(
    key: str, title: str, short: str, icon: str, group: str, made_by: str, shortcut: str = ""
) -> PageEntry:
    """Describe a page; its module is loaded when it is opened for the first time."""
    module, name = made_by.rsplit(".", 1)

    def make(desk: Desk) -> Page:
        page: Page = getattr(import_module(f"village_app.ui.pages.{module}"), name)(desk)
        return page

    return PageEntry(key, title, short, icon, group, make, shortcut=shortcut)


def _import_entry(key: str, title: str, under: str, name: str) -> PageEntry:
    """Describe a subject's import, opened from the page it belongs to."""
    return replace(_entry(key, title, "导入", "in", "", f"imports.subjects.{name}"), under=under)


def entries() -> tuple[PageEntry, ...]:
    """Give all pages: key, title, two characters for the rail, icon, group, how it is made."""
    return (
        _entry("home", "首页", "首页", "home", "", "home.home.HomePage"),
        _entry("issues", "诉求台账", "诉求", "book", "民情", "issues.issues.IssuesPage", "Ctrl+J"),
        _entry(
            "receptions",
            "接访日",
            "接访",
            "calendar",
            "民情",
            "issues.receptions.ReceptionsPage",
            "F5",
        ),
        _entry("meetings", "议事厅会议", "会议", "hall", "议事", "meetings.meetings.MeetingsPage"),
        _entry(
            "resolutions",
            "决议台账",
            "决议",
            "ballot",
            "议事",
            "meetings.resolutions.ResolutionsPage",
        ),
        _entry(
            "procedures",
            "四议两公开",
            "四议",
            "hands",
            "议事",
            "meetings.procedures.ProceduresPage",
        ),
        _entry(
            "projects", "项目公开", "项目", "building", "晒账", "projects.projects.ProjectsPage"
        ),
        _entry("money", "财务收支", "财务", "coin", "晒账", "money.money.MoneyPage"),
        _entry(
            "collective", "三资台账", "三资", "house", "晒账", "money.collective.CollectivePage"
        ),
        _entry("aid", "补贴发放", "补贴", "people", "晒账", "aid.aid.AidPage"),
        _entry("notices", "公示公告", "公示", "board", "晒账", "notices.notices.NoticesPage", "F4"),
        _entry(
            "residents",
            "居民台账",
            "居民",
            "person",
            "人和地",
            "register.residents.ResidentsPage",
            "F3",
        ),
        _entry(
            "households", "户台账", "各户", "house", "人和地", "register.households.HouseholdsPage"
        ),
        _entry("import", "导入居民", "导入", "in", "人和地", "imports.subjects.ImportResidents"),
        replace(
            _entry(
                "own-fields", "自设项目", "自设", "sliders", "", "register.own_fields.OwnFieldsPage"
            ),
            under="residents",
        ),
        replace(
            _entry(
                "duplicates", "查重合并", "查重", "people", "", "register.duplicates.DuplicatesPage"
            ),
            under="residents",
        ),
        _entry("tasks", "任务和待办", "任务", "flag", "督办", "issues.tasks.TasksPage"),
        _entry("reports", "报表", "报表", "chart", "督办", "reports.reports.ReportsPage"),
        _import_entry("import-issues", "导入诉求", "issues", "ImportIssues"),
        _import_entry("import-ledger", "导入流水", "money", "ImportLedger"),
        _import_entry("import-agenda", "导入议题", "meetings", "ImportAgenda"),
        _import_entry("import-members", "导入成员", "meetings", "ImportMembers"),
        _import_entry("import-aid", "导入补贴名单", "aid", "ImportAid"),
        replace(
            _entry("safety", "备份与设置", "设置", "sliders", "", "safety.safety.SafetyPage"),
            place="foot",
        ),
    )
