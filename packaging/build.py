"""Build what people install: `python packaging/build.py folder|deb|zip`.

Standard library only. Makes its own environment in `build/venv` from the locks; the results lie in
`dist/`. A build runs on systems as new as the one that made it, or newer: build on the oldest.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECIPES = ROOT / "packaging"
BUILD = ROOT / "build"
DIST = ROOT / "dist"
FOLDER = DIST / "gongzhitong"
LOCKS = (ROOT / "requirements.lock", RECIPES / "requirements-build.lock")


def run(*command: str | Path) -> None:
    """Run a command, show what it prints, and stop when it fails."""
    print("+", *command, flush=True)
    subprocess.run(command, check=True, cwd=ROOT)


def version() -> str:
    """Read the program's version."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def build_folder() -> Path:
    """Make the one-folder build; gives the folder."""
    home = BUILD / "venv"
    venv.create(home, with_pip=True, clear=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    locks = [word for lock in LOCKS for word in ("-r", str(lock))]
    exactly = ("--require-hashes", "--no-deps", "--only-binary=:all:")
    run(python, "-m", "pip", "install", "-q", *exactly, *locks)
    places = ("--distpath", str(DIST), "--workpath", str(BUILD / "pyinstaller"))
    recipe = RECIPES / "gongzhitong.spec"
    run(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, recipe)
    return FOLDER


def build_zip() -> Path:
    """Pack the one-folder build as a zip, for Windows: unpack anywhere and start."""
    build_folder()
    name = f"gongzhitong-{version()}-{platform.system().lower()}-{platform.machine().lower()}"
    return Path(shutil.make_archive(str(DIST / name), "zip", DIST, FOLDER.name))


def build_deb() -> Path:
    """Pack the one-folder build as a Debian package; removing it leaves people's data alone."""
    build_folder()
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(RECIPES / "deb", tree, symlinks=True)
    shutil.copytree(FOLDER, tree / "opt" / "gongzhitong", symlinks=True)
    command = tree / "usr" / "bin" / "gongzhitong"
    command.parent.mkdir(parents=True)
    command.symlink_to("/opt/gongzhitong/gongzhitong")
    copyright_file = tree / "usr" / "share" / "doc" / "gongzhitong" / "copyright"
    copyright_file.parent.mkdir(parents=True)
    texts = [
        (ROOT / name).read_text(encoding="utf-8") for name in ("LICENSE", "THIRD-PARTY-NOTICES.md")
    ]
    copyright_file.write_text("\n\n".join(texts), encoding="utf-8")
    write_control(tree)
    architecture = debian_architecture()
    package = DIST / f"gongzhitong_{version()}_{architecture}.deb"
    run("dpkg-deb", "--build", "--root-owner-group", "-Zxz", tree, package)
    return package


def write_control(tree: Path) -> None:
    """Fill in version, architecture and size (KiB) in the package's control file."""
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    control = tree / "DEBIAN" / "control"
    text = control.read_text(encoding="utf-8")
    text = text.replace("@VERSION@", version()).replace("@ARCHITECTURE@", debian_architecture())
    control.write_text(text.replace("@SIZE@", str(size)), encoding="utf-8")


def debian_architecture() -> str:
    """Ask dpkg what this machine is called."""
    answer = subprocess.run(
        ("dpkg", "--print-architecture"), check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()


BUILDS = {"folder": build_folder, "deb": build_deb, "zip": build_zip}


def main(words: list[str]) -> int:
    """Build what was named."""
    if len(words) != 1 or words[0] not in BUILDS:
        print("用法：python packaging/build.py folder 或 deb 或 zip", file=sys.stderr)
        return 2
    print("做好了：", BUILDS[words[0]]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
