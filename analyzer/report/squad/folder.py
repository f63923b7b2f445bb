"""A folder of messages: only what an earlier call wrote, and nobody has touched, is replaced."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.errors import OutputError
from analyzer.report.squad.messages import ENDING
from analyzer.report.write import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analyzer.report.squad.messages import Message

RECORD = ".progcheck-messages.json"
"""In the folder: which files are ours, each with the SHA-256 of what was written into it."""

MOST_RECORD = 10_000_000
"""A larger one is not ours [bytes]."""


class Written(NamedTuple):
    """What became of a folder: files written, taken away, and left as somebody else made them."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def write_messages(messages: Iterable[Message], folder: str) -> Written:
    """
    Write each message into a file of its own.

    A file that an earlier call wrote is replaced, and taken away where there is no such
    message any more: what lies in the folder afterwards is what is to be sent. A file that
    is not ours, or that somebody has changed since, is left as it is, and named.

    Parameters
    ----------
    messages : iterable of Message
        What is to be sent, and the names of its files.
    folder : str
        Where to; it is made if it is not there.

    Raises
    ------
    OutputError
        If the folder or a file cannot be written.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, error.strerror or "cannot be made") from error
    ours, texts = _ours(place), {m.file: m.text.encode() for m in messages}
    kept = tuple(sorted(name for name in {*ours, *texts} if _is_foreign(place / name, ours, texts)))
    removed = tuple(sorted(name for name in ours if name not in texts and name not in kept))
    digests = {name: [_digest(text)] for name, text in texts.items() if name not in kept}
    # Until all is written, old and new are ours: a call that is killed leaves nothing foreign.
    either = {name: [*ours.get(name, ()), *digests.get(name, ())] for name in {*ours, *digests}}
    _remember(place, either)
    for name in removed:
        _take_away(place / name)
    for name in digests:
        write_whole(str(place / name), texts[name])
    _remember(place, {**{name: ours[name] for name in kept if name in ours}, **digests})
    return Written(tuple(sorted(digests)), removed, kept)


def _is_foreign(path: Path, ours: Mapping[str, list[str]], texts: Mapping[str, bytes]) -> bool:
    """Whether a file is there that we did not write as it is, and would not write alike."""
    if path.is_symlink():
        return True
    if not path.exists():
        return False
    try:
        found = path.read_bytes() if path.is_file() else None
    except OSError:
        return True
    if found is None:
        return True
    return _digest(found) not in ours.get(path.name, ()) and found != texts.get(path.name)


def _ours(place: Path) -> dict[str, list[str]]:
    """Return what an earlier call wrote; nothing where that is not known."""
    record = place / RECORD
    try:
        if record.stat().st_size > MOST_RECORD:
            return {}
        kept = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    # A name with a folder in it was not written by us, and would lead out of this one.
    names = [name for name in kept if name == Path(name).name and name.endswith(ENDING)]
    return {name: [str(d) for d in kept[name]] for name in names if isinstance(kept[name], list)}


def _take_away(path: Path) -> None:
    """Remove a message that is not to be sent any more."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(path.name, error.strerror or "cannot be taken away") from error


def _remember(place: Path, digests: Mapping[str, list[str]]) -> None:
    """Keep which files are ours."""
    text = json.dumps(dict(sorted(digests.items())), indent=0, ensure_ascii=False) + "\n"
    write_whole(str(place / RECORD), text.encode())


def _digest(content: bytes) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(content).hexdigest()
