"""Files behind URLs (``s3://``, ``gs://``, ``file://`` ...), through whatever fsspec knows."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from analyzer.archive.sources.tree import Branch, Leaf, Listing
from analyzer.errors import ActivityError, MissingExtraError
from analyzer.parsers.containers import MAX_BYTES, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PIECE = 4 * 1024 * 1024
"""What is in memory while an archive is copied [bytes]."""

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class _Entry(NamedTuple):
    """A file or folder of a listing: its name, its URL, and whether it is a folder."""

    name: str
    url: str
    is_folder: bool


def is_url(path: str) -> bool:
    """Whether a path is a URL; a drive of Windows is none."""
    return _URL.match(path) is not None


def named_remote(url: str) -> Branch | Leaf:
    """
    Return what somebody named: a folder or a file; one that cannot be reached is a file too.

    Raises
    ------
    MissingExtraError
        Without fsspec, or without the library for this kind of URL.
    """
    url = url.rstrip("/") if not url.endswith("://") else url
    name = _name(url)
    try:
        system, place = _at(url)
        is_folder = bool(system.isdir(place))
        is_there = is_folder or bool(system.exists(place))
    except MissingExtraError:
        raise
    except Exception as error:  # noqa: BLE001 - every library has errors of its own
        return Leaf(name, url, skipped="unreadable", why=f"it cannot be opened ({_reason(error)})")
    if is_folder:
        return _branch(name, url)
    if not is_there:
        return Leaf(name, url, skipped="unreadable", why="no such file or folder")
    return Leaf(name, url)


def remote_bytes(url: str, label: str) -> bytes:
    """Read a file whole; ActivityError by its label, in which nothing of the URL is."""

    def read(file: IO[bytes]) -> bytes:
        return file.read(MAX_BYTES + 1)

    content: bytes = _opened(url, label, read)
    if len(content) > MAX_BYTES:
        raise too_large(label)
    return content


def copy_remote(url: str, label: str, into: IO[bytes], most_bytes: int) -> None:
    """Copy a file, such as an archive, that is read at many places; ActivityError as above."""

    def copied(file: IO[bytes]) -> None:
        size = 0
        while piece := file.read(PIECE):
            size += len(piece)
            if size > most_bytes:
                raise too_large(label)
            into.write(piece)

    _opened(url, label, copied)


def _opened(url: str, label: str, read: Callable[[IO[bytes]], Any]) -> Any:  # noqa: ANN401 - what it reads
    """Open a file and read it."""
    try:
        system, place = _at(url)
        with system.open(place, "rb") as file:
            return read(file)
    except (ActivityError, MissingExtraError):
        raise
    except FileNotFoundError:
        raise ActivityError(label, "no longer there", "", "look for it again") from None
    except Exception as error:
        raise ActivityError(label, f"cannot be read ({_reason(error)})") from error


def _branch(name: str, url: str) -> Branch:
    """Make a folder that is listed when it is its turn; there are no links that lead to it."""
    return Branch(name, url, lambda: remote_listing(url), lambda: remote_listing(url))


def remote_listing(url: str) -> Listing:
    """List a folder, with the reason if it cannot be read."""
    name = _name(url)
    try:
        entries = sorted(_entries(url))
    except Exception as error:  # noqa: BLE001 - every library has errors of its own
        return Listing(name, why=f"the folder cannot be read ({_reason(error)})")
    branches = tuple(_branch(e.name, e.url) for e in entries if e.is_folder)
    return Listing(name, branches, tuple(Leaf(e.name, e.url) for e in entries if not e.is_folder))


def _entries(url: str) -> Iterator[_Entry]:
    """Name what lies in a folder; stores of objects list the folder itself as an empty file."""
    system, place = _at(url)
    listed: Iterable[dict[str, Any]] = system.ls(place, detail=True)
    scheme = url.partition("://")[0]
    for each in listed:
        path = str(each["name"]).rstrip("/")
        name = path.rpartition("/")[2]
        if name and path.strip("/") != str(place).strip("/"):
            whole = f"{scheme}://{path}"
            yield _Entry(name, whole, each["type"] == "directory")


def _at(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and the place in it."""
    if find_spec("fsspec") is None:
        raise _missing(url)
    import fsspec

    try:
        system, place = fsspec.core.url_to_fs(url)
    except ImportError:
        raise _missing(url) from None
    return system, place


def _missing(url: str) -> MissingExtraError:
    """Say that a library is not there."""
    return MissingExtraError("remote", f"{url.partition('://')[0]}://")


def _name(url: str) -> str:
    """Return the last part of a URL; of a bucket alone its name, without key and password."""
    return url.rpartition("/")[2].rpartition("@")[2] or "folder"


def _reason(error: Exception) -> str:
    """Say why, without words of a library: a URL with a key may be among them."""
    return getattr(error, "strerror", None) or type(error).__name__
