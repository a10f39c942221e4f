"""One text, many voices: loudspeaker, WeChat, board, large print — with the figures locked.

All are made from the same lines (`sayings`), so that a figure cannot differ between them; what a
clerk edits afterwards is held against the paper by `altered_figures`. The paper that is given
must be the public one: names and numbers in it are already masked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from village_app.errors import Refused
from village_app.papers.blocks import Block, Paper, Paragraph, Signature
from village_app.papers.sayings import Saying, sayings_of
from village_app.papers.speech import short_sentences, speak

BOARD_LENGTH = 60
MOST_ROWS_READ_ALOUD = 30
LARGE_PRINT_SIZE = 24.0
LARGE_PRINT_HEADING = 28.0

_CALL = "各位村民，请注意收听。"
_FAREWELL = "播送完了，谢谢大家。"

_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_PERIOD = re.compile(r"公示期[：:]?(?:自|从)?([^。；（(]{4,40})")
_PHONE = re.compile(
    r"(?:监督|咨询|联系|举报|服务)(?:电话|热线)[：:]?\s*(0\d{2,3}-\d{7,8}|1\d{10}|\d{5,8})"
)
_FULL_DAY = re.compile(r"\d{4}年(\d{1,2}月\d{1,2}日)")
_TITLE_FRAME = re.compile(r"^关于|的(?:公示|公告|通知|通告|公开表)$")


@dataclass(frozen=True, slots=True)
class Voices:
    """All voices of one paper; `large_print` is a paper of its own to be printed."""

    broadcast: str
    wechat: str
    board: str
    large_print: Paper


def voices_of(paper: Paper) -> Voices:
    """Give a public paper in all its voices; an internal one is refused."""
    if not paper.public:
        raise Refused(
            "not_public",
            "这份是内部文件，里面有完整的个人信息，请先做成公开版，再生成广播稿和微信稿。",
        )
    return Voices(broadcast(paper), wechat(paper), board(paper), large_print(paper))


def broadcast(paper: Paper) -> str:
    """Write the 广播稿: short sentences, figures in words, the whole read twice.

    Of a list of more than 30 lines only the totals are read, and where the list hangs.
    """
    lines = [sentence for saying in _read_aloud(paper) for sentence in _sentences(saying)]
    issuer = _issuer(paper)
    opening = f"现在播送{issuer}的消息。" if issuer else "现在播送一则消息。"
    once = "\n".join(lines)
    return f"{_CALL}\n{opening}\n{once}\n下面再播送一遍。\n{once}\n{_FAREWELL}"


def _read_aloud(paper: Paper) -> list[Saying]:
    sayings = [saying for saying in sayings_of(paper) if saying.sort != "note"]
    rows = sum(saying.sort == "row" for saying in sayings)
    if rows <= MOST_ROWS_READ_ALOUD:
        return sayings
    told = [saying for saying in sayings if saying.sort != "row"]
    where = Saying("text", "明细较长，请到公示栏查看。")
    place = next((at for at, each in enumerate(told) if each.sort == "total"), len(told))
    return [*told[:place], where, *told[place:]]


def _sentences(saying: Saying) -> list[str]:
    text = saying.text
    if saying.sort == "row":
        text = re.sub(r"^(\d+)、", r"第\1项，", text)
    elif saying.sort == "heading":
        text = re.sub(r"^(\d+)[.．] ?", r"\1，", text)
    elif saying.sort == "number":
        text = f"文号，{text}"
    return list(short_sentences(speak(text.rstrip("：:"))))


def wechat(paper: Paper) -> str:
    """Write the 微信稿: plain lines without any markup, as they are pasted into a group."""
    parts: list[str] = []
    for saying in sayings_of(paper):
        match saying.sort:
            case "title":
                parts.append(f"【{saying.text}】")
            case "heading":
                parts += ["", saying.text]
            case "total":
                parts.append(f"★{saying.text}")
            case _:
                parts.append(saying.text)
    return "\n".join(parts)


def board(paper: Paper, longest: int = BOARD_LENGTH) -> str:
    """Write what fits on a board or an LED line: matter, total, period, telephone, issuer.

    At most `longest` characters; what does not fit is left out whole, never cut inside a figure.
    """
    sayings = list(sayings_of(paper))
    words = "\n".join(saying.text for saying in sayings if saying.sort == "text")
    parts = [_TITLE_FRAME.sub("", _TITLE_FRAME.sub("", paper.title.replace("\n", "")))]
    parts += [saying.text for saying in sayings if saying.sort == "total"][-1:]
    period = _PERIOD.search(words)
    if period:
        parts.append("公示期" + _FULL_DAY.sub(r"\1", period[1]))
    phone = _PHONE.search(words)
    if phone:
        parts.append(f"电话{phone[1]}")
    parts.append(_issuer(paper))
    return _fitted([part for part in parts if part], longest)


def _fitted(parts: list[str], longest: int) -> str:
    """Join parts while they fit; a matter too long for the whole line is cut before a figure."""
    line = parts[0]
    if len(line) > longest:
        cut = line[: longest - 1]
        return re.sub(r"[\d,.]+$", "", cut) + "…"
    for part in parts[1:]:
        if len(line) + 1 + len(part) <= longest:
            line = f"{line}；{part}"
    return line


def _issuer(paper: Paper) -> str:
    for block in paper.blocks:
        if isinstance(block, Signature) and block.issuers:
            return block.issuers[0]
    return ""


def large_print(paper: Paper) -> Paper:
    """Make the large-print edition for the elders' corner: 24 pt and more, one thing a line.

    Tables become lines, small print goes into the lines too; figures are those of the paper.
    """
    blocks: list[Block] = []
    for saying in sayings_of(paper):
        if saying.sort == "title":
            continue
        is_head = saying.sort in ("heading", "total")
        size = LARGE_PRINT_HEADING if saying.sort == "heading" else LARGE_PRINT_SIZE
        blocks.append(
            Paragraph(
                saying.text,
                indent=2 if saying.sort == "text" else 0,
                align="right" if saying.sort in ("signed", "number") else "left",
                face="hei" if is_head else None,
                size=size,
                keep_with_next=saying.sort == "heading",
            )
        )
    return replace(
        paper,
        layout="notice",
        title=f"{paper.title}（大字版）",
        blocks=tuple(blocks),
        number="",
        to="",
        letterhead="",
        landscape=False,
        paper_size="A4",
    )


def figures_in(text: str) -> Counter[str]:
    """Count the figures of a text, each without its thousands marks."""
    return Counter(found.replace(",", "") for found in _FIGURE.findall(text))


def altered_figures(paper: Paper, edited: str) -> tuple[str, ...]:
    """Name the figures that an edited text lacks or has too many of, as against the 微信稿."""
    wanted, written = figures_in(wechat(paper)), figures_in(edited)
    return tuple(sorted(((wanted - written) + (written - wanted)).keys()))
