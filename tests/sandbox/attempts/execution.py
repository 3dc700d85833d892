"""Running programs: not at all in the cage of a Python tool, inside the same cage where a program was asked for."""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import subprocess
import time

from .attempt import INSIDE, Refused, World, attempt, contents, in_child, need, nowhere
from .calls import call

INHERITED = {"floor": INSIDE, "strict": INSIDE, "trace": nowhere}
AT_EMPTY_PATH = 0x1000
TRUE = "/usr/bin/true"


@attempt("run a program of the system", **INHERITED)
def exec_system(world: World) -> None:
    in_child(lambda: os.execv(TRUE, [TRUE]))


@attempt("ask to become another program", **INHERITED)
def exec_asked(world: World) -> None:
    try:
        os.execv(f"{world.work}/no-such-program", ["no-such-program"])
    except FileNotFoundError:  # it was looked for, so that any other would have been run
        return


@attempt("run a program dropped in the work folder", **INHERITED)
def exec_from_work(world: World) -> None:
    path = _dropped(world)
    os.chmod(path, 0o755)
    in_child(lambda: os.execv(path, [path]))


@attempt("run a program dropped in the work folder through the loader", **INHERITED)
def exec_via_ldso(world: World) -> None:
    loader = next(iter(glob.glob("/lib64/ld-linux*.so*") + glob.glob("/lib/ld-*.so*")), "/lib64/ld-linux-x86-64.so.2")
    path = _dropped(world)
    in_child(lambda: os.execv(loader, [loader, path]))


@attempt("run a program that is only in memory", **INHERITED)
def exec_memfd(world: World) -> None:
    number = os.memfd_create("program", 0)
    os.write(number, contents(TRUE))
    in_child(lambda: os.execv(f"/proc/self/fd/{number}", [TRUE]))


@attempt("run a program that is only in memory, by its descriptor", trace=nowhere)
def exec_execveat_memfd(world: World) -> None:
    number = os.memfd_create("program", 0)
    os.write(number, contents(TRUE))
    vector = (ctypes.c_char_p * 2)(b"true", None)
    in_child(lambda: call("execveat", number, "", vector, (ctypes.c_char_p * 1)(None), AT_EMPTY_PATH))


@attempt("gain rights from a program that belongs to root", feature="setuid programs")
def exec_suid_su(world: World) -> None:
    program = shutil.which("su") or shutil.which("passwd")
    need(program, "no setuid program")
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen([str(program)], stdin=pipe, stdout=nothing, stderr=nothing) as run:
        try:
            _gains(run)
        finally:
            run.kill()


# Further ones


@attempt("run a copy of a setuid program", feature="setuid programs")
def exec_suid_copy(world: World) -> None:
    path = f"{world.work}/su"
    shutil.copyfile(shutil.which("su") or TRUE, path)
    os.chmod(path, 0o4755)


@attempt("run a program of the folder that may only be read", **INHERITED)
def exec_readable(world: World) -> None:
    in_child(lambda: os.execv(f"{world.code}/program.sh", [f"{world.code}/program.sh"]))


@attempt("run a script of the home folder")
def exec_outside(world: World) -> None:
    in_child(lambda: os.execv(f"{world.home}/program.sh", [f"{world.home}/program.sh"]))


@attempt("have another shell read a key")
def exec_reads(world: World) -> None:
    done = subprocess.run(["/bin/sh", "-c", f"cat {world.key}"], capture_output=True, check=False)
    need(done.stdout, done.stderr.decode(errors="replace").strip())


@attempt("have a program write the home folder from a session of its own")
def exec_writes_later(world: World) -> None:
    line = f"setsid nohup sh -c 'echo evil >> {world.notes}' > /dev/null 2>&1"
    need(subprocess.run(["/bin/sh", "-c", line], check=False).returncode == 0, "it could not")


@attempt("have a program run at another time: crontab, at", needs_root=True, feature="crontab")
def exec_crontab(world: World) -> None:
    for place in ("/var/spool/cron/crontabs", "/var/spool/cron", "/etc/cron.d"):
        if os.access(place, os.W_OK):
            os.close(os.open(f"{place}/{world.tag}", os.O_CREAT | os.O_WRONLY))
            os.unlink(f"{place}/{world.tag}")
            return
    raise Refused("no such folder may be written")


def _dropped(world: World) -> str:
    path = f"{world.work}/program"
    with open(path, "wb") as file:
        file.write(contents(TRUE))
    return path


def _gains(run: subprocess.Popen[bytes]) -> None:
    """Wait until the program is the one that was asked for, then look at what it may."""
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline and run.poll() is None:
        with open(f"/proc/{run.pid}/status", encoding="ascii", errors="replace") as file:
            rights = next(line.split()[1] for line in file if line.startswith("CapEff:"))
        if int(rights, 16):
            return
        time.sleep(0.01)
    raise Refused("it gained nothing")
