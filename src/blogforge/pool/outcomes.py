"""What becomes of an item: its result, or a failure."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from typing import Any, NamedTuple, Self

Function = Callable[[Any, Any], Any]


class Failure(NamedTuple):
    """What the function raised for an item; `trace` is the traceback of another process."""

    error: BaseException
    trace: str = ""

    def portable(self) -> Self:
        """As it can be pickled: an error that cannot be becomes its words."""
        trace = "".join(traceback.format_exception(self.error))
        try:
            pickle.loads(pickle.dumps(self.error))  # noqa: S301  (what we have just written)
        except Exception:  # noqa: BLE001  (whatever its class does as it is copied)
            words = RuntimeError(f"{type(self.error).__name__}: {self.error}")
            return self._replace(error=words, trace=trace)
        return self._replace(trace=trace)

    def reraise(self) -> None:
        """Raise the error; its traceback tells of the other process's."""
        if self.trace:
            self.error.add_note(f"in a worker:\n{self.trace}")
        raise self.error


def attempts(
    function: Function, shared: object, items: Iterable[object]
) -> Generator[Any, None, None]:
    """The outcomes of `items`, made here as they are needed: results and Failures."""
    for item in items:
        try:
            outcome = function(shared, item)
        except BaseException as error:  # noqa: BLE001  (raised again where its result is wanted)
            outcome = Failure(error)
        yield outcome


def portable(outcomes: Iterable[Any]) -> list[Any]:
    """`outcomes`, to be sent to another process."""
    return [outcome.portable() if isinstance(outcome, Failure) else outcome for outcome in outcomes]


def settled(
    outcomes: Generator[Any, None, None], keep: type[BaseException] | tuple[()]
) -> Iterator[Any]:
    """The results among `outcomes`, and errors of the type `keep`; raises any other error.

    `outcomes` is closed at the end, whichever way that comes.
    """
    with closing(outcomes):
        for outcome in outcomes:
            if not isinstance(outcome, Failure):
                yield outcome
            elif isinstance(outcome.error, keep):
                yield outcome.error
            else:
                outcome.reraise()
