"""The paper's own styles in the document, with faces named as offices name them.

A machine without a face finds another one by the alternative name in the font table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from village_app.papers.blocks import Face
from village_app.papers.document.markup import NAMESPACES, RunLook, twips
from village_app.papers.typeset.layouts import PageLayout, TextStyle

# The faces of official papers and what stands in for them.
FACES: dict[Face, tuple[str, str]] = {
    "title": ("方正小标宋简体", "华文中宋"),
    "fangsong": ("仿宋_GB2312", "仿宋"),
    "kai": ("楷体_GB2312", "楷体"),
    "hei": ("黑体", "微软雅黑"),
    "song": ("宋体", "新宋体"),
}
LATIN = "Times New Roman"

LETTERHEAD = "GZLetterhead"
NUMBER = "GZNumber"
TITLE = "GZTitle"
BODY = "GZBody"
CELL = "GZCell"
HEAD_CELL = "GZHeadCell"
CAPTION = "GZCaption"
SIGNATURE = "GZSignature"
FOOTER = "GZFooter"
HEADINGS = ("GZTitle", "GZHeading1", "GZHeading2", "GZHeading3", "GZHeading4")

_NAMES = {
    LETTERHEAD: "公文 发文机关标志",
    NUMBER: "公文 编号",
    TITLE: "公文 标题",
    BODY: "公文 正文",
    CELL: "公文 表内文字",
    HEAD_CELL: "公文 表头",
    CAPTION: "公文 表名",
    SIGNATURE: "公文 落款",
    FOOTER: "公文 页脚",
    "GZHeading1": "公文 一级标题",
    "GZHeading2": "公文 二级标题",
    "GZHeading3": "公文 三级标题",
    "GZHeading4": "公文 四级标题",
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """A paragraph style: its text style, alignment, first-line indent in characters, outline."""

    text: TextStyle
    alignment: str
    indent: float = 0
    color: str = ""
    exact: bool = True
    keeps_next: bool = False
    outline: int | None = None
    after: float = 0


def face_name(face: Face) -> str:
    """Give the name by which offices know a face."""
    return FACES[face][0]


def look_of(style: TextStyle) -> RunLook:
    """Give the run look of a text style."""
    return RunLook(face_name(style.role), style.size)


def add_styles(document: Document, layout: PageLayout) -> None:
    """Add the styles of a layout, or set them anew in a letterhead that already has them."""
    _speak_chinese(document)
    for style_id, shape in _shapes(layout).items():
        style = _style(document, style_id)
        element = style.element
        for tag in ("w:pPr", "w:rPr"):
            for old in element.findall(qn(tag)):
                element.remove(old)
        element.append(parse_xml(_paragraph_properties(shape)))
        element.append(parse_xml(_run_properties(shape)))


def _shapes(layout: PageLayout) -> dict[str, _Shape]:
    body, title, cell = layout.body, layout.title, layout.table.cell
    headings = {
        f"GZHeading{level}": _Shape(
            TextStyle(face, body.size, body.pitch, body.char_space),
            "both",
            2,
            keeps_next=True,
            outline=level,
        )
        for level, face in enumerate(layout.levels, start=1)
    }
    number = layout.number
    return headings | {
        LETTERHEAD: _Shape(
            TextStyle("title", 36, 54), "center", color="E60012", exact=False, keeps_next=True
        ),
        NUMBER: _Shape(number, "center", keeps_next=True),
        TITLE: _Shape(title, "center", exact=False, keeps_next=True, outline=0, after=12),
        BODY: _Shape(body, "both", 2),
        CELL: _Shape(cell, "left", exact=False),
        HEAD_CELL: _Shape(layout.table.head, "center", exact=False),
        CAPTION: _Shape(
            TextStyle("hei", cell.size, cell.pitch), "center", exact=False, keeps_next=True
        ),
        SIGNATURE: _Shape(body, "right", keeps_next=True),
        FOOTER: _Shape(layout.small, "left", exact=False),
    }


def _style(document: Document, style_id: str) -> Any:
    styles = document.styles
    name = _NAMES[style_id]
    if name in styles:
        return styles[name]
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), style_id)
    style.quick_style = True
    return style


def _paragraph_properties(shape: _Shape) -> str:
    rule = "exact" if shape.exact else "atLeast"
    indent = f'<w:ind w:firstLineChars="{round(shape.indent * 100)}"/>' if shape.indent else ""
    line = f'w:line="{twips(shape.text.pitch)}" w:lineRule="{rule}"'
    parts = (
        "<w:keepNext/>" if shape.keeps_next else "",
        f'<w:spacing w:before="0" w:after="{twips(shape.after)}" {line}/>',
        indent,
        f'<w:jc w:val="{shape.alignment}"/>',
        f'<w:outlineLvl w:val="{shape.outline}"/>' if shape.outline is not None else "",
    )
    return f"<w:pPr {NAMESPACES}>{''.join(parts)}</w:pPr>"


def _run_properties(shape: _Shape) -> str:
    face = face_name(shape.text.role)
    parts = (
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{face}"/>',
        f'<w:color w:val="{shape.color}"/>' if shape.color else "",
        f'<w:spacing w:val="{twips(shape.text.char_space)}"/>' if shape.text.char_space else "",
        f'<w:sz w:val="{round(shape.text.size * 2)}"/>',
        f'<w:szCs w:val="{round(shape.text.size * 2)}"/>',
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>',
    )
    return f"<w:rPr {NAMESPACES}>{''.join(parts)}</w:rPr>"


def _speak_chinese(document: Document) -> None:
    """Set the language of east-asian text, so that lines break by Chinese rules."""
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:eastAsia"), "zh-CN")
    for element in document.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:eastAsia"), "zh-CN")
