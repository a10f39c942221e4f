"""What an archive wants inside a PDF (PDF/A-1b): metadata as XMP and a named colour space."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from struct import pack
from typing import Any
from xml.sax.saxutils import escape

LANGUAGE = "zh-CN"
_COLOUR_SPACE = "sRGB IEC61966-2.1"
_MADE_AT = "2000-01-01T00:00:00+00:00"  # the date that reportlab writes into repeatable files
# Red, green, blue and white of sRGB seen under D50 (IEC 61966-2-1, ICC.1:2001-04 annex E).
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
    b"wtpt": (0.96420, 1.0, 0.82491),
}
_GAMMA = 2.2


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: what stands on the paper, and the program's name."""

    title: str
    author: str
    subject: str
    program: str


def add_archival_marks(canvas: Any, about: About) -> None:
    """Add metadata and output intent to a canvas's catalog, before the file is given out."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

    document = canvas._doc  # noqa: SLF001 - the canvas knows neither metadata nor intents
    metadata = PDFStream(content=xmp_packet(about).encode("utf-8"), filters=[])
    metadata.dictionary["Type"] = PDFName("Metadata")
    metadata.dictionary["Subtype"] = PDFName("XML")
    canvas.setCatalogEntry("Metadata", document.Reference(metadata))
    profile = PDFStream(content=rgb_profile())
    profile.dictionary["N"] = 3
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(_COLOUR_SPACE),
            "Info": PDFString(_COLOUR_SPACE),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    canvas.setCatalogEntry("OutputIntents", PDFArray([intent]))


def xmp_packet(about: About) -> str:
    """Write the metadata packet; each entry equals the one in the file's Info dictionary."""
    title, author, subject, program = map(
        escape, (about.title, about.author, about.subject, about.program)
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{program}</pdf:Producer>
<pdf:Keywords></pdf:Keywords>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<xmp:CreateDate>{_MADE_AT}</xmp:CreateDate>
<xmp:ModifyDate>{_MADE_AT}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@cache
def rgb_profile() -> bytes:
    """Build a small ICC profile (version 2.1) of sRGB's primaries with a gamma of 2.2."""
    name = _COLOUR_SPACE.encode("ascii") + b"\0"
    description = b"desc" + bytes(4) + pack(">I", len(name)) + name + bytes(78)
    curve = b"curv" + bytes(4) + pack(">IH", 1, round(_GAMMA * 256))
    tags = {b"desc": description, b"cprt": b"text" + bytes(4) + b"CC0\0"}
    tags |= {tag: b"XYZ " + bytes(4) + _fixed(*values) for tag, values in _PRIMARIES.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table += tag + pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = bytes(8) + pack(">I", 0x02100000) + b"mntrRGB XYZ " + pack(">6H", 2000, 1, 1, 0, 0, 0)
    header += b"acsp" + bytes(28) + _fixed(0.9642, 1.0, 0.82491) + bytes(48)
    profile = header + pack(">I", len(tags)) + table + body
    return pack(">I", len(profile)) + profile[4:]


def _fixed(*values: float) -> bytes:
    """Write numbers as ICC does: 16 bits before the point, 16 behind it."""
    return b"".join(pack(">i", round(value * 65536)) for value in values)
