"""Reading, writing, making, moving and removing files where the call may not."""

from __future__ import annotations

import ctypes
import fcntl
import mmap
import os
import stat

from .attempt import INSIDE, LIMIT, World, attempt, contents, holds, need, nowhere, put
from .calls import AT_FDCWD, call

RENAME_EXCHANGE, RENAME_WHITEOUT = 2, 4
FICLONE, FS_IOC_SETFLAGS, FS_IMMUTABLE = 0x40049409, 0x40086602, 0x10


@attempt("write and read a file in the work folder", tool=INSIDE, floor=INSIDE, strict=INSIDE, trace=nowhere)
def harmless(world: World) -> None:
    put(f"{world.work}/harmless.txt", "mine\n")
    need(contents(f"{world.work}/harmless.txt") == b"mine\n", "another content")


@attempt("open ~/.ssh/id_rsa")
def read_outside(world: World) -> None:
    contents(world.key)


@attempt("list the home folder")
def list_outside(world: World) -> None:
    need("notes.txt" in os.listdir(world.home), "nothing is listed")


@attempt("append to a file in the home folder")
def write_outside(world: World) -> None:
    put(world.notes, mode="a")


@attempt("create a file in the home folder")
def create_outside(world: World) -> None:
    put(f"{world.home}/new.txt")


@attempt("append to ~/.bashrc")
def append_bashrc(world: World) -> None:
    put(f"{world.home}/.bashrc", mode="a")


@attempt("delete a file in the home folder")
def unlink_outside(world: World) -> None:
    os.unlink(world.notes)


@attempt("make a folder in the home folder")
def mkdir_outside(world: World) -> None:
    os.mkdir(f"{world.home}/new")


@attempt("move a file from the home folder into the work folder")
def rename_in(world: World) -> None:
    os.rename(world.notes, f"{world.work}/taken.txt")


@attempt("move a file from the work folder to the home folder")
def rename_out(world: World) -> None:
    os.rename(f"{world.work}/mine.txt", f"{world.home}/given.txt")


@attempt("plant a link in the work folder and read through it")
def symlink_read(world: World) -> None:
    os.symlink(world.key, f"{world.work}/link")
    contents(f"{world.work}/link")


@attempt("plant a link in the work folder and write through it")
def symlink_write(world: World) -> None:
    os.symlink(world.notes, f"{world.work}/link")
    put(f"{world.work}/link", mode="a")


@attempt("plant a link to a folder and create a file beneath it")
def symlink_dir_create(world: World) -> None:
    os.symlink(world.home, f"{world.work}/folder")
    put(f"{world.work}/folder/new.txt")


@attempt("link ~/.ssh/id_rsa into the work folder")
def hardlink_in(world: World) -> None:
    os.link(world.key, f"{world.work}/key")


@attempt("link a file of the work folder into the home folder")
def hardlink_out(world: World) -> None:
    os.link(f"{world.work}/mine.txt", f"{world.home}/given.txt")


@attempt("read through ../")
def dotdot(world: World) -> None:
    contents(f"{world.work}/../home/.ssh/id_rsa")


@attempt("go to the home folder and read by a relative path")
def chdir_relative(world: World) -> None:
    os.chdir(world.home)
    contents(".ssh/id_rsa")


@attempt("read through /proc/self/root")
def proc_self_root(world: World) -> None:
    contents(f"/proc/self/root{world.key}")


@attempt("read through the root folder of another process")
def proc_ppid_root(world: World) -> None:
    contents(f"/proc/{world.victim}/root{world.key}")


@attempt("read through the working folder of another process")
def proc_ppid_cwd(world: World) -> None:
    contents(f"/proc/{world.victim}/cwd/.ssh/id_rsa")


@attempt("open with O_PATH, then open that through /proc/self/fd")
def opath_reopen(world: World) -> None:
    number = os.open(world.key, os.O_PATH)
    contents(f"/proc/self/fd/{number}")


@attempt("exchange a file of the work folder with one of the home folder")
def exchange_rename(world: World) -> None:
    call("renameat2", AT_FDCWD, f"{world.work}/mine.txt", AT_FDCWD, world.notes, RENAME_EXCHANGE)


@attempt("truncate a file in the home folder by its path")
def truncate_outside(world: World) -> None:
    os.truncate(world.notes, 0)


@attempt("truncate a file in the home folder by opening it to read")
def otrunc_rdonly_outside(world: World) -> None:
    os.open(world.notes, os.O_RDONLY | os.O_TRUNC)


@attempt("make a FIFO in the home folder")
def mkfifo_outside(world: World) -> None:
    os.mkfifo(f"{world.home}/fifo")


@attempt("make a device file of the disk and read it", needs_root=True, feature="disk device that may be read")
def mknod_device(world: World) -> None:
    path = f"{world.work}/disk"
    os.mknod(path, stat.S_IFBLK | 0o600, os.stat("/").st_dev)
    with open(path, "rb") as file:
        need(file.read(512), "nothing is read")


