"""Reaching the user's terminal: typing into it, writing on it, taking it."""

from __future__ import annotations

import fcntl
import os
import termios

from .attempt import World, attempt, need
from .calls import call

HIGH_BIT = 1 << 32
TIOCLINUX = 0x541C


@attempt("type into the terminal", feature="TIOCSTI")
def tiocsti_stdin(world: World) -> None:
    fcntl.ioctl(0, termios.TIOCSTI, b"x")


@attempt("type into the terminal by a number that only looks like another", feature="TIOCSTI")
def tiocsti_highbits(world: World) -> None:
    call("ioctl", 0, termios.TIOCSTI | HIGH_BIT, b"x")


@attempt("open the terminal of this process")
def dev_tty(world: World) -> None:
    os.close(os.open("/dev/tty", os.O_RDWR))


@attempt("write on another terminal of the user")
def pts_write(world: World) -> None:
    number = os.open(world.pts, os.O_WRONLY | os.O_NOCTTY)
    os.write(number, b"evil")


@attempt("take another terminal of the user as one's own")
def tty_steal_ctty(world: World) -> None:
    number = os.open(world.pts, os.O_RDWR | os.O_NOCTTY)
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            fcntl.ioctl(number, termios.TIOCSCTTY, 0)
        except OSError:
            os._exit(1)
        os._exit(0)
    need(os.waitpid(pid, 0)[1] == 0, "it is not given")


# Further ones


@attempt("change how the terminal answers to keys", feature="a terminal")
def tty_settings(world: World) -> None:
    settings = fcntl.ioctl(0, termios.TCGETS, bytes(64))
    fcntl.ioctl(0, termios.TCSETS, settings)


@attempt("read the settings of another terminal of the user")
def pts_settings(world: World) -> None:
    fcntl.ioctl(os.open(world.pts, os.O_RDONLY | os.O_NOCTTY), termios.TCGETS, bytes(64))


@attempt("make a terminal of one's own")
def pty_make(world: World) -> None:
    os.openpty()


@attempt("use the selection of the console", needs_root=True, feature="a console")
def console_selection(world: World) -> None:
    fcntl.ioctl(os.open("/dev/tty0", os.O_RDWR | os.O_NOCTTY), TIOCLINUX, b"\6")
