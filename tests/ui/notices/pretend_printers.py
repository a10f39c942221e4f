"""A printer that remembers what it was given, or says why it prints nothing."""

from __future__ import annotations

from village_app.errors import EnvironmentProblem
from village_app.ui.printing import PrintJob


class PretendPrinters:
    """Remembers what was printed; `refusal` is what a printer says that prints nothing."""

    def __init__(self, *names: str) -> None:
        self.jobs: list[PrintJob] = []
        self.refusal = ""
        self._names = list(names) or ["办公室打印机"]

    def names(self) -> list[str]:
        return self._names

    def print_out(self, job: PrintJob) -> int:
        if self.refusal:
            raise EnvironmentProblem("printer_refused", self.refusal)
        self.jobs.append(job)
        return 1