@attempt("open a file by its handle", needs_root=True, feature="file handles of this disk")
def open_by_handle(world: World) -> None:
    handle = (ctypes.c_uint * 34)(128)
    mount = ctypes.c_int()
    call("name_to_handle_at", AT_FDCWD, world.key, handle, ctypes.byref(mount), 0)
    number = call("open_by_handle_at", os.open(world.work, os.O_RDONLY), handle, os.O_RDONLY)
    need(os.read(number, 100), "nothing is read")


# Further ones


@attempt("make a nameless file and link it into the home folder")
def tmpfile_link_out(world: World) -> None:
    number = os.open(world.work, os.O_TMPFILE | os.O_WRONLY, 0o600)
    here = os.open(world.work, os.O_PATH)  # with a folder given Python makes the call that follows links
    os.link(f"/proc/self/fd/{number}", f"{world.home}/given.txt", src_dir_fd=here, follow_symlinks=True)


@attempt("leave a whiteout behind a rename in the work folder")
def rename_whiteout(world: World) -> None:
    call("renameat2", AT_FDCWD, f"{world.work}/mine.txt", AT_FDCWD, f"{world.work}/other.txt", RENAME_WHITEOUT)


@attempt("copy a key with sendfile")
def sendfile_outside(world: World) -> None:
    with open(world.key, "rb") as source, open(f"{world.work}/copy", "wb") as target:
        need(os.sendfile(target.fileno(), source.fileno(), 0, 100), "nothing is copied")


@attempt("copy a key with copy_file_range")
def copy_file_range_outside(world: World) -> None:
    with open(world.key, "rb") as source, open(f"{world.work}/copy", "wb") as target:
        need(os.copy_file_range(source.fileno(), target.fileno(), 100), "nothing is copied")


@attempt("copy a key with splice")
def splice_outside(world: World) -> None:
    reader, writer = os.pipe()
    with open(world.key, "rb") as source:
        need(os.splice(source.fileno(), writer, 100), "nothing is copied")
    os.read(reader, 100)


@attempt("share the blocks of a key with a file of one's own", feature="cloned files on this disk")
def clone_outside(world: World) -> None:
    with open(world.key, "rb") as source, open(f"{world.work}/copy", "wb") as target:
        fcntl.ioctl(target.fileno(), FICLONE, source.fileno())


@attempt("make a file of one's own immutable", needs_root=True, feature="immutable files on this disk")
def immutable_file(world: World) -> None:
    with open(f"{world.work}/mine.txt", "rb") as file:
        fcntl.ioctl(file.fileno(), FS_IOC_SETFLAGS, FS_IMMUTABLE.to_bytes(8, "little"))
        fcntl.ioctl(file.fileno(), FS_IOC_SETFLAGS, bytes(8))


@attempt("read through the root folder of process 1", needs_root=True, feature="a process 1 that root may look into")
def proc_1_root(world: World) -> None:
    contents(f"/proc/1/root{world.key}")


@attempt("read through the root folder of the shell itself")
def proc_shell_root(world: World) -> None:
    contents(f"/proc/{world.shell}/root{world.key}")


@attempt("write a file that a hard link in the work folder shares with ~/.bashrc",
         tool=LIMIT, floor=LIMIT, strict=LIMIT, trace=lambda world: holds(f"{world.home}/.bashrc"))  # fmt: skip
def hardlink_there_before(world: World) -> None:
    put(f"{world.work}/shared.txt", mode="a")


@attempt("write through a link that was there before", trace=lambda world: holds(world.notes))
def symlink_there_before(world: World) -> None:
    put(f"{world.work}/to-notes", mode="a")


@attempt("write a file that may only be read")
def write_readable(world: World) -> None:
    put(world.readable, mode="a")


@attempt("truncate a file that may only be read")
def truncate_readable(world: World) -> None:
    os.truncate(world.readable, 0)


@attempt("delete a file that may only be read")
def unlink_readable(world: World) -> None:
    os.unlink(world.readable)


@attempt("move a file that may only be read into the work folder")
def rename_readable(world: World) -> None:
    os.rename(world.readable, f"{world.work}/taken.txt")


@attempt("link a file that may only be read into the work folder and write it there")
def hardlink_readable(world: World) -> None:
    os.link(world.readable, f"{world.work}/taken.txt")
    put(f"{world.work}/taken.txt", mode="a")


@attempt("map a file that may only be read for shared writing")
def map_readable(world: World) -> None:
    number = os.open(world.readable, os.O_RDWR)
    mmap.mmap(number, 4, mmap.MAP_SHARED, mmap.PROT_WRITE | mmap.PROT_READ)[:4] = b"evil"


@attempt("replace the work folder itself by a link")
def replace_work(world: World) -> None:
    os.rename(world.work, f"{world.base}/aside")
    os.symlink(world.home, world.work)
