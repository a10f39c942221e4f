"""The reading child: a process of its own, with little memory and little time.

Whatever a hostile file does to a reader happens here: an abort, an endless loop, a full memory.
The process boundary is the net; nothing in here catches what it does not expect.
"""

from __future__ import annotations

import gc
import os
import sys
from multiprocessing.connection import Connection
from typing import Any

from village_app.errors import Refused
from village_app.importing.files import limits
from village_app.importing.files.reading import Damaged, ReadOptions
from village_app.importing.files.transfer import messages_of, pack, unpack


def serve(connection: Connection) -> None:
    """Read one file that comes over the connection, answer with its cells or with a refusal."""
    restrain()
    be_silent()
    gc.disable()  # a million cells and a short life: collecting would cost a quarter of the time
    request = unpack(connection.recv_bytes())
    data = connection.recv_bytes()
    try:
        _read(connection, data, request)
    except Refused as refusal:
        connection.send_bytes(pack({"refused": _plain(refusal)}))
    except MemoryError:
        connection.send_bytes(pack({"too_large": True}))
    except Damaged:
        connection.send_bytes(pack({"damaged": True}))


def restrain() -> None:
    """Limit memory, processor time, core files and written files; Windows has no such limits."""
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.CHILD_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def be_silent() -> None:
    """Send all output to nowhere: messages of readers can hold names out of the file."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _read(connection: Connection, data: bytes, request: dict[str, Any]) -> None:
    """Read from the wished reader on; says which one is at work before it starts."""
    from village_app.importing.files.readers import read_here

    def report(done: int, total: int, text: str) -> None:
        connection.send_bytes(pack({"progress": [done, total, text]}))

    def starting(number: int, count: int) -> None:
        connection.send_bytes(pack({"reader": number, "readers": count}))

    options = ReadOptions(
        name=request["name"],
        encoding=request["encoding"],
        separator=request["separator"],
        password=request["password"],
        repairs={int(code): text for code, text in request["repairs"].items()},
        report=report,
    )
    workbook = read_here(data, options, request["first_reader"], starting)
    for message in messages_of(workbook):
        connection.send_bytes(message)
    connection.send_bytes(pack({"done": True}))


def _plain(refusal: Refused) -> dict[str, Any]:
    """Take a refusal apart for the journey; candidates of an encoding go as plain lists."""
    candidates = refusal.values.get("candidates", ())
    return {
        "code": refusal.code,
        "message": refusal.message,
        "candidates": [[c.encoding, c.label, c.preview, c.score] for c in candidates],
    }
