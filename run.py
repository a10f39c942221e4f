"""Prepare on this computer what the program needs, once, and start it.

Called by `run` (Linux) and `run.bat` (Windows) with the words that the user typed; standard library
only. The first start looks for the system's libraries, makes `.venv` beside this file and fills it
by the hash-locked list. Every later start finds the stamp of that and hands over at once.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import time
from collections.abc import Mapping, Sequence

from first_start import environment, system
from first_start.telling import ROOT, Steps, Stop, say
from first_start.words import Plan, plan_for


def main(words: Sequence[str], variables: Mapping[str, str]) -> int:
    """Prepare what is missing and run what was asked for; gives the exit code."""
    plan = plan_for(words)
    if plan.window and not system.has_display(variables):
        raise Stop(system.NO_DISPLAY)
    prepare(plan)
    if plan.window and not system.display_answers(variables):
        raise Stop(system.NO_DISPLAY)
    return hand_over(plan, variables)


def prepare(plan: Plan) -> None:
    """Bring what the plan needs; when all is there this takes a few milliseconds."""
    wanted = wanted_packages(plan)
    if wanted and not system.may_install():
        raise Stop(system.missing_sentence(wanted, tried=False))
    if wanted or not is_installed(plan):
        with environment.one_at_a_time():
            prepare_slowly(plan)
    extras = missing_extras(plan)
    if extras:
        say(system.without_extras_sentence(extras))


def is_installed(plan: Plan) -> bool:
    """Tell whether the libraries of the plan's lock are in place."""
    return not plan.anew and environment.lock_is_installed(plan.lock)


def wanted_packages(plan: Plan) -> list[str]:
    """Name the system packages without which the plan cannot go on."""
    packages = system.packages_of(system.missing_libraries(plan.uses))
    if plan.anew or not environment.venv_is_finished():
        importlib.invalidate_caches()
        package = environment.venv_package()
        packages += [package] if package else []
    return packages


def missing_extras(plan: Plan) -> Sequence[system.Library | system.Tool]:
    """List what the plan can do without, though not everything will work then."""
    if plan.test:
        return system.missing_tools()
    return system.missing_libraries(("print",)) if plan.window else ()


def prepare_slowly(plan: Plan) -> None:
    """Go through the long steps that are needed: system packages, environment, libraries."""
    # Looked at anew: another start may have done some of it while this one waited.
    wanted = wanted_packages(plan)
    extras = system.packages_of(missing_extras(plan)) if system.may_install() else []
    makes_venv = plan.anew or not environment.venv_is_finished()
    installs = not is_installed(plan)
    steps = Steps(bool(wanted or extras) + makes_venv + installs)
    began = time.monotonic()
    if wanted or extras:
        steps.begin("给系统补上缺的软件包，要一两分钟。")
        system.apt_install(wanted, extras)
        wanted = wanted_packages(plan)
        if wanted:
            raise Stop(system.missing_sentence(wanted, tried=True))
    if makes_venv:
        steps.begin("在这个文件夹里建立程序自己的环境（.venv），几秒钟。")
        environment.make_venv()
    if installs:
        steps.begin("下载并装上要用的库，约 150 MB，网慢时要几分钟。")
        environment.install_lock(plan.lock)
    if steps.total:
        say(f"准备好了，用时 {time.monotonic() - began:.0f} 秒。下次直接打开，不用再等。")


def hand_over(plan: Plan, variables: Mapping[str, str]) -> int:
    """Run the plan's commands in our environment; the worst exit code counts."""
    python = str(environment.python_of_venv())
    child_variables = {**variables, "PYTHONPATH": str(ROOT)}
    if not plan.window:
        child_variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    if plan.in_root:
        os.chdir(ROOT)
    # -P: a file in the caller's folder must not stand in for a library of the same name.
    commands = [[python, "-P", *words] for words in plan.commands]
    if len(commands) == 1 and sys.platform != "win32":
        sys.stdout.flush()
        os.execve(python, commands[0], child_variables)
    import subprocess

    worst = 0
    for command in commands:
        if len(commands) > 1:
            say(f"检查：{' '.join(command[3:])}")
        worst = max(
            worst, abs(subprocess.run(command, env=child_variables, check=False).returncode)
        )
    return worst


def run() -> int:
    """Call `main` and put every foreseeable failure into a sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without Chinese shows question marks instead of failing.
            stream.reconfigure(errors="replace")
    try:
        return main(sys.argv[1:], os.environ)
    except Stop as stop:
        print(stop, file=sys.stderr)
    except OSError as problem:
        place = problem.filename or ROOT
        print(
            f"读写这里时出了问题：{place}\n请确认磁盘没有满、这个文件夹可以写入。", file=sys.stderr
        )
    except KeyboardInterrupt:
        print("\n已停下。下次运行时会接着准备。", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(run())
