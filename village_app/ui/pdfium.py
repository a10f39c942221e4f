"""PDFium for one thread at a time: the library itself keeps nothing apart."""

from __future__ import annotations

from threading import RLock

# Held around every call: a page being printed on a worker must wait for the preview, band by band.
ONE_AT_A_TIME = RLock()
