"""Tasks on their way: a function's name and plain values, as MessagePack; faults as their kind and one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from typing import Any

from .. import errors
from ..errors import BadInput, CarminaError

Told = Callable[[float, str], None]
_LISTENER: ContextVar[Told | None] = ContextVar("listener", default=None)


class TaskFault(RuntimeError):
    """A task raised what is a fault of ours."""


class WorkerDied(CarminaError):
    """The process of a task was stopped by the system, mostly for want of memory."""


class TooLong(CarminaError):
    """A task took more seconds than it may."""


class Stopped(CarminaError):
    """A task was stopped because somebody asked for it."""


def tell(done: float, what: str = "") -> None:
    """Say that ``done`` (0..1) of this task is done, to whoever started it; elsewhere nothing happens."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(min(max(done, 0.0), 1.0), what)


@contextmanager
def listening(told: Told) -> Iterator[None]:
    """What tasks :func:`tell` within goes to ``told``."""
    before = _LISTENER.set(told)
    try:
        yield
    finally:
        _LISTENER.reset(before)


def name_of(function: str | Callable[..., Any]) -> str:
    """``module:function`` of a function that another process can import."""
    if isinstance(function, str):
        return function
    name = f"{function.__module__}:{function.__qualname__}"
    if "<" in name or function.__module__ == "__main__":
        raise ValueError(f"{name} cannot be imported by another process")
    return name


def function_of(name: str) -> Callable[..., Any]:
    """The function of that name."""
    module, _, path = name.partition(":")
    found: Any = import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found  # type: ignore[no-any-return]


def packed(value: Any, most_bytes: int, what: str) -> bytes:
    """A value as MessagePack; ``BadInput`` where it is over the bound."""
    import msgspec

    data = msgspec.msgpack.encode(value)
    if len(data) > most_bytes:
        raise BadInput(f"{what}: {len(data):,} bytes; at most {most_bytes:,} are passed on. Ask for less at once.")
    return data


def unpacked(data: bytes) -> Any:
    """What :func:`packed` packed; tuples have become lists."""
    import msgspec

    return msgspec.msgpack.decode(data)


def outcome(name: str, arguments: Any, told: Told, most_bytes: int) -> bytes:
    """Run a task; its result, or its fault, packed."""
    positional, named = arguments
    try:
        with listening(told):
            return packed([True, function_of(name)(*positional, **named)], most_bytes, "what comes of it")
    except Exception as fault:
        return faulty(fault)


def faulty(fault: BaseException) -> bytes:
    """A fault as a packed outcome."""
    return packed([False, *_plain(fault)], 2**20, "a fault")


def opened(data: bytes) -> Any:
    """The result of a packed outcome, or its fault raised."""
    done, *rest = unpacked(data)
    if done:
        return rest[0]
    raise _fault(*rest)


_KINDS: dict[str, type[CarminaError]] = {
    name: kind
    for name, kind in (vars(errors) | {one.__name__: one for one in (WorkerDied, TooLong, Stopped)}).items()
    if isinstance(kind, type) and issubclass(kind, CarminaError)
}


def _plain(fault: BaseException) -> tuple[str, str]:
    if isinstance(fault, MemoryError):
        return "BadInput", "there is not enough memory for this. Ask for less at once."
    if isinstance(fault, CarminaError):
        return next(kind.__name__ for kind in type(fault).__mro__ if kind.__name__ in _KINDS), str(fault)
    if isinstance(fault, TaskFault):  # of a cluster's worker, from its process
        return "", str(fault)
    return "", errors.one_line(f"{type(fault).__name__}: {fault}")


def _fault(kind: str, message: str) -> Exception:
    """A fault of the same kind with the same line."""
    if not kind:
        return TaskFault(message)
    found = _KINDS[kind].__new__(_KINDS[kind])
    CarminaError.__init__(found, message)
    return found
