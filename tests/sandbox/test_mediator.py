"""Metadata calls of real programs: done below the roots, refused elsewhere, and the control that each gets out else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PRELUDE = """
import concurrent.futures, ctypes, errno, os, struct, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
work, out = sys.argv[1:]
def said(act):
    try:
        act()
        print("ok")
    except OSError as error:
        print(errno.errorcode[error.errno])
def raw(number, *arguments):
    if libc.syscall(ctypes.c_long(number), *arguments) == -1:
        raise OSError(ctypes.get_errno(), "")
"""


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A folder in which things may be changed and one in which they may not, each with a file."""
    work, out = tmp_path / "work", tmp_path / "out"
    for folder in (work, out):
        folder.mkdir()
        (folder / "file").write_text("text", encoding="utf-8")
        (folder / "file").chmod(0o644)
        os.utime(folder / "file", (1000, 1000))
    return work, out


def program(places: tuple[Path, Path], code: str, *, mediated: bool = True) -> list[str]:
    work, out = places
    argv = [sys.executable, "-c", PRELUDE + code, str(work), str(out)]
    if mediated:
        argv = [sys.executable, "-m", "tests.sandbox.mediated", str(work), "--", *argv]
    done = subprocess.run(argv, check=False, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.split()


def shell(places: tuple[Path, Path], line: str) -> subprocess.CompletedProcess[str]:
    work, _ = places
    argv = [sys.executable, "-m", "tests.sandbox.mediated", str(work), "--", "sh", "-c", f"cd {work} && {line}"]
    return subprocess.run(argv, check=False, capture_output=True, text=True, timeout=60)


ACTS = {
    "chmod": "os.chmod(PATH, 0o600)",
    "chmod of a descriptor's folder": "os.chmod('file', 0o600, dir_fd=os.open(os.path.dirname(PATH), os.O_RDONLY))",
    "chmod from the working folder": "os.chdir(os.path.dirname(PATH)); os.chmod('file', 0o600)",
    "fchmodat": "raw(268, -100, PATH.encode(), 0o600)",
    "fchmodat2": "raw(452, -100, PATH.encode(), 0o600, 0)",
    "fchmodat2 of a place": "raw(452, os.open(PATH, os.O_PATH), b'', 0o600, 0x1000)",
    "chmod through its own descriptor": "os.chmod(f'/proc/self/fd/{os.open(PATH, os.O_PATH)}', 0o600)",
    "chmod through /dev/fd": "os.chmod(f'/dev/fd/{os.open(PATH, os.O_PATH)}', 0o600)",
    "chown": "os.chown(PATH, os.getuid(), -1)",
    "lchown": "os.lchown(PATH, -1, os.getgid())",
    "utime": "os.utime(PATH, (5, 5))",
    "utime now": "os.utime(PATH)",
    "utime without following": "os.utime(PATH, (5, 5), follow_symlinks=False)",
    "the old utime": "raw(132, PATH.encode(), struct.pack('2q', 5, 5))",
    "the old utimes": "raw(235, PATH.encode(), struct.pack('4q', 5, 6, 5, 6))",
    "futimesat": "raw(261, -100, PATH.encode(), struct.pack('4q', 5, 6, 5, 6))",
    "through a link": "os.symlink(PATH, LINK); os.chmod(LINK, 0o600)",
    "through a linked folder": "os.symlink(os.path.dirname(PATH), LINK); os.chmod(LINK + '/file', 0o600)",
    "by a relative path": "os.chdir(work); os.chmod(os.path.relpath(PATH), 0o600)",
    "by way of /proc": "os.chmod('/proc/self/root' + PATH, 0o600)",
    "in a thread": "concurrent.futures.ThreadPoolExecutor().submit(os.chmod, PATH, 0o600).result()",
}
OLD = {"the old utime", "the old utimes", "futimesat", "fchmodat"}
NAMES = [name for name in ACTS if os.uname().machine == "x86_64" or name not in OLD]


def act(name: str, path: str, *, mediated: bool = True) -> str:
    return f"PATH, LINK = {path} + '/file', work + '/link'\ndef act():\n    {ACTS[name]}\nsaid(act)"


@pytest.mark.parametrize("name", NAMES)
def test_what_may_be_changed_is_changed(places, name):
    assert program(places, act(name, "work")) == ["ok"]
    changed = os.stat(places[0] / "file")
    assert (changed.st_mode & 0o777, changed.st_mtime) != (0o644, 1000) or "chown" in name


@pytest.mark.parametrize("name", NAMES)
def test_what_lies_outside_is_not_changed(places, name):
    assert program(places, act(name, "out")) == ["EPERM"]
    kept = os.stat(places[1] / "file")
    assert (kept.st_mode & 0o777, kept.st_mtime) == (0o644, 1000)


@pytest.mark.parametrize("name", NAMES)
def test_without_the_mediator_each_of_them_gets_out(places, name):
    assert program(places, act(name, "out"), mediated=False) == ["ok"]


def test_attributes_are_set_and_removed_inside_only(places):
    code = """
for folder in (work, out):
    said(lambda: os.setxattr(folder + '/file', 'user.llmsh', b'value'))
    said(lambda: os.setxattr(folder + '/file', 'user.llmsh', b'value', follow_symlinks=False))
print(os.getxattr(work + '/file', 'user.llmsh').decode(), len(os.listxattr(out + '/file')))
for folder in (work, out):
    said(lambda: os.removexattr(folder + '/file', 'user.llmsh'))
"""
    assert program(places, code) == ["ok", "ok", "EPERM", "EPERM", "value", "0", "ok", "EPERM"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("os.chmod(work + '/missing', 0o600)", "ENOENT"),
        ("os.chmod('', 0o600)", "ENOENT"),
        ("os.chmod(work + '/file/x', 0o600)", "ENOTDIR"),
        ("os.chmod(work + '/' + 'a' * 300, 0o600)", "ENAMETOOLONG"),
        ("raw(90, ctypes.c_void_p(1), 0o600)", "EFAULT"),
        ("raw(90, ctypes.c_void_p(-1), 0o600)", "EPERM"),
        ("raw(280, -100, (work + '/file').encode(), ctypes.c_void_p(8), 0)", "EFAULT"),
        ("raw(280, -100, (work + '/file').encode(), None, 0x4000)", "EINVAL"),
        ("raw(452, 999, b'file', 0o600, 0)", "ENOENT"),
        ("os.chmod(work + '/file', 0o4755)", "EPERM"),
        ("os.symlink('/proc/self/fd', work + '/fds'); os.chmod(work + '/fds/0', 0o600)", "ELOOP"),
        ("os.setxattr(work + '/file', 'user.x', b'x' * 70000)", "E2BIG"),
        ("os.removexattr(work + '/file', 'user.none')", "ENODATA"),
    ],
)  # fmt: skip
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers of the calls are those of x86_64")
def test_what_cannot_be_done_fails_with_an_error_that_says_so(places, code, error):
    assert program(places, f"said(lambda: exec({code!r}))") == [error]


