"""Disjoint sets of names that grow together."""

from __future__ import annotations

Name = tuple[str, ...]


class Links:
    """Disjoint sets of names; the smallest name of a set is its root."""

    def __init__(self) -> None:
        self._up: dict[Name, Name] = {}

    def root(self, key: Name) -> Name:
        """The name by which its set is known."""
        path = []
        while (up := self._up.get(key, key)) != key:
            path.append(key)
            key = up
        self._up.update(dict.fromkeys(path, key))
        return key

    def join(self, a: Name, b: Name) -> None:
        """Make one set of two."""
        first, second = sorted((self.root(a), self.root(b)))
        self._up[second] = first
