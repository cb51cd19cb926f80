"""Where batches are coded: here, in several processes, or on a Dask cluster; all behind one interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, NamedTuple, ParamSpec, TypeVar

from vzevents.errors import CodingStoppedError, MissingExtraError

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")

_DASK = "coding on a cluster needs Dask: pip install 'vzevents[dask]'"
_RETRIES = 3  # of a batch whose worker failed
_CONNECTING = 20  # seconds


class Places(NamedTuple):
    """An executor and how many tasks it should have at a time: enough to keep all busy, few in memory."""

    executor: Executor
    width: int


@contextmanager
def places(*, jobs: int = 1, scheduler: str | None = None) -> Iterator[Places]:
    """Open what runs tasks.

    Parameters
    ----------
    jobs : int, default 1
        Processes on this machine; 1 is this process.
    scheduler : str, optional
        Address of a Dask scheduler, as ``tcp://host:8786``; then `jobs` is not used.

    Yields
    ------
    Places

    Raises
    ------
    MissingExtraError
        If Dask is not installed.
    CodingStoppedError
        If the scheduler does not answer.
    """
    if scheduler is not None:
        with _cluster(scheduler) as found:
            yield found
    elif jobs > 1:
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            try:
                yield Places(pool, 2 * jobs)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    else:
        yield Places(_Here(), 1)


def results(place: Places, task: Callable[[T], R], given: Iterable[T]) -> Iterator[R]:
    """Run a task on each item and yield what comes of it as it comes.

    Parameters
    ----------
    place : Places
        Where.
    task : callable
        Of one argument; importable by name where it runs elsewhere.
    given : iterable
        Read only as fast as it is worked on.

    Yields
    ------
    object
        In the order in which they are done.

    Raises
    ------
    CodingStoppedError
        If a process dies.
    """
    waiting: set[Future[R]] = set()
    try:
        for item in given:
            waiting.add(place.executor.submit(task, item))
            if len(waiting) >= place.width:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    except BrokenProcessPool as error:
        message = "a coding process was killed, perhaps for its memory; run again with fewer --jobs"
        raise CodingStoppedError(message) from error
    finally:
        for future in waiting:
            future.cancel()


class _Here(Executor):
    """Runs each task at once, in this process."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run a task and return it done; what it raises is raised here."""
        done: Future[R] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@contextmanager
def _cluster(address: str) -> Iterator[Places]:
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError(_DASK) from error
    connect: Any = distributed.Client  # untyped
    try:
        client = connect(address, timeout=_CONNECTING, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"{address}: no Dask scheduler answers there; start one with: dask scheduler"
        raise CodingStoppedError(message) from error
    with client:
        threads = sum(client.nthreads().values())
        yield Places(client.get_executor(retries=_RETRIES, pure=False), 2 * max(threads, 1))
