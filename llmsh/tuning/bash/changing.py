"""Programs that change files: cp, mv, rm, mkdir, chmod, tar and the like."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from llmsh.tuning.bash.flow import Flow, Given, Kind, Look, Translator, names_of, paths_of, read_options
from llmsh.tuning.bash.parse import GIVEN, NotTranslated, Word
from llmsh.types import Argument

ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tbz2", ".zip", ".tbz", ".txz")
COPYING = "recursive:r verbose:v force:f no-clobber:n target-directory=:t archive:a update:u preserve:p interactive:f"


def _changed(flow: Flow, tool: str, *args: Argument, **options: Any) -> Flow:
    return flow.then(tool, *args, kind=Kind.DONE, look=Look.CHANGE, **options)


def rm(words: Sequence[Word], flow: Flow) -> Flow:
    """Delete."""
    given = read_options("rm", words, "rRfvid", "", "recursive:r force:f verbose:v")
    return _changed(flow, "delete", paths_of("rm", given.rest, flow))


def rmdir(words: Sequence[Word], flow: Flow) -> Flow:
    """Delete folders."""
    given = read_options("rmdir", words, "v", "", "ignore-fail-on-non-empty:v verbose:v")
    return _changed(flow, "delete", paths_of("rmdir", given.rest, flow))


def cp(words: Sequence[Word], flow: Flow) -> Flow:
    """Copy."""
    given = read_options("cp", words, "rRafvpiudnT", "t", COPYING)
    if given.has("u", "T"):
        raise NotTranslated("cp: only what is newer")
    return _to("copy", given, flow)


def mv(words: Sequence[Word], flow: Flow) -> Flow:
    """Move."""
    given = read_options("mv", words, "fvinuT", "t", COPYING)
    if given.has("u", "T"):
        raise NotTranslated("mv: only what is newer")
    return _to("move", given, flow)


def _to(tool: str, given: Given, flow: Flow) -> Flow:
    rest = list(given.rest)
    target = Word(given.options["t"]) if given.has("t") else rest.pop() if len(rest) > 1 else None
    if target is None or target.given:
        raise NotTranslated(f"{tool}: no target")
    to = names_of(tool, [target])[0]
    if target.pattern:
        raise NotTranslated(f"{tool}: a pattern as target")
    options: dict[str, Argument] = {"overwrite": False} if given.has("n") else {}
    done = _changed(flow, tool, paths_of(tool, rest, flow), to=to)
    if not options:
        return done
    call = done.calls[-1]
    return Flow(
        (*done.calls[:-1], type(call)(call.tool, call.args, (*call.options, *options.items()))), done.kind, done.look
    )


def mkdir(words: Sequence[Word], flow: Flow) -> Flow:
    """Make folders."""
    given = read_options("mkdir", words, "pv", "", "parents:p verbose:v")
    if flow.kind is not Kind.NOTHING:
        raise NotTranslated("mkdir: names from a pipe")
    return _changed(flow, "make_folder", names_of("mkdir", given.rest))


def touch(words: Sequence[Word], flow: Flow) -> Flow:
    """Make files, or set their time."""
    given = read_options("touch", words, "amc", "dt", "date=:d")
    time = None
    if given.has("d", "t"):
        text = given.options.get("d") or given.options["t"]
        found = re.fullmatch(
            r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:T| )?(?:([0-9]{2}):?([0-9]{2})(?:[.:]([0-9]{2}))?)?", text
        )
        if found is None:
            raise NotTranslated("touch: a date it does not know")
        time = f"{found[1]}-{found[2]}-{found[3]}" + (f" {found[4]}:{found[5]}" if found[4] else "")
        time += f":{found[6]}" if found[6] and found[6] != "00" else ""
    if given.has("a", "c"):
        raise NotTranslated("touch: only what is there, or the time of reading")
    return _changed(flow, "touch", paths_of("touch", given.rest, flow), time=time)


def ln(words: Sequence[Word], flow: Flow) -> Flow:
    """Make links."""
    given = read_options("ln", words, "sfvn", "", "symbolic:s force:f verbose:v")
    if given.has("f", "n"):
        raise NotTranslated("ln: replacing what is there")
    names = paths_of("ln", given.rest, flow)
    if len(names) not in (1, 2) or any(word.given for word in given.rest):
        raise NotTranslated("ln: several links")
    link = () if len(names) == 1 or names[1] == "." else names[1:]
    return _changed(flow, "make_link", names[0], link, hard=not given.has("s"))


def chmod(words: Sequence[Word], flow: Flow) -> Flow:
    """Set permissions."""
    words = [Word("--", word.pattern) if word.text == "--" else word for word in words]
    mode_first = [word for word in words if re.fullmatch(r"-[rwxXst]+", word.text) and word.text != "-R"]
    rest_words = [word for word in words if word not in mode_first]
    given = read_options("chmod", rest_words, "Rvcf", "", "recursive:R verbose:v")
    rest = list(given.rest)
    mode = mode_first[0].text if mode_first else rest.pop(0).text if rest else ""
    mode = mode[1:] if re.fullmatch(r"0[0-7]{3}", mode) else mode
    if not re.fullmatch(r"[0-7]{3,4}|([ugoa]*[-+=][rwxXst]*)(,[ugoa]*[-+=][rwxXst]*)*", mode):
        raise NotTranslated("chmod: a mode it does not know")
    return _changed(flow, "set_permissions", paths_of("chmod", rest, flow), mode=mode, recursive=given.has("R"))


def chown(words: Sequence[Word], flow: Flow) -> Flow:
    """Set the owner."""
    given = read_options("chown", words, "Rvch", "", "recursive:R verbose:v")
    rest = list(given.rest)
    found = re.fullmatch(r"([\w-]*)(?:[:.]([\w-]*))?", rest.pop(0).text) if rest else None
    if found is None or not (found[1] or found[2]) or found[2] == "":
        raise NotTranslated("chown: an owner it does not know")
    return _changed(
        flow, "set_owner", paths_of("chown", rest, flow), owner=found[1] or None, group=found[2],
        recursive=given.has("R"),
    )  # fmt: skip


def chgrp(words: Sequence[Word], flow: Flow) -> Flow:
    """Set the group."""
    given = read_options("chgrp", words, "Rvch", "", "recursive:R verbose:v")
    rest = list(given.rest)
    if not rest or rest[0].given:
        raise NotTranslated("chgrp: no group")
    group = rest.pop(0).text
    return _changed(flow, "set_owner", paths_of("chgrp", rest, flow), group=group, recursive=given.has("R"))


def tar(words: Sequence[Word], flow: Flow) -> Flow:
    """Pack, unpack and list archives."""
    words = list(words)
    if words and re.fullmatch(r"[cxtzjvfJpP]+", words[0].text):
        words[0] = Word("-" + words[0].text)
    given = read_options(
        "tar", words, "cxtzjvJpPa", "fCT", "create:c extract:x list:t verbose:v file=:f gzip:z directory=:C bzip2:j"
        " xz:J exclude=:X null:v files-from=:T"
    )  # fmt: skip
    goal = given.options.get("f", "")
    if goal in ("", "-"):
        raise NotTranslated("tar: to or from standard output")
    rest = given.rest
    if given.has("T"):
        if given.options["T"] != "-" or flow.kind is not Kind.PATHS:
            raise NotTranslated("tar: names from a file")
        rest = (GIVEN,)
    if given.has("x", "t"):
        if rest or flow.kind is not Kind.NOTHING:
            raise NotTranslated("tar: some members")
        if given.has("t"):
            return flow.then("list_archive", goal, kind=Kind.PATHS, look=Look.NAMES)
        return _changed(flow, "extract", goal, to=given.options.get("C"))
    if not given.has("c") or given.has("C") or not goal.endswith(ARCHIVES):
        raise NotTranslated("tar: adding, another folder, or a name without a known ending")
    return _changed(flow, "archive", paths_of("tar", rest, flow), to=goal, exclude=given.options.get("X"))


def zip_(words: Sequence[Word], flow: Flow) -> Flow:
    """Pack into a zip file."""
    given = read_options("zip", words, "rqv@9", "", "recurse-paths:r")
    rest = list(given.rest)
    if not rest or rest[0].given:
        raise NotTranslated("zip: no archive")
    goal = rest.pop(0).text
    goal = goal if goal.endswith(".zip") else goal + ".zip"
    if given.has("@"):
        rest = [GIVEN]
    return _changed(flow, "archive", paths_of("zip", rest, flow), to=goal)


def unzip(words: Sequence[Word], flow: Flow) -> Flow:
    """Unpack a zip file, or list it."""
    given = read_options("unzip", words, "loqv", "d")
    paths = paths_of("unzip", given.rest, flow)
    if len(paths) > 1:
        raise NotTranslated("unzip: some members")
    if given.has("l", "v"):
        if not paths:
            raise NotTranslated("unzip: lists of several archives")
        return flow.then("list_archive", paths[0], kind=Kind.PATHS, look=Look.NAMES)
    return _changed(flow, "extract", paths, to=given.options.get("d"), overwrite=given.has("o"))


def _packer(program: str, ending: str) -> Translator:
    def translate(words: Sequence[Word], flow: Flow) -> Flow:
        given = read_options(program, words, "dkvc9fr", "", "decompress:d keep:k stdout:c")
        paths = paths_of(program, given.rest, flow)
        unpacks = given.has("d") or program in ("gunzip", "bunzip2", "unxz")
        if unpacks and given.has("c"):
            return flow.then("read", paths, kind=Kind.LINES, look=Look.LINES)
        if given.has("c", "r") or (len(paths) != 1 and not (unpacks and not paths)):
            raise NotTranslated(f"{program}: several files, each for itself")
        if unpacks:
            folder = os.path.dirname(paths[0]) if paths else ""
            return _changed(flow, "extract", paths, to=folder or None)
        return _changed(flow, "archive", paths, to=f"{paths[0]}{ending}")

    return translate


def tee(words: Sequence[Word], flow: Flow) -> Flow:
    """Save what flows by."""
    given = read_options("tee", words, "a", "", "append:a")
    names = names_of("tee", given.rest)
    if len(names) != 1 or flow.kind in (Kind.NOTHING, Kind.DONE):
        raise NotTranslated("tee: several files")
    return saved(flow, names[0], append=given.has("a"))


def saved(flow: Flow, path: str, *, append: bool) -> Flow:
    """What flows by goes to a file. A table would have another form there than the command's."""
    last = flow.last
    one = last is not None and last.tool == "search" and len(last.args) == 2 and not last.options
    if one and last is not None and not any(sign in str(last.args[1]) for sign in "*?["):
        flow = flow.then("select", "text", kind=Kind.LINES, look=Look.LINES)
    if flow.look is not Look.LINES and not (last is not None and last.tool == "checksum"):
        raise NotTranslated("a table saved to a file")
    return _changed(flow, "save", path, append=append)


PROGRAMS: Mapping[str, Translator] = MappingProxyType({
    "rm": rm, "rmdir": rmdir, "unlink": rm, "cp": cp, "mv": mv, "mkdir": mkdir, "touch": touch, "ln": ln,
    "chmod": chmod, "chown": chown, "chgrp": chgrp, "tar": tar, "zip": zip_, "unzip": unzip, "tee": tee,
    "gunzip": _packer("gunzip", ""), "bunzip2": _packer("bunzip2", ""), "unxz": _packer("unxz", ""),
    "gzip": _packer("gzip", ".gz"), "bzip2": _packer("bzip2", ".bz2"), "xz": _packer("xz", ".xz"),
})  # fmt: skip
