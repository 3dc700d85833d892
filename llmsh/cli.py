"""The command line: flags to Options, lines to the shell, and the only place that exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Optional

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from llmsh.cli_engine import Adapter, Model, add_commands
from llmsh.errors import LlmshError, UsageError

if TYPE_CHECKING:
    from llmsh.language.translator import Translator

HELP = {"-h", "--help"}
HELP_SECTIONS = ("commandline", "typer")
USAGE = """Say what you want done; a model on this machine turns it into typed calls.

llmsh starts the shell. llmsh -c TEXT runs one line, llmsh SCRIPT a file of lines.
Exit status: 0 done, 1 a tool failed, 2 bad usage or bad plan, 3 asked back or not understood,
4 refused or not approved, 5 no usable model, 130 interrupted; a command's own where the line is one."""


class Lines(TyperGroup):
    """A word that names no subcommand is the script to run."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The subcommand that the first word names, or the hidden one that runs a script."""
        if args and args[0] not in self.commands:
            return "script", self.commands["script"], args
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Lines,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: with rich it takes three times as long to appear
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True, help=USAGE)
def start(  # noqa: PLR0917  typer calls it by name
    ctx: typer.Context,
    lines: Annotated[
        list[str] | None, typer.Option("-c", metavar="TEXT", help="Run this line and exit; several in one session.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object per line on standard output.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Plain text even on a terminal.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Plan, effects and verdicts; runs nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Approve what would be asked about; never what is denied.")
    ] = False,
    mode: Annotated[Optional[str], typer.Option("--mode", help="read-only, ask or auto.")] = None,  # noqa: UP045
    model: Model = None,
    adapter: Adapter = None,
    cwd: Annotated[Optional[str], typer.Option("--cwd", help="Start in this folder.")] = None,  # noqa: UP045
    config: Annotated[Optional[str], typer.Option("--config", help="Read settings from this file.")] = None,  # noqa: UP045
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Run lines, a script or the REPL."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"llmsh {installed('llmsh')}")
        return
    _go_to(cwd)
    from_stdin = ctx.invoked_subcommand is None and not lines and not sys.stdin.isatty()
    options = _options(
        json=json, plain=plain, yes=yes, dry_run=dry_run, mode=mode, model=model, adapter=adapter,
        config=config, stdin_is_script=from_stdin,
    )  # fmt: skip
    ctx.obj = options
    if ctx.invoked_subcommand is not None:
        if lines:
            raise UsageError("-c takes no further words", 'quote the whole line: llmsh -c "..."')
        return
    if lines:
        ctx.exit(_run(lines, options))
    if from_stdin:  # echo "how much memory is free" | llmsh
        ctx.exit(_run(_lines_of(sys.stdin.buffer, "standard input"), options))
    from llmsh.repl import run_repl

    ctx.exit(run_repl(options, os.environ))


@app.command(hidden=True)
def script(ctx: typer.Context, file: str) -> None:
    """Run a file of lines."""
    try:
        stream = open(file, "rb")  # noqa: SIM115  it is closed below; an OSError of a line is not one of the file
    except OSError as error:
        message = f"{file} is neither a command of llmsh nor a script: {error.strerror}"
        raise UsageError(message, "see: llmsh --help") from None
    with stream:
        ctx.exit(_run(_lines_of(stream, file), ctx.obj))


def _subcommand(name: str, help_text: str) -> None:
    """`llmsh NAME words` is `/NAME words`: one implementation, two doors."""

    @app.command(name, help=help_text)
    def forward(ctx: typer.Context, words: Annotated[Optional[list[str]], typer.Argument()] = None) -> None:  # noqa: UP045
        import shlex

        ctx.exit(_run([shlex.join([f"/{name}", *(words or [])])], ctx.obj))


_subcommand("models", "Which models there are: list, pull NAME, use NAME, check NAME.")
_subcommand("tools", "What plans are made of; NAME for one tool in full.")
_subcommand("plugins", "Which plugins are loaded: list, check; new NAME begins one.")
_subcommand("history", "Earlier lines and what they became; WORDS searches them.")
_subcommand("config", "Every setting and what it means.")
_subcommand("doctor", "Which cage holds on this machine, with the evidence, and how to get a stronger one.")


add_commands(app)


def _options(**flags: Any) -> Any:
    from llmsh.app import Options

    json, plain = flags.pop("json"), flags.pop("plain")
    if json and plain:
        raise UsageError("--json and --plain exclude each other")
    terminal = sys.stdout.isatty()
    output = "json" if json else "plain" if plain or not terminal else "human"
    colour = terminal and not plain and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    return Options(output=output, colour=colour, **flags)


def _go_to(folder: str | None) -> None:
    if folder is None:
        return
    try:
        os.chdir(folder)
    except OSError as error:
        raise UsageError(f"--cwd {folder}: {error.strerror}", "name a folder that exists") from None


LONGEST_LINE = 1 << 20


def _lines_of(stream: BinaryIO, name: str) -> Iterator[str]:
    """The lines of a script as they come; bytes that are no UTF-8 survive. Raises UsageError at what is no text."""
    for number in count(1):
        line = stream.readline(LONGEST_LINE + 1)  # /dev/zero is one line without an end
        if len(line) > LONGEST_LINE:
            raise UsageError(f"{name}, line {number} is longer than {LONGEST_LINE} bytes", "is it a text file?")
        if not line:
            return
        yield line.decode("utf-8", "surrogateescape").strip()


STOPS = (5, 130)
"""Without a model, or once interrupted, the lines that follow are not run."""


def _run(lines: Iterable[str], options: Any) -> int:
    """Run lines in one session; the exit status is that of the last one run."""
    from llmsh.app import build
    from llmsh.shell import is_nothing, leaving

    built = build(options, os.environ)
    status = 0
    try:
        for line in lines:
            if is_nothing(line):
                continue
            left = leaving(line, status)
            if left is not None:
                return left
            turn = built.shell.handle(line)
            _draw(built.renderer, turn)
            status = turn.exit_status
            if status in STOPS:
                break
    finally:
        built.close()
    return status


def _draw(renderer: Any, turn: Any) -> None:
    try:
        renderer.turn(turn)
    except BrokenPipeError:  # see main
        raise
    except OSError as error:
        raise _unwritable(error) from None


def _unwritable(error: OSError) -> LlmshError:
    _discard_output()
    return LlmshError(f"standard output cannot be written: {error.strerror}", "is the disk full?")


def main() -> None:
    """Run llmsh and exit with its status; one of the four places that catch everything."""
    _open_missing_streams()
    try:
        status = _command()(standalone_mode=False)
    except LlmshError as error:
        status = _fail(error.message, error.hint, error.exit_status)
    except TyperException as error:
        status = _fail(error.format_message(), "see: llmsh --help", 2)
    except (KeyboardInterrupt, typer.Abort):
        status = 130
    except BrokenPipeError:
        status = _broken_pipe()
    except Exception as error:  # a bug of ours: one line for the user, the traceback for who asks for it
        if os.environ.get("LLMSH_DEBUG"):
            raise
        status = _fail(f"llmsh has a bug: {type(error).__name__}: {error}", "LLMSH_DEBUG=1 shows where", 1)
    sys.exit(_flushed(status if isinstance(status, int) else 0))


def _command() -> Any:
    """The command line; its help is translated where it is asked for."""
    command = typer.main.get_command(app)
    if HELP & set(sys.argv[1:]) and (translate := _translator(HELP_SECTIONS)) is not None:
        from llmsh.language.command_help import speak

        speak(command, translate)
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # not every locale can hold it
    return command


def _translator(sections: tuple[str, ...] = ()) -> Translator | None:
    """The translator of the user's language, None for English; where the settings are damaged the locale decides."""
    from llmsh.config import find_folders, load_config
    from llmsh.language import is_chinese, translator_for

    chosen = "auto"
    if os.environ.get("LLMSH_LANGUAGE") or os.path.exists(os.path.join(find_folders(os.environ).config, "config.toml")):
        with suppress(LlmshError):
            chosen = load_config(os.environ, None, {}).language
    return translator_for(os.environ, chosen, sections) if is_chinese(os.environ, chosen) else None


def _open_missing_streams() -> None:
    """Started with `<&-` or `>&-`, Python has None for a stream, and the next file opened would get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            mode = "r" if number == 0 else "w"
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  it lasts as long as we do
            setattr(sys, name, stream)


def _fail(message: str, hint: str, status: int) -> int:
    from llmsh.clean import clean
    from llmsh.language.translator import as_written

    translate = _translator() or as_written
    hinted = f"{translate('hint:')} {translate(hint)}\n" if hint else ""
    sys.stderr.write(clean(f"{translate('error:')} {translate(message)}\n{hinted}"))
    return status


def _flushed(status: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _broken_pipe()
    except OSError as error:
        failed = _unwritable(error)
        return _fail(failed.message, failed.hint, failed.exit_status)
    return status


def _broken_pipe() -> int:
    """The reader went away, as with `| head -1`: nothing is wrong."""
    _discard_output()
    return 141


def _discard_output() -> None:
    """What is left in the buffer goes nowhere: at exit Python would fail on it once more, with a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