def test_a_path_that_changes_while_it_is_asked_about_never_leads_out(places):
    code = """
import time
stop = []
link, other = work + '/link', work + '/other'
os.symlink(work + '/file', link)
os.symlink(out + '/file', other)
def swap():
    while not stop:
        raw(316, -100, link.encode(), -100, other.encode(), 2)
thread = threading.Thread(target=swap)
thread.start()
seen = set()
buffer = ctypes.create_string_buffer((work + '/file').encode() + b' ' * 100)
for number in range(1000):
    try:
        os.chmod(link, 0o600)
        seen.add('ok')
    except OSError as error:
        seen.add(errno.errorcode[error.errno])
stop.append(1)
thread.join()
print(*sorted(seen))
"""
    assert program(places, code) == ["EPERM", "ok"]
    assert (os.stat(places[1] / "file").st_mode & 0o777, os.stat(places[0] / "file").st_mode & 0o777) == (0o644, 0o600)


@pytest.mark.parametrize(
    "line",
    [
        "chmod +x file && test -x file",
        "touch -d 2020-01-02 file && test $(date -r file +%Y) = 2020",
        "cp -p file copy && test $(stat -c %Y copy) = 1000",
        "mkdir d && cp file d && cp -a d e && ls e",
        "tar cf a.tar file && mkdir x && tar xf a.tar -C x && test $(stat -c %Y x/file) = 1000",
        "gzip -k file && gunzip -c file.gz",
        "install -m 700 file other && test -x other",
        "mkdir -m 700 private && rmdir private",
    ],
)
def test_everyday_commands_work_inside(places, line):
    done = shell(places, line)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("line", ["chmod 777 ../out/file", "touch -h -d 2020-01-02 ../out/file", "chown 0 ../out/file"])
def test_everyday_commands_change_no_mode_or_time_outside(places, line):
    assert shell(places, line).returncode != 0
    kept = os.stat(places[1] / "file")
    assert (kept.st_mode & 0o777, kept.st_mtime) == (0o644, 1000)


def test_a_grandchild_that_outlives_its_parent_is_answered_while_the_program_runs(places):
    work, _ = places
    done = shell(places, "(setsid sh -c 'chmod 600 file; echo done > told' &) ; while ! test -e told; do :; done")
    assert (done.returncode, done.stderr, os.stat(work / "file").st_mode & 0o777) == (0, "", 0o600)
