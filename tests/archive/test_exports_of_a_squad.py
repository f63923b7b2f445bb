"""Three hundred activities of twelve athletes as platforms give them: one command, all told."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.builders.exports import PLAN_LINE, squad_exports

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.exports import SquadExports

pytestmark = pytest.mark.slow

SHORTEST = 4
"""A family name with fewer letters may stand in any word."""


class Evening(NamedTuple):
    """What was run, and everything that came out of it."""

    squad: SquadExports
    account: dict[str, object]
    rows: list[dict[str, object]]
    messages: dict[str, str]
    output: str
    store: bytes


def progcheck(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analyzer", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    folder = tmp_path_factory.mktemp("evening")
    squad = squad_exports(folder, count=300, athletes=12)
    whose = ("--athletes", str(squad.athletes_file))
    batch = progcheck(folder, "batch", str(squad.folder), *whose, "--plan", PLAN_LINE, "--json")
    sheet = progcheck(folder, "squad", *whose, "--since", "2026-03-01", "--json")
    written = progcheck(folder, "squad", *whose, "--since", "2026-03-01", "--messages", "tonight")
    trends = progcheck(folder, "trends")
    messages = {p.stem: p.read_text(encoding="utf-8") for p in (folder / "tonight").glob("*.txt")}
    told = [d.stdout + d.stderr for d in (batch, sheet, written, trends)]
    return Evening(
        squad=squad,
        account=json.loads(batch.stdout),
        rows=json.loads(sheet.stdout)["athletes"],
        messages=messages,
        output="\n".join([*told, *messages.values()]),
        store=(folder / "progcheck.db").read_bytes(),
    )


def test_every_file_of_all_exports_is_accounted_for(evening):
    files = evening.squad.files
    runs = [f for f in files if f.activity is not None and f.activity.sport == "running"]
    assert evening.account["found"] == len(files)
    assert evening.account["reviewed"] == len(runs)
    assert evening.account["failed"] == evening.account["asked"] == []


def test_each_of_the_twelve_has_a_row_and_a_message(evening):
    keys = {person.key for person in evening.squad.people}
    assert {row["athlete"] for row in evening.rows} == keys
    assert len(evening.messages) == len(keys)


def test_each_message_greets_its_own_athlete_and_nobody_else(evening):
    for person in evening.squad.people:
        (text,) = [t for k, t in evening.messages.items() if k.casefold() == person.key.casefold()]
        assert text.startswith(f"Hi {person.first},")


def test_no_family_name_and_no_address_of_the_exports_is_in_any_output(evening):
    for person in evening.squad.people:
        secrets = [person.email, *(n for n in [person.last] if len(n) >= SHORTEST)]
        for secret in secrets:
            assert secret.casefold() not in evening.output.casefold()
            assert secret.encode() not in evening.store
