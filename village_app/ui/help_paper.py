"""Help on paper: the same words as on screen, set by Qt, to a printer or into a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QTextDocument
from PySide6.QtWidgets import QWidget

from village_app.ui.asking import Asking, FileKind
from village_app.ui.fonts import SANS
from village_app.ui.kit.keys import Key

PDF = FileKind("PDF 文件", ("pdf",))
_STYLE = (
    "h1 {font-size: 18pt} h2 {font-size: 13pt; margin-top: 10pt} p {margin: 4pt 0} "
    "td {padding: 2pt 14pt 2pt 0} td.key {white-space: nowrap}"
)
_MARGIN_MM = 20


def written(title: str, paragraphs: Iterable[tuple[str, str]], tables: Sequence[KeyTable]) -> str:
    """Write help as HTML: title, paragraphs of (role, text), tables of keys."""
    parts = [f"<h1>{escape(title)}</h1>"]
    for role, text in paragraphs:
        tag = "h2" if role == "h3" else "p"
        parts.append(f"<{tag}>{escape(text).replace(chr(10), '<br>')}</{tag}>")
    for heading, keys in tables:
        rows = "".join(
            f'<tr><td class="key"><b>{escape(key.keys)}</b></td><td>{escape(key.does)}</td></tr>'
            for key in keys
        )
        parts.append(f"<h2>{escape(heading)}</h2><table>{rows}</table>")
    return "".join(parts)


KeyTable = tuple[str, Sequence[Key]]


def put_on_paper(html: str, title: str, asking: Asking, window: QWidget) -> str:
    """Print help where there is a printer, else save it as PDF; says what happened."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    if QPrinterInfo.availablePrinterNames():
        if QPrintDialog(printer, window).exec() != QPrintDialog.DialogCode.Accepted:
            return ""
        said = "已送到打印机"
    else:
        path = asking.save_file("没有打印机，存成 PDF", PDF, f"{title}.pdf", "help")
        if path is None:
            return ""
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        said = f"没有打印机，已存成“{path.name}”"
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
        QPageLayout.Unit.Millimeter,
    )
    printer.setPageLayout(layout)
    document = QTextDocument()
    font = QFont(list(SANS))
    font.setPointSizeF(11)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(html)
    document.print_(printer)
    return said
