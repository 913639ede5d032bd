"""The only module that knows Dask exists: blocks of runs on the workers of a cluster, or on those of this machine."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

from aiposim.compiled import source_digest
from aiposim.driver import Block, FoldedBlock, Task
from aiposim.ensemble import Compute, Computed, cores
from aiposim.orders import OtherSource, answer, check_source, order_for
from aiposim.workers import MOST_DEATHS, WorkerDied

LOCAL = "local"
"""In place of an address: a cluster of this machine's own, which ends with the work."""
AHEAD = 3
"""Blocks given out for each worker: one is computed, one waits for the worker, one waits to be fetched."""
SECONDS_TO_CONNECT = 10.0
_SECONDS_BETWEEN_LOOKS = 2.0
_SECONDS_WITHOUT_WORKERS = 10.0


class ClusterError(Exception):
    """A cluster cannot be reached, was lost, or cannot compute what is asked; one line says which."""


@contextlib.contextmanager
def computed_on_dask(
    address: str, workers: int | None = None, *, say: Callable[[str], None] = warnings.warn
) -> Iterator[Computed]:
    """A cluster that computes tasks: what it gives stands in for `aiposim.ensemble.computed`.

    address     of a scheduler, as tcp://host:port or tls://host:port; or the JSON file that `dask scheduler
                --scheduler-file` writes; or "local": a cluster on this machine, loopback only, closed at the end
    workers     processes of a local cluster; all cores unless said; elsewhere it is the cluster that knows
    say         is called with a line about what is waited for
    Errors: ClusterError if Dask is not installed, nobody answers there, or what answers is another version.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise ClusterError("Dask is not installed: pip install 'aiposim[dask]'.") from error
    local = address == LOCAL
    with _quietly(), _local_cluster(workers or cores()) if local else _connected(_found(address)) as client:
        _check_versions(client)
        yield partial(_computed, client, address, say)


# ---- reaching a cluster ----


def _found(address: str) -> str:
    """The address itself, or the one in a scheduler file.

    Errors: ClusterError for what is neither.
    """
    if address.endswith(".json"):
        try:
            return str(json.loads(Path(address).read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ClusterError(f"{address} is no scheduler file: {error}.") from error
    host, _, port = address.removeprefix("tcp://").removeprefix("tls://").rpartition(":")
    if not host or "/" in host or not port.isdigit():
        raise ClusterError(
            f"{address} is no address of a Dask scheduler; write tcp://HOST:PORT, the name of a scheduler file "
            "(.json), or local."
        )
    return address


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    import dask
    from distributed import Client

    if address.startswith("tls://") and not dask.config.get("distributed.comm.tls.client.cert", None):
        raise ClusterError(
            f"{address} asks for a key, and Dask's configuration names none (distributed.comm.tls, docs/clusters.md)."
        )
    try:
        client = _in_time(partial(Client, address, timeout=SECONDS_TO_CONNECT, set_as_default=False))
    except Exception as error:
        raise ClusterError(f"No Dask scheduler answers at {address}: {_line(error)}.") from error
    try:
        yield client
    finally:
        _close(client)


def _in_time(connect: Callable[[], Any]) -> Any:
    """What `connect` gives; it may wait for ever for the words of a server that is none of Dask's.

    Errors: TimeoutError; those of `connect`.
    """
    answer: Future[Any] = Future()

    def ask() -> None:
        try:
            answer.set_result(connect())
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            answer.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answer.result(timeout=2 * SECONDS_TO_CONNECT)
    except TimeoutError:
        if answer.done():
            raise
        raise TimeoutError("what answers there does not speak as Dask does") from None


@contextlib.contextmanager
def _local_cluster(workers: int) -> Iterator[Any]:
    """Worker processes and their scheduler, on loopback and under a key that only they know.

    Whoever else works on this machine could otherwise give them work to do.
    """
    import dask
    from distributed import Client, LocalCluster

    with dask.config.set(
        {
            "distributed.scheduler.http.routes": [],
            "distributed.worker.http.routes": [],
            "distributed.scheduler.allowed-failures": MOST_DEATHS - 1,
            "distributed.worker.profile.enabled": False,
        }
    ):
        try:
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                security=True,
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                memory_limit=None,
                silence_logs=logging.CRITICAL,
                preload=["import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"],  # the first process answers
            )
        except (OSError, RuntimeError, ImportError) as error:
            raise ClusterError(f"A local Dask cluster cannot be started: {_line(error)}.") from error
        try:
            client = Client(cluster, set_as_default=False)
            try:
                yield client
            finally:
                _close(client)
        finally:
            _close(cluster)


def _close(opened: Any) -> None:
    """Whatever goes wrong in closing is no news: the work is done, or its own error is under way."""
    with contextlib.suppress(OSError, RuntimeError, CancelledError):
        opened.close(timeout=10)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """What Dask logs about lost workers and connections is said here in words of our own, or mended."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client", "tornado.application")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _check_versions(client: Any) -> None:
    """Scheduler and workers must have the source that is here; workers that join later are asked with each block."""
    try:
        sources = {"The scheduler": client.run_on_scheduler(source_digest)}
        sources |= {f"The worker {worker}": source for worker, source in client.run(source_digest).items()}
    except (OSError, CancelledError) as error:
        raise ClusterError(f"The cluster does not answer: {_line(error)}.") from error
    except Exception as error:  # whatever another version or none at all makes of the question
        raise ClusterError(
            f"The cluster has no aiposim that works ({_line(error)}); scheduler and workers need the same version as "
            "here."
        ) from error
    try:
        for who, source in sources.items():
            check_source(who, source, source_digest())
    except OtherSource as error:
        raise ClusterError(str(error)) from None


