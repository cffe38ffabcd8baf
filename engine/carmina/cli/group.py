"""The command group: built-in commands are loaded when called, and plugins' commands join them."""

from __future__ import annotations

import copy
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from ..places import REMARK
from . import listing

if TYPE_CHECKING:
    from ..registry import Registry

BUILT_IN = (
    "compose",
    "song",
    "vary",
    "underlay",
    "continue",
    "transpose",
    "about",
    "style",
    "plugins",
    "doctor",
    "train",
    "finetune",
    "tune",
    "privacy",
    "compress",
)  # each is carmina.cli.<name>.<name>
RENAMED = {"continue": "going_on"}  # where Python keeps the name for itself


def plugins(strict: bool, without: tuple[str, ...]) -> Registry:
    """Those that are installed."""
    from ..registry import Registry

    return Registry(strict=strict, without=without)


@dataclass
class Shell:
    """What the commands of one run share."""

    strict: bool = False
    without: tuple[str, ...] = ()  # names of plugins
    settings: dict[str, Any] = field(default_factory=dict)  # of renderers, by the names of their options

    @cached_property
    def registry(self) -> Registry:
        """The plugins, found when first asked for."""
        return plugins(self.strict, self.without)

    def conductor(self, progress: Any = None) -> Any:
        """A :class:`~carmina.conductor.Conductor` over these plugins that knows the renderers' settings."""
        from ..conductor import Conductor
        from .passphrase import passphrase_of

        told = lambda line: click.echo(line, err=True)  # noqa: E731
        return recorded(Conductor(self.registry, progress, self.settings, told, passphrase_of))

    @contextmanager
    def at_work(self, wanted: bool = True) -> Iterator[Any]:
        """A conductor whose progress a person sees where stderr is a terminal, for commands of plugins."""
        from .progress import progress_bar

        with progress_bar(wanted) as report:
            yield self.conductor(report)


def recorded(conductor: Any) -> Any:
    """The conductor, told which command it works for, and its seed where one was given."""
    context = click.get_current_context(silent=True)
    if context is not None and context.parent is not None:
        record, seed = conductor.record, str(context.params.get("seed"))
        record.command, record.asks = context.command_path.partition(" ")[2], frozenset(context.params)
        record.seed = int(seed) if seed.isascii() and seed.isdigit() else None
    return conductor


def shell(context: click.Context) -> Shell:
    """The run's :class:`Shell`; under completion or documentation, a fresh one."""
    return context.find_root().ensure_object(Shell)


class Commands(click.Group):
    """Built-in commands first, then whatever plugins offer. ``GROUP-NAME`` is listed by the offered group ``GROUP``."""

    def list_commands(self, context: click.Context) -> list[str]:
        offered = self._offered(context)
        groups = tuple(f"{name}-" for name, command in offered.items() if isinstance(command, click.Group))
        return [*BUILT_IN, *sorted(name for name in offered if not name.startswith(groups))]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in BUILT_IN:
            own = RENAMED.get(name, name)
            command: click.Command | None = getattr(import_module(f"{__package__}.{own}"), own)
            return command
        return self._offered(context).get(name)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """As the last run found them, where nothing has changed since; else by asking the plugins."""
        wanted = shell(context)
        usable = not (wanted.strict or wanted.without) and listing.usable()
        if usable and (rows := listing.kept()) is not None:
            return listing.Rows(rows).format_commands(context, formatter)
        super().format_commands(context, formatter)
        if usable and not (wanted.registry.broken or wanted.registry.faults):
            names = self.list_commands(context)
            listing.keep([(name, command) for name in names if (command := self.get_command(context, name))])

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(context, args)
        return name, command and with_finite_numbers(with_settings(command, context)), rest

    def _offered(self, context: click.Context) -> Mapping[str, click.Command]:
        registry = shell(context).registry
        offered = registry.all("command")
        for name in set(offered) & set(BUILT_IN):
            registry.tell(
                f"a plugin offers a command called {name!r}, which is Carmina's own; the plugin's is left out"
            )
        return {name: command for name, command in offered.items() if name not in BUILT_IN}


def with_settings(command: click.Command, context: click.Context) -> click.Command:
    """The command; where its ``renders`` or ``reads`` name kinds of works, with an option for each setting of their
    renderers and readers; where it ``speaks``, with those of the languages; where it ``steers`` tasks, with those of
    the constraints on them."""
    renders, reads = getattr(command, "renders", ()), getattr(command, "reads", ())
    speaks = getattr(command, "speaks", False)
    steers = getattr(command, "steers", ())
    if not renders and not reads and not speaks and not steers:
        return command
    widened = copy.copy(command)
    taken = {name for parameter in command.params for name in parameter.opts}
    settings = [*_settings(renders, reads, context), *(_speech(context) if speaks else ())]
    settings += _steering(steers, context)
    widened.params = [*command.params, *(option for option in settings if not taken & set(option.opts))]
    return widened


