"""Worker processes that may be killed: what one was doing is done again, and nobody waits for ever.

Each worker has a pipe of its own. In a pool whose workers share one, as in the standard library, a worker that is
killed in the middle of a long answer leaves half of it there, and whoever reads waits for the rest for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from aiposim import families
from aiposim.compiled import wanted

MOST_DEATHS = 3
"""How often a task may lose its worker before it is given up."""
_AHEAD = 2  # one that is worked on, one that waits for the worker

Work = TypeVar("Work")
Answer = TypeVar("Answer")


class WorkerDied(RuntimeError):
    """A worker process was ended from outside, again and again."""


class Worker:
    """A process that answers tasks one after the other, in the order in which it was given them."""

    def __init__(self, context: Any, rules: str) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_answer, args=(theirs, rules), daemon=True)
        self.process.start()
        theirs.close()  # or the end of the process would not be the end of the pipe
        self.given: deque[int] = deque()

    def end(self) -> None:
        self.process.terminate()
        self.pipe.close()


class Crew:
    """Worker processes that stay ready from one study to the next."""

    def __init__(self, size: int, rules: str) -> None:
        self.rules = rules
        self.context = _process_context()
        self.workers = [Worker(self.context, rules) for _ in range(size)]

    def answers(
        self, function: Callable[[Work], Answer], tasks: Sequence[Work], told: Callable[[Work], str]
    ) -> Iterator[tuple[int, Answer]]:
        """The answers as they come, each with the number of its task; few tasks are under way at once.

        told   says in words what a task is, if its worker dies again and again
        Errors: WorkerDied; whatever the function raises. The crew is of no use after an error, and is to be ended.
        """
        waiting = deque(range(len(tasks)))
        deaths = dict.fromkeys(waiting, 0)
        while waiting or any(worker.given for worker in self.workers):
            for place in [*range(len(self.workers))] * _AHEAD:  # each gets its first task before any gets its second
                if waiting and len(self.workers[place].given) < _AHEAD:
                    number = waiting.popleft()
                    if not self._gave(self.workers[place], function, tasks, number):
                        waiting.appendleft(number)
                        self._replace(place, waiting, deaths, tasks, told)
            pipes = {worker.pipe: place for place, worker in enumerate(self.workers) if worker.given}
            for pipe in wait(list(pipes)):
                place = pipes[pipe]
                try:
                    answer, error = self.workers[place].pipe.recv()
                except (EOFError, OSError, pickle.UnpicklingError):  # it has died, perhaps in the middle of an answer
                    self._replace(place, waiting, deaths, tasks, told)
                    continue
                if error is not None:
                    raise error
                yield self.workers[place].given.popleft(), answer
                del answer  # before the next one comes

    @staticmethod
    def _gave(worker: Worker, function: Callable[[Work], Answer], tasks: Sequence[Work], number: int) -> bool:
        """Whether the worker could be given a task."""
        try:
            worker.pipe.send((function, tasks[number]))
        except OSError:
            return False
        worker.given.append(number)
        return True

    def _replace(
        self,
        place: int,
        waiting: deque[int],
        deaths: dict[int, int],
        tasks: Sequence[Work],
        told: Callable[[Work], str],
    ) -> None:
        """Another worker for one that has died; what it had been given waits again, first in the line."""
        dead = self.workers[place]
        if dead.given:
            number = dead.given[0]
            deaths[number] += 1
            if deaths[number] >= MOST_DEATHS:
                raise WorkerDied(
                    f"A worker process was ended from outside, {MOST_DEATHS} times, while it computed "
                    f"{told(tasks[number])}. Too little memory? Try fewer --workers."
                )
        waiting.extendleft(reversed(dead.given))
        dead.end()
        self.workers[place] = Worker(self.context, self.rules)

    def end(self) -> None:
        """End the workers at once, whatever they are doing."""
        for worker in self.workers:
            worker.end()


_crews: dict[tuple[int, str], Crew] = {}


def crew(size: int) -> Crew:
    """Workers, kept ready for the next study of this process."""
    key = (size, os.environ.get(families.RULES_VARIABLE, ""))
    if key not in _crews:
        end_crews()
        _crews[key] = Crew(*key)
    return _crews[key]


def end_crews() -> None:
    """End all workers at once."""
    for key in list(_crews):
        _crews.pop(key).end()


def _answer(pipe: Connection, rules: str) -> None:
    """What a worker does: take a task, give an answer or an error, until the pipe is closed.

    Ctrl-C reaches every process of the terminal; only the first one answers it, and ends the others. The server that
    workers start from may be older than the user's own rules.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ[families.RULES_VARIABLE] = rules
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    while True:
        try:
            function, task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[Any, BaseException | None] = (function(task), None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised again where the answer is awaited
            answer = (None, _that_travels(error))
        pipe.send(answer)


def _that_travels(error: Exception) -> Exception:
    """The error itself, or its words if it cannot be sent to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - an error may refuse to travel in many ways
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_the_first() -> None:
    """A worker whose first process was killed would wait for work for ever."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _process_context() -> Any:
    """Workers start from a clean server process where there is one: forking a process with threads can hang."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["aiposim.ensemble", "aiposim.machine_code"] if wanted() else [])
    return context
