"""What the name of a file says: a recording, an archive, something else, or half a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from analyzer.archive.records import Reason

ARCHIVE = ".zip"

CLOSED = (".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".tbz2", ".bz2", ".xz", ".zst", ".dmg")
"""Archives that are not opened; runs may lie in them, so nobody should think they were read."""

OTHERS = {
    "a picture": "jpg jpeg png gif heic heif webp tif tiff bmp svg ico psd",
    "a film": "mp4 mov avi mkv m4v webm",
    "sound": "mp3 m4a wav",
    "a table": "csv tsv xls xlsx ods numbers",
    "a document": "pdf doc docx odt rtf pages ppt pptx key epub",
    "text": "txt md log htm html css js py rb sh bat ini cfg conf toml eml msg",
    "data": "json jsonl ndjson geojson xml plist db sqlite sqlite3 parquet dat bin idx pack",
    "a plan or settings": "yaml yml",
    "a workout": "zwo erg mrc ics",
    "a map file": "kml kmz",
    "a shortcut": "lnk url webloc desktop gdoc gsheet",
    "a program": "exe msi app apk dll so pkg jar",
    "a recording in a format that is not read": "pwx sml slf hrm srm kcal",
}
"""Endings of names that are no recording: what they are, and their endings."""

_ENDING_OF = {f".{each}": what for what, endings in OTHERS.items() for each in endings.split()}

UNFINISHED = (
    ".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".aria2",
    ".!ut", ".!qb", ".tmp", ".temp", ".swp", ".icloud", ".sync", ".bts",
)  # fmt: skip
"""What browsers and programs that keep folders equal put behind a name until all is there."""

SYSTEM = ("thumbs.db", "desktop.ini", "icon\r", "__macosx")
"""What systems leave in folders, beside all that begins with a dot."""

_RECORDING = re.compile(r"\.(fit|gpx|tcx)(\.gz)?$", re.IGNORECASE)
_ENDING = re.compile(r"(\.[A-Za-z0-9]{1,8})?(\.gz)?$", re.IGNORECASE)
_RSYNC = re.compile(r"\..+\.(fit|gpx|tcx|zip)(\.gz)?\.[A-Za-z0-9]{6}", re.IGNORECASE)
_DATABASE = re.compile(r"\.(db|sqlite3?)-(wal|shm|journal)$", re.IGNORECASE)
"""What a database in use keeps beside it; a store may lie in the folder that it is about."""

_LOCK = re.compile(r"\.~lock\.|~\$|~syncthing~|\.syncthing\.", re.IGNORECASE)


class Kind(NamedTuple):
    """Why a file need not be opened, as `Found` has it; None: it may be a recording."""

    skipped: Reason | None = None
    why: str = ""


def kind_of(name: str) -> Kind:
    """
    Say what a file is by its name.

    What nobody knows is not skipped: watches write files without an ending too, and
    the content decides.

    Parameters
    ----------
    name : str
        The last part of its path.
    """
    small = name.lower()
    if _LOCK.match(name) or _RSYNC.fullmatch(name) or small.endswith(UNFINISHED):
        return Kind("unfinished", "a file that a program is still working on")
    if is_hidden(name):
        return Kind("other_file", "a hidden file of the system")
    if _DATABASE.search(name):
        return Kind("other_file", "data, not a recording")
    closed = next((ending for ending in CLOSED if small.endswith(ending)), "")
    if closed:
        return Kind("unreadable", f"an archive ({closed}) that is not opened; unpack it")
    bare = small.removesuffix(".gz")
    what = _ENDING_OF.get("." + bare.rpartition(".")[2]) if "." in bare else None
    return Kind("other_file", f"{what}, not a recording") if what else Kind()


def kind_of_folder(name: str) -> Kind:
    """Say why nothing in a folder need be opened; its files are counted all the same."""
    if name.lower().endswith(UNFINISHED):
        return Kind("unfinished", "in a folder that a program is still working on")
    if is_hidden(name):
        return Kind("other_file", "in a hidden folder")
    return Kind()


def is_hidden(name: str) -> bool:
    """Whether systems do not show this file or folder."""
    return name.startswith(".") or name.lower() in SYSTEM


def is_archive(name: str) -> bool:
    """Whether a name promises a zip."""
    return name.lower().endswith(ARCHIVE)


def without_archive(name: str) -> str:
    """Return the name of an archive without its ending; of another file as it is."""
    return name[: -len(ARCHIVE)] if is_archive(name) else name


def names_a_recording(name: str) -> bool:
    """Whether a name promises a recording; what does not may be one all the same."""
    return _RECORDING.search(name) is not None


def split_ending(name: str) -> tuple[str, str]:
    """Take a name apart before its ending: ``a.fit.gz`` is ``a`` and ``.fit.gz``."""
    known = _RECORDING.search(name) or _ENDING.search(name)
    at = known.start() if known else len(name)
    return (name[:at], name[at:]) if at else (name, "")