def with_finite_numbers(command: click.Command) -> click.Command:
    """The command, and those of a group, with options that take no number that is none: ``nan`` passes click's ranges,
    as it is neither below nor above anything."""
    bare = copy.copy(command)
    if isinstance(bare, click.Group):
        bare.commands = {name: with_finite_numbers(one) for name, one in bare.commands.items()}
    bare.params = [_finite(parameter) for parameter in command.params]
    return bare


def _finite(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter.type, click.types.FloatParamType):
        return parameter
    finite = copy.copy(parameter)
    finite.type_cast_value = partial(_cast_finite, parameter)  # type: ignore[method-assign]
    return finite


def _cast_finite(parameter: click.Parameter, context: click.Context, value: Any) -> Any:
    cast = parameter.type_cast_value(context, value)
    for number in cast if isinstance(cast, tuple) else (cast,):
        if isinstance(number, float) and not math.isfinite(number):
            raise click.BadParameter(f"{number} is no number to count with.", context, parameter)
    return cast


def _settings(renders: tuple[str, ...], reads: tuple[str, ...], context: click.Context) -> Iterator[click.Option]:
    registry = shell(context).registry
    entries = [entry for entry in registry.all("renderer").values() if entry.takes in renders]
    entries += [entry for entry in registry.all("reader").values() if entry.gives in reads]
    options = {option.name: option for entry in entries for option in entry.options}
    for name, option in sorted(options.items()):
        kind = click.Choice(option.choices) if option.choices else click.UNPROCESSED
        yield click.Option(
            [f"--{name.replace('_', '-')}"],
            type=kind,
            help=option.summary,
            expose_value=False,
            callback=partial(_set, name),
            metavar=None if option.choices else {int: "N", float: "NUMBER", str: "NAME"}.get(option.kind, "FILE"),
        )


def _speech(context: click.Context) -> Iterator[click.Option]:
    """An option for each setting of a language: what it is set to stands in ``CARMINA_NAME`` while the command runs."""
    yield from _heard(shell(context).registry.all("language").values())


def _steering(tasks: tuple[str, ...], context: click.Context) -> Iterator[click.Option]:
    """As of languages, an option for each setting of the constraints on these tasks."""
    if tasks:
        entries = shell(context).registry.all("constraint").values()
        yield from _heard([entry for entry in entries if entry.task in tasks])


def _heard(entries: Iterable[Any]) -> Iterator[click.Option]:
    options = {option.name: option for entry in entries for option in entry.options}
    for name, option in sorted(options.items()):
        yield click.Option(
            [f"--{name}"],
            type=click.Choice(option.choices) if option.choices else click.UNPROCESSED,
            help=option.summary,
            expose_value=False,
            is_eager=True,
            callback=partial(_speak, f"CARMINA_{name.upper().replace('-', '_')}"),
            metavar=None if option.choices else "FILE",
        )


def _speak(variable: str, context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is None:
        return
    before = os.environ.get(variable)
    os.environ[variable] = value
    context.call_on_close(
        lambda: os.environ.pop(variable, None) if before is None else os.environ.__setitem__(variable, before)
    )


def _set(name: str, context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None:
        shell(context).settings[name] = value


def _set_strict(context: click.Context, parameter: click.Parameter, strict: bool) -> None:
    shell(context).strict = strict


def _set_without(context: click.Context, parameter: click.Parameter, names: tuple[str, ...]) -> None:
    shell(context).without = names


def _unremarked(context: click.Context, parameter: click.Parameter, unremarked: bool) -> None:
    """In the environment, which processes that do a part of the work share."""
    if unremarked:
        _speak(REMARK, context, parameter, "off")


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--strict-plugins",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_set_strict,
    help="Stop when a plugin does not load, instead of leaving it out.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="PLUGIN",
    is_eager=True,
    expose_value=False,
    callback=_set_without,
    help="Leave this plugin out, by its name or its distribution's; CARMINA_WITHOUT does so for every run. May be "
    "repeated.",
)
@click.option(
    "--no-remark",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_unremarked,
    help="Files do not say how they were made (`carmina about`); CARMINA_REMARK=off does so for every run.",
)
@click.option("--debug", is_flag=True, hidden=True, expose_value=False, help="Show tracebacks.")
@click.version_option(__version__, message="carmina %(version)s")
@click.pass_context
def carmina(context: click.Context) -> None:
    """Verse and songs: poems from keywords, melodies for words, and finished songs with chords, parts, scores and
    sound.

    Begin with: carmina song moon river -o song.mid, carmina verse moon river, or carmina compose words.txt -o song.mid.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