# ---- giving out work ----


def _computed(
    client: Any, address: str, say: Callable[[str], None], tasks: Sequence[Task], compute: Compute
) -> Iterator[tuple[int, Block]]:
    """The blocks of the tasks as they are done, each with the number of its task.

    Errors: WorkerDied if a block loses its worker again and again; ClusterError if the scheduler is lost; the first
    exception of a task.
    """
    study = uuid4().hex
    crew = _Crew(client, address, say)
    finished: SimpleQueue[int] = SimpleQueue()
    fetched: deque[tuple[int, Future[FoldedBlock]]] = deque()
    under_way: dict[int, Any] = {}
    following = iter(range(len(tasks)))
    fetcher = ThreadPoolExecutor(1, "aiposim-fetcher")  # the next block comes in while this one is written down

    def give_out() -> None:
        for number in following:
            # Keys of one group: Dask's scheduler keeps something of every group for ever.
            key = (f"aiposim-{study}", number)
            future = client.submit(answer, order_for(tasks[number], compute), key=key, pure=False)
            under_way[number] = future
            future.add_done_callback(lambda _, number=number: finished.put(number))
            if len(under_way) >= crew.room():
                break

    try:
        while True:
            if len(under_way) < crew.room():
                give_out()
            if not under_way:
                return
            with contextlib.suppress(Empty):
                while len(fetched) < 2:
                    number = finished.get(block=not fetched, timeout=_SECONDS_BETWEEN_LOOKS)
                    fetched.append((number, fetcher.submit(under_way[number].result)))
            if fetched:
                number, fetching = fetched.popleft()
                block = _result(fetching, tasks[number], address)
                del under_way[number]  # Dask forgets it everywhere
                yield number, block
    finally:
        fetcher.shutdown(wait=False, cancel_futures=True)
        for future in under_way.values():
            with contextlib.suppress(OSError, RuntimeError, CancelledError):
                future.release()


def _result(fetching: Future[FoldedBlock], task: Task, address: str) -> Block:
    from distributed.scheduler import KilledWorker

    try:
        return fetching.result().unfolded()
    except KilledWorker as error:
        raise WorkerDied(
            f"Workers of {address} were ended from outside, {error.allowed_failures + 1} times, while they had runs "
            f"{task.first} to {task.first + task.runs - 1} to compute. Too little memory?"
        ) from None
    except OtherSource as error:
        raise ClusterError(str(error)) from None
    except CancelledError as error:
        raise ClusterError(f"The connection to the scheduler at {address} was lost.") from error


class _Crew:
    """How many workers there are, looked up now and then: they come and go."""

    def __init__(self, client: Any, address: str, say: Callable[[str], None]) -> None:
        self._client, self._address, self._say = client, address, say
        self._workers, self._looked, self._seen = 0, 0.0, time.monotonic()
        self._said: set[str] = set()

    def room(self) -> int:
        """How many blocks may be under way."""
        if time.monotonic() - self._looked >= _SECONDS_BETWEEN_LOOKS:
            self._look()
        return AHEAD * max(1, self._workers)

    def _look(self) -> None:
        try:
            threads = self._client.nthreads()
        except (OSError, CancelledError, RuntimeError, AttributeError) as error:
            raise ClusterError(f"The connection to the scheduler at {self._address} was lost.") from error
        self._workers, self._looked = len(threads), time.monotonic()
        if self._workers:
            self._seen = self._looked
        elif self._looked - self._seen > _SECONDS_WITHOUT_WORKERS:
            self._say_once(f"No worker is connected to {self._address}; waiting for one.")
        if any(number > 1 for number in threads.values()):
            self._say_once(
                f"Some workers of {self._address} have several threads, of which only one computes; start them with "
                "--nthreads 1 and as many --nworkers as cores."
            )

    def _say_once(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._say(line)


def _line(error: BaseException) -> str:
    said = " ".join(str(error).split())[:300].rstrip(".")
    return said or type(error).__name__
