"""Write resources/characters/gb18030-moved.json: private-use code points and what they became.

GBK gave 105 characters no public code point; GB 18030-2000, 2005 and 2022 moved them one after
another. The sequence of GBK's private-use block is regular; what each became is computed from
Python's codec where that is already public, and listed below where it is not.
"""

from __future__ import annotations

import json
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "resources/characters/gb18030-moved.json"

# GB 18030-2022, table of changed code positions: vertical punctuation and eight ideographs.
CHANGED_2022 = {
    "A6D9": "︐", "A6DA": "︒", "A6DB": "︑", "A6DC": "︓", "A6DD": "︔", "A6DE": "︕",
    "A6DF": "︖", "A6EC": "︗", "A6ED": "︘", "A6F3": "︙", "A8BC": "ḿ",
    "FE59": "\u9fb4", "FE61": "\u9fb5", "FE66": "\u9fb6", "FE67": "\u9fb7",
    "FE6D": "\u9fb8", "FE7E": "\u9fb9", "FE90": "\u9fba", "FEA0": "\u9fbb",
}  # fmt: skip
# Still private in the two-byte table; their public code points lie in plane 2.
PLANE_2 = {
    "FE51": "\U00020087", "FE52": "\U00020089", "FE53": "\U000200cc",
    "FE6C": "\U000215d7", "FE76": "\U0002298f", "FE91": "\U000241fe",
}  # fmt: skip


def gbk_private_block() -> dict[int, str]:
    """Give GBK's private code points with the two bytes each stood for."""
    block = dict(zip(range(0xE78D, 0xE794), range(0xA6D9, 0xA6E0), strict=True))
    block |= {0xE794: 0xA6EC, 0xE795: 0xA6ED, 0xE796: 0xA6F3, 0xE7C7: 0xA8BC, 0xE7C8: 0xA8BF}
    block |= dict(zip(range(0xE7E7, 0xE7F4), range(0xA989, 0xA996), strict=True))
    last_row = [code for code in range(0xFE50, 0xFEA1) if code & 0xFF != 0x7F]
    block |= dict(zip(range(0xE815, 0xE865), last_row, strict=True))
    return {point: f"{code:04X}" for point, code in block.items()}


def public_character(code: str) -> str:
    """Give the public character of two bytes of GB 18030."""
    listed = CHANGED_2022.get(code) or PLANE_2.get(code)
    return listed or bytes.fromhex(code).decode("gb18030")


def main() -> None:
    """Write the table."""
    table = {f"{point:04X}": public_character(code) for point, code in gbk_private_block().items()}
    still_private = [point for point, char in table.items() if "\ue000" <= char <= "\uf8ff"]
    assert not still_private, still_private
    plain = {
        "source": "GB 18030-2022（含对 2000、2005 版及 GBK 的变动码位）",
        "characters": table,
    }
    TARGET.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(table)} characters")


if __name__ == "__main__":
    main()
