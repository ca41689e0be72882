"""Answers that are worked out once and kept while what they are about stays the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 64
"""Answers held at once; the one asked for longest ago goes first."""


class Answers:
    """Answers by key. What they are about never changes; whoever holds them sees to that."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._working: dict[Hashable, RLock] = {}
        self._lock = RLock()

    def remembered(self, key: Hashable, work: Callable[[], T]) -> T:
        """The answer to ``key``, worked out once.

        Whoever asks for it meanwhile waits; whoever asks for another answer does not.
        """
        with self._lock:
            guard = self._working.setdefault(key, RLock())
        with guard:
            with self._lock:
                if key in self._held:
                    self._held.move_to_end(key)
                    found: T = self._held[key]
                    return found
            made = work()
            with self._lock:
                self._held[key] = made
                if len(self._held) > MOST:
                    self._working.pop(self._held.popitem(last=False)[0], None)
            return made

    def all(self) -> list[tuple[Hashable, Any]]:
        """Every answer that is held, the one asked for last at the end."""
        with self._lock:
            return list(self._held.items())
