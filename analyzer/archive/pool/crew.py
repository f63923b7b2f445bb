"""The crew: which worker gets what, what each says, and whose death costs which task."""

from __future__ import annotations

import pickle
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, TypeVar

from analyzer.archive.pool.hand import Hand
from analyzer.archive.pool.lost import Lost, of_exit
from analyzer.archive.pool.messages import ERROR, MEMORY, NOT_STARTED, READY, TAKEN
from analyzer.archive.pool.signals import held_back_signals
from analyzer.errors import WorkersError

if TYPE_CHECKING:
    from analyzer.archive.pool.hand import Job, Workers
    from analyzer.archive.pool.line import Line
    from analyzer.archive.pool.messages import Message

T = TypeVar("T")
R = TypeVar("R")

MOST_DEATHS = 3
"""
After so many deaths in a row and one for each worker, with nothing taken in between, the next
would die as well.
"""

LOOK_S = 1.0
"""How often workers are looked at that say nothing."""

DYING_S = 2.0
"""How long a process that has closed its pipe is left to end by itself, and say how."""


class Crew(Generic[T, R]):
    """The workers of one call, started when there is something to do for them."""

    def __init__(self, terms: bytes, workers: Workers, line: Line[T, R]) -> None:
        self._terms = terms
        self._workers = workers
        self._line = line
        self._hands: list[Hand] = []
        self._deaths = 0
        self._looked_s = time.monotonic()

    def supply(self) -> None:
        """Give out jobs until everybody has one in hand and one waiting."""
        while (job := self._line.next()) is not None:
            hand = self._taker(job)
            if hand is None:
                self._line.take_back([job])
                return
            hand.give(job)

    def listen(self, *, is_pressed: bool) -> None:
        """Hear what workers say, or that they died; wait for it unless there is more to do."""
        if all(hand.is_idle() for hand in self._hands):
            return
        speaking = wait([hand.pipe for hand in self._hands], 0 if is_pressed else LOOK_S)
        passed_s = self._passed_s()
        for hand in tuple(self._hands):
            # What is said is heard first: nobody is late who has answered while we were away.
            if hand.pipe in speaking:
                self._hear(hand)
                continue
            hand.busy_s += passed_s
            if not speaking and not hand.process.is_alive():
                self._hear_out(hand)  # its pipe is still held by a process that it left
                self._bury(hand, None)
            elif hand.is_late(self._workers.timeout_s):
                self._end_late(hand)

    def _passed_s(self) -> float:
        """
        Return how long we have been looking at the workers since the last look.

        Not how long it is ago: after Ctrl-Z, or while the caller writes for a minute, the
        workers have stood still as well, or nobody has heard them.
        """
        now_s = time.monotonic()
        passed_s, self._looked_s = min(now_s - self._looked_s, 2 * LOOK_S), now_s
        return passed_s

    def end(self) -> None:
        """End all workers at once, whatever they do."""
        with held_back_signals():
            for hand in self._hands:
                hand.process.kill()
            for hand in self._hands:
                hand.end(0.0)
                hand.close()
            self._hands.clear()

    def _taker(self, job: Job) -> Hand | None:
        """Choose who gets a job: the idle first, then a new worker, then a second job."""
        able = [hand for hand in self._hands if hand.can_take(job)]
        least = min(able, key=lambda hand: len(hand.given), default=None)
        if (least is not None and not least.given) or len(self._hands) >= self._workers.jobs:
            return least
        new = self._start()
        return new if new is not None and new.can_take(job) else least

    def _start(self) -> Hand | None:
        """Start a worker; None if the system has none to give now."""
        try:
            with held_back_signals():
                hand = Hand(self._terms, self._workers.memory_bytes)
                self._hands.append(hand)
        except OSError as error:
            self._died_early(str(error))
            return None
        return hand

    def _hear(self, hand: Hand) -> None:
        """Hear one message, and draw the consequence."""
        message = hand.hear()
        if message is None:
            self._bury(hand, None)
        elif message.kind == NOT_STARTED:
            self._bury(hand, None, message.rest.decode(errors="replace"))
        elif message.kind == MEMORY:
            self._bury(hand, Lost("memory"))
        else:
            self._note(hand, message)

    def _note(self, hand: Hand, message: Message) -> None:
        """Note what a worker says that goes on."""
        if message.kind == READY:
            hand.is_ready = True
        elif message.kind != TAKEN:
            job, rest = hand.given.popleft(), message.rest
            is_error = message.kind == ERROR
            self._line.answer(job.number, Lost(*pickle.loads(rest)) if is_error else rest)  # noqa: S301 - from our own worker
            self._deaths = 0
        hand.begins(message.kind == TAKEN or message.has_next)

    def _hear_out(self, hand: Hand) -> None:
        """Hear the answers that a worker gave before it ended."""
        while hand.has_spoken() and (message := hand.hear()) is not None:
            if message.kind not in (MEMORY, NOT_STARTED):
                self._note(hand, message)

    def _bury(self, hand: Hand, lost: Lost | None, why: str = "") -> None:
        """Answer for the job that a dead worker held, and give the one behind it to another."""
        ended = of_exit(hand.end(0.0 if lost else DYING_S))
        if hand.holds_first:
            self._line.answer(hand.given.popleft().number, lost or ended)
            self._deaths = 0
        self._part(hand)
        if not hand.holds_first:
            self._died_early(why or ended.signal or f"exit code {ended.exit_code}")

    def _end_late(self, hand: Hand) -> None:
        """End a worker that does not answer; what it said in its last moment still counts."""
        late = hand.given[0] if hand.holds_first else None
        hand.end(0.0)
        self._hear_out(hand)
        if late is not None and hand.given and hand.given[0] is late:
            self._line.answer(hand.given.popleft().number, Lost("timeout"))
        self._part(hand)
        if late is None:
            self._died_early("it does not answer")

    def _part(self, hand: Hand) -> None:
        """Let a worker go that has ended; its other jobs go back to the line."""
        self._line.take_back(hand.given)
        self._hands.remove(hand)
        hand.close()

    def _died_early(self, why: str) -> None:
        """Count a worker that ended with nothing in hand; too many in a row end everything."""
        self._deaths += 1
        if self._deaths >= MOST_DEATHS + self._workers.jobs:
            raise WorkersError(why)
