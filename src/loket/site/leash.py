"""Run a command as another user, and end it when the process that started it ends.

Runs on its own, before anything of Loket is imported: `python -I -S leash.py OPTIONS -- COMMAND`.
A wrapper rather than a `preexec_fn`, because that is unsafe in a process with threads, and because
the kernel forgets the parent-death signal when the user changes.
"""

import argparse
import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def command(
    argv: list[str], *, signum: int | None = None, owner: tuple[int, int] | None = None
) -> list[str]:
    """The command that runs `argv` as `owner` (user and group).

    With `signum` it gets that signal when this process ends, however it ends; without, it is
    set free to outlive this process, and its process id is printed.
    """
    options = [] if signum is None else [f"--parent={os.getpid()}", f"--signal={int(signum)}"]
    if owner:
        options.append(f"--owner={owner[0]}:{owner[1]}")
    return [sys.executable, "-I", "-S", str(Path(__file__).resolve()), *options, "--", *argv]


def _set_free() -> None:
    """Leave the process that started us: its end, its terminal and its duty to reap."""
    if child := os.fork():
        print(child, flush=True)  # noqa: T201  the answer of this command
        os._exit(0)
    os.setsid()
    os.dup2(2, 1)


def _tie_to(parent: int, signum: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("The process that started this one has ended already.")


def main() -> None:
    """Do what the options say and become the command."""
    parser = argparse.ArgumentParser(prog="leash")
    parser.add_argument("--parent", type=int)
    parser.add_argument("--signal", type=int, default=signal.SIGTERM)
    parser.add_argument("--owner", help="UID:GID")
    parser.add_argument("argv", nargs="+")
    asked = parser.parse_args()
    if asked.owner:
        uid, gid = map(int, asked.owner.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if asked.parent:
        _tie_to(asked.parent, asked.signal)
    else:
        _set_free()
    os.execvp(asked.argv[0], asked.argv)  # noqa: S606  the command is the caller's own


if __name__ == "__main__":
    main()
