# ruff: noqa: E501, RUF001 - tables read best a case a line; dashes and digits of all kinds
"""What a plan may say and what it may not: accepted with its meaning, refused with a remedy."""

import json
import math
import re

import pytest

from analyzer.errors import PlanError
from analyzer.plans.read import parse_line, parse_plan
from analyzer.review.plan_source import read_plan
from tests.places import BAD, needs_bad

ACCEPTED_LINES = [
    # line, [(seconds or metres, pace in s/km or None, role), ...]
    ("15min easy", [(900, None, "easy")]),
    ("15 min easy, 10min @ 4:00", [(900, None, "easy"), (600, 240, "progression")]),
    ("2x10min @ 4:00, 3:50 /km", [(600, 240, "progression"), (600, 230, "progression")]),
    ("3x10min @ 4:00 -10s", [(600, 240 - 10 * i, "progression") for i in range(3)]),
    ("2x10min @ 4:00", [(600, 240, "steady")] * 2),
    ("10min @ 4:00/km", [(600, 240, "progression")]),
    ("10min @ 6:26/mi", [(600, 386 / 1.609344, "progression")]),
    ("10min @ 15 km/h", [(600, 240, "progression")]),
    ("10min @ 4:10-3:50/km", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 3:50-4:10", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 4:10 -> 3:50", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ >=4:30/km", [(600, 270, "progression")]),
    ("10min @ <=4:30", [(600, 270, "progression")]),
    (
        "10min @ 4:00, 10min @ previous - 10s",
        [(600, 240, "progression"), (600, 230, "progression")],
    ),
    ("10min @ 4:00, 10min @ -10s/km", [(600, 240, "progression"), (600, 230, "progression")]),
    ("90s @ 4:00", [(90, 240, "progression")]),
    ("1h30 steady", [(5400, None, "steady")]),
    ("1h easy", [(3600, None, "easy")]),
    ("10:00 @ 4:00", [(600, 240, "progression")]),
    ("1:30:00 easy", [(5400, None, "easy")]),
    ("2km @ 4:00", [(2000, 240, "progression")]),
    ("400m @ 4:00", [(400, 240, "progression")]),
    ("1mi @ 4:00", [(1609.344, 240, "progression")]),
    ("half @ 4:00", [(21097.5, 240, "progression")]),
    ("2min rest", [(120, None, "rest")]),
    ("10min @ 4:00, open easy", [(600, 240, "progression"), (None, None, "cooldown")]),
    ("20min warm-up, 10min @ 4:00", [(1200, None, "easy"), (600, 240, "progression")]),
    ("10min @ 5:00, 10min @ 4:00", [(600, 300, "easy"), (600, 240, "progression")]),
    # lengths: every unit in words, large and small, with blanks of any kind
    ("10 MIN Easy", [(600, None, "easy")]),
    ("10 minutes easy", [(600, None, "easy")]),
    ("1 hour 15 min easy", [(4500, None, "easy")]),
    ("1.5h easy", [(5400, None, "easy")]),
    ("1h 30 easy", [(5400, None, "easy")]),
    ("10min 30s easy", [(630, None, "easy")]),
    ("90.5 seconds easy", [(90.5, None, "easy")]),
    ("0:45 easy", [(45, None, "easy")]),
    ("24h easy", [(86400, None, "easy")]),
    ("4:00 easy", [(240, None, "easy")]),
    ("10min", [(600, None, "steady")]),
    ("10\u00a0min\u202feasy", [(600, None, "easy")]),
    ("10mtr easy", [(10, None, "easy")]),
    ("10 metres easy", [(10, None, "easy")]),
    ("5 KM easy", [(5000, None, "easy")]),
    ("21.1km easy", [(21100, None, "easy")]),
    ("2 miles easy", [(3218.688, None, "easy")]),
    ("Half easy", [(21097.5, None, "easy")]),
    ("half-marathon easy", [(21097.5, None, "easy")]),
    ("marathon easy", [(42195, None, "easy")]),
    ("300km easy", [(300_000, None, "easy")]),
    ("Open", [(None, None, "cooldown")]),
    ("open @ 5:00", [(None, 300, "progression")]),
    # efforts
    ("10min free", [(600, None, "steady")]),
    ("10min walk", [(600, None, "rest")]),
    ("10min cool down", [(600, None, "cooldown")]),
    ("10min @ EASY", [(600, None, "easy")]),
    ("10min easy @ 5:00", [(600, 300, "easy")]),
    ("10min hill 3 @ 5:00", [(600, 300, "progression")]),
    # paces: with and without '@', unit, blanks, decimals, speeds
    ("10min 4:00/km", [(600, 240, "progression")]),
    ("10min@4:00", [(600, 240, "progression")]),
    ("10min @ 4:00 / KM", [(600, 240, "progression")]),
    ("10min @ 4:00\u00a0/km", [(600, 240, "progression")]),
    ("10min @ 04:00", [(600, 240, "progression")]),
    ("10min @ 4:00.5/km", [(600, 240.5, "progression")]),
    ("10min @ 1:40", [(600, 100, "progression")]),
    ("10min @ 20:00/km", [(600, 1200, "progression")]),
    ("10min @ 32:00/mi", [(600, 1920 / 1.609344, "progression")]),
    ("10min @ 6:26/mile", [(600, 386 / 1.609344, "progression")]),
    ("10min @ 15.5 KM/H", [(600, 3600 / 15.5, "progression")]),
    ("10min @ 15kph", [(600, 240, "progression")]),
    ("10min @ 9.3 mph", [(600, 3600 / 9.3 / 1.609344, "progression")]),
    # ranges, ramps and bounds
    ("10min @ 4:10 - 3:50 /km", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 4:10–3:50/km", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 4:10\u22123:50", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 4:10/km-3:50/km", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 6:40-6:00/mi", [(600, (400 * 360) ** 0.5 / 1.609344, "progression")]),
    ("10min @ 6:40/mi-6:00", [(600, (400 * 360) ** 0.5 / 1.609344, "progression")]),
    ("10min @ 4:00/km-6:00/mi", [(600, (240 * 360 / 1.609344) ** 0.5, "progression")]),
    ("10min @ 4:10-15 km/h", [(600, (250 * 240) ** 0.5, "progression")]),
    ("10min @ 14-15 km/h", [(600, 3600 / (14 * 15) ** 0.5, "progression")]),
    ("10min @ 4:10→3:50/km", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 4:10 –> 3:50", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 6:40 -> 6:00 /mi", [(600, (400 * 360) ** 0.5 / 1.609344, "progression")]),
    ("10min @ ≥4:30", [(600, 270, "progression")]),
    ("10min @ ≤ 4:30/km", [(600, 270, "progression")]),
    ("10min @ <7:15/mi", [(600, 435 / 1.609344, "progression")]),
    ("10min @ >=15 km/h", [(600, 240, "progression")]),
    # several blocks of one step
    ("2×10min @ 4:00, 3:50", [(600, 240, "progression"), (600, 230, "progression")]),
    ("2 X 10min @ 4:00, 3:50", [(600, 240, "progression"), (600, 230, "progression")]),
    ("2*10min @ 4:00; 3:50", [(600, 240, "progression"), (600, 230, "progression")]),
    (
        "2x10min @ 6:40, 6:30 /mi",
        [(600, 400 / 1.609344, "progression"), (600, 390 / 1.609344, "progression")],
    ),
    (
        "2x10min @ 6:40-6:30, 6:30-6:20 /mi",
        [
            (600, (400 * 390) ** 0.5 / 1.609344, "progression"),
            (600, (390 * 380) ** 0.5 / 1.609344, "progression"),
        ],
    ),
    (
        "2x10min @ >=6:40, 6:30 /mi",
        [(600, 400 / 1.609344, "progression"), (600, 390 / 1.609344, "progression")],
    ),
    (
        "2x10min @ 4:00/km, 6:00/mi",
        [(600, 240, "progression"), (600, 360 / 1.609344, "progression")],
    ),
    ("3x10min @ 4:00, -10s, -10s", [(600, 240 - 10 * i, "progression") for i in range(3)]),
    ("2x10min @ 4:00, easy", [(600, 240, "progression"), (600, None, "easy")]),
    ("3x10min @ 4:00 \u221210s", [(600, 240 - 10 * i, "progression") for i in range(3)]),
    ("3x10min @ 4:00/km + 10 sec", [(600, 240 + 10 * i, "progression") for i in range(3)]),
    ("3x10min @ 6:40/mi -10s", [(600, (400 - 10 * i) / 1.609344, "progression") for i in range(3)]),
    (
        "2x10min @ 6:40 -10s/mi",
        [(600, 400 / 1.609344, "progression"), (600, 390 / 1.609344, "progression")],
    ),
    (
        "2x10min @ 4:00/km -10s/mi",
        [(600, 240, "progression"), (600, 240 - 10 / 1.609344, "progression")],
    ),
    (
        "3x1mi @ 6:40/mi, 6:30, 6:20",
        [(1609.344, (400 - 10 * i) / 1.609344, "progression") for i in range(3)],
    ),
    ("10min @ 6:40/mi - 10s", [(600, 390 / 1.609344, "progression")]),
    ("10min @ 6:40 - 10s/mi", [(600, 390 / 1.609344, "progression")]),
    (
        "10min @ 6:40/mi, 10min @ -10s, 10min @ previous - 10s",
        [(600, (400 - 10 * i) / 1.609344, "progression") for i in range(3)],
    ),
    (
        "3x10min @ 15 km/h, 16 km/h, 17.5 - 18 km/h",
        [(600, 240, "progression"), (600, 225, "progression"), (600, 202.83, "progression")],
    ),
    # a step down from each block to the next
    (
        "10min @ 4:00, 3x10min @ previous - 10s",
        [(600, 240 - 10 * i, "progression") for i in range(4)],
    ),
    ("10min @ 4:00, 2x10min -10s", [(600, 240 - 10 * i, "progression") for i in range(3)]),
    (
        "10min @ 4:00, 2x10min @ 102% previous",
        [(600, 240 / 1.02**i, "progression") for i in range(3)],
    ),
    ("10min @ 4:00, 3x10min @ previous", [(600, 240, "steady")] * 4),
    # only at the end is an open block a cool-down
    (
        "open, 10min @ 4:00, open",
        [(None, None, "steady"), (600, 240, "progression"), (None, None, "cooldown")],
    ),
    # words that hold another word, and words that say the contrary
    (
        "10min uneasy @ 4:10, 10min not easy @ 4:00, 10min stay cool @ 3:50",
        [(600, 250 - 10 * i, "progression") for i in range(3)],
    ),
    ("1000x1s easy", [(1, None, "easy")] * 1000),
    # relative to another
    ("10min @ 4:00 - 10s", [(600, 230, "progression")]),
    ("10min @ 4:00, 10min @ previous", [(600, 240, "steady")] * 2),
    (
        "10min @ 4:00, 10min @ Prev + 10 seconds",
        [(600, 240, "progression"), (600, 250, "progression")],
    ),
    ("10min @ 4:00, 10min -10s", [(600, 240, "progression"), (600, 230, "progression")]),
    (
        "10min @ 4:00, 10min @ previous - 10s/mi",
        [(600, 240, "progression"), (600, 240 - 10 / 1.609344, "progression")],
    ),
    ("10min @ 95% 4:00", [(600, 240 / 0.95, "progression")]),
    (
        "10min @ 4:00, 10min @ 102 % of previous",
        [(600, 240, "progression"), (600, 240 / 1.02, "progression")],
    ),
]

REFUSED_LINES = [
    # line, column, words of the remedy
    ("10m @ 4:00", 1, "write 10min"),
    ("15 easy", 1, "write 10min"),
    ("5 k @ 4:00", 1, "write 5km"),
    ("10min eazy", 7, "did you mean 'easy'"),
    ("10min @ 4:60", 9, "00 to 59"),
    ("10min @ 0:00/km", 9, "check the digits"),
    ("10min @ 59:00/km", 9, "check the digits"),
    ("10min @ 4:00/parsec", 9, "write 4:00/km"),
    ("10min @", 8, "write 4:00/km"),
    ("4x10min @ 4:00, 3:50", 11, "write 4 of them"),
    ("0x10min @ 4:00", 1, "1 to 1000"),
    ("999999999x1s @ 5:00/km", 1, "limit of blocks"),
    ("10min @ previous - 10s", 9, "write a pace"),
    ("10min @ threshold", 9, "write 4:00/km"),
    ("10min @ 4:00 -> fast", 9, "write 4:10 -> 3:50"),
    ("10min @ >=fast", 9, "write >=4:30/km"),
    ("30h easy", 1, "limit of 24 h"),
    ("400km @ 5:00", 1, "limit of 300 km"),
    ("0min easy", 1, "write 10min"),
    ("1:75 easy", 1, "60 or more"),
    ("10min @ 4:00,, 5min easy", 14, "15min easy"),
    ("", 1, "15min easy"),
    # lengths
    ("10 m @ 4:00", 1, "write 10min"),
    ("5K @ 4:00", 1, "write 5km"),
    ("0m easy", 1, "write 2km"),
    ("0:00 easy", 1, "write 10min"),
    ("24:00:01 easy", 1, "limit of 24 h"),
    ("1h90 easy", 1, "write 2h30"),
    ("1h30m easy", 1, "1h30"),
    ("10min30 easy", 1, "write 10min"),
    ("-10min easy", 1, "write 10min"),
    ("10' easy", 1, "write 10min"),
    ("10sek easy", 1, "write 10min"),
    ("1e3m easy", 1, "400m"),
    (".5km easy", 1, "2km"),
    ("1:2:3:4 easy", 1, "write 10min"),
    ("inf easy", 1, "write 10min"),
    ("600", 1, "write 10min"),
    ("easy", 1, "write 10min"),
    ("@ 4:00", 1, "write 10min"),
    ("halfway easy", 1, "write 10min"),
    ("1,5km @ 4:00", 1, "write 1.5km"),
    ("15min easy, 4x1,5km @ 4:00", 15, "write 1.5km"),
    ("10min @ 3:40-50", 9, "write 3:40-3:50 for a range"),
    ("10min @ 14-15", 9, "write 14-15 km/h"),
    ("10min @ 4:00 -0:10", 9, "write 4:00 -10s"),
    ("10min @ -0:10", 9, "write -10s"),
    ("3x10min @ 4:00-3:50 -10s", 11, "write 4:00 -10s"),
    ("3x10min @ 4:00/km, 3:50, 6:20/mi", 20, "per km or per mile?"),
    ("10min @ 4:05, 30x1min @ -10s", 25, "block 15 of 30"),
    # efforts and names
    ("10min (easy)", 7, "did you mean 'easy'"),
    ("10min easy/steady", 7, "did you mean"),
    ("10min 5km easy", 7, "put a comma before it"),
    ("15min easy 4x10min @ 4:00", 12, "put a comma before it"),
    ("10min / 20min", 9, "put a comma before it"),
    ("10min @ 4:00 10min easy", 9, "write 4:00/km"),
    ("10min @ 4:00 easy", 9, "words go before the '@'"),
    ("10min at 4:00", 7, "write @ 4:00"),
    ("10min -> 4:00", 7, "write 4:10 -> 3:50"),
    # paces
    ("10min @ 4:00km", 9, "write 4:00/km"),
    ("10min @ 4:00 min/km", 9, "write 4:00/km"),
    ("10min @ 6:26 per mile", 9, "write 6:26/mi"),
    ("10min @ 4.00/km", 9, "write 4:00/km"),
    ("10min @ 4'00\"/km", 9, "write 4:00/km"),
    ("10min @ 4", 9, "write 4:00"),
    ("10min @ 15", 9, "write 15 km/h"),
    ("10min @ 15 km / h", 9, "write 15 km/h"),
    ("10min @ 0 km/h", 9, "write 15 km/h"),
    ("10min @ 150 km/h", 9, "check the digits"),
    ("10min @ 37 km/h", 9, "check the digits"),
    ("10min @ 4.47 m/s", 9, "write 4:00/km"),
    ("10min @ 240s", 9, "write 4:00/km"),
    ("10min @ 4:0", 9, "00 to 59"),
    ("10min @ 4:000", 9, "write 4:00/km"),
    ("10min @ 4:00.1234567", 9, "write 4:00/km"),
    ("10min @ 1:39", 9, "check the digits"),
    ("10min @ 20:01/km", 9, "check the digits"),
    ("10min @ 1:40/mi", 9, "check the digits"),
    ("10min @ 4:00/m", 9, "write 4:00/km"),
    ("10min @ 6:26/miles", 9, "write 4:00/km"),
    ("10min @ -4:00", 9, "write 4:00"),
    ("10min @ 4:00/3:50", 9, "4:00-3:50/km"),
    # ranges, ramps and bounds
    ("10min @ 4:00 to 3:50", 9, "write 4:00-3:50"),
    ("10min @ 4:00-", 9, "4:00-3:50/km"),
    ("10min @ 4:00-3:60/km", 9, "00 to 59"),
    ("10min @ 4:00-3:50-3:40", 9, "4:00-3:50/km"),
    ("10min @ 4:10 -> 3:50 -> 3:40", 9, "write 4:10 -> 3:50"),
    ("10min @ 4:10 ->", 9, "write 4:10 -> 3:50"),
    ("10min @ easy -> 3:50", 9, "write 4:10 -> 3:50"),
    ("10min @ >=", 9, "write >=4:30/km"),
    ("10min @ >=4:00-3:50", 9, "write >=4:30/km"),
    ("10min @ =>4:30", 9, "write >=4:30"),
    # several blocks of one step
    ("1001x1s easy", 1, "limit of blocks"),
    ("2x", 1, "write 10min"),
    ("2x @ 4:00", 4, "write 10min"),
    ("x10min easy", 1, "write 10min"),
    ("1.5x10min easy", 1, "write 10min"),
    ("２x10min easy", 1, "write 10min"),
    ("2x10min @ 4:00, 3:50, 3:40", 11, "write 2 of them"),
    ("10min @ 4:00, 3:50", 9, "write 2x in front"),
    ("2x10min @ 4:00, eazy", 17, "did you mean 'easy'"),
    ("3x10min @ 4:00 -10", 11, "-10s for seconds"),
    ("3x10min @ 4:00 -100s", 11, "check the digits"),
    ("10min easy,", 12, "15min easy"),
    # relative to another
    ("10min @ -10s", 9, "write a pace"),
    ("10min @ 4:00 - 1000s", 9, "write -10s"),
    ("10min @ 4:00 - 1.2.3s", 9, "write -10s"),
    ("10min @ 4:00 - 200s", 9, "check the digits"),
    ("10min @ 4:00, 10min @ previous - 2%", 23, "write 102% previous"),
    ("10min @ 95%", 9, "write 95% threshold"),
    ("10min @ 95% threshold", 9, "define it under 'paces:'"),
    ("10min @ 200% 4:00", 9, "write 95% threshold"),
    ("10min @ 150% 2:00", 9, "check the digits"),
    ("10min @ 95%% 4:00", 9, "write 4:00/km"),
]

HEAD = "version: 1\nname: x\n"

ACCEPTED_YAML = [
    ("blocks:\n  - {run: 10min, pace: 4:00}\n", [(600, 240, "progression")]),
    ("blocks:\n  - {run: 04:30, pace: 5:00/km}\n", [(270, 300, "progression")]),
    ("blocks:\n  - {run: 10min, pace: [4:00, 3:50]}\n", [(600, 240, "progression"), (600, 230, "progression")]),
    ("blocks:\n  - repeat: 2\n    blocks:\n      - {run: 1km, pace: 3:40/km}\n      - {rest: 2min}\n",
     [(1000, 220, "steady"), (120, None, "rest")] * 2),
    ("paces:\n  easy: 5:15-5:45\n  threshold: 3:55\nblocks:\n  - 15min easy\n  - {run: 10min, pace: threshold - 10s}\n",
     [(900, (315 * 345) ** 0.5, "easy"), (600, 225, "progression")]),
    ("paces:\n  tempo: 95% threshold\n  threshold: 3:55\nblocks:\n  - {run: 10min, pace: tempo}\n",
     [(600, 235 / 0.95, "progression")]),
    ("units: mi\nblocks:\n  - {run: 10min, pace: 6:26}\n", [(600, 386 / 1.609344, "progression")]),
    ("blocks:\n  - {run: 20min, pace: 4:10 -> 3:50, name: ramp}\n", [(1200, (250 * 230) ** 0.5, "progression")]),
    ("blocks:\n  - {run: open, pace: easy, name: cool-down}\n", [(None, None, "cooldown")]),
    ("blocks:\n  - {run: 10min, pace: 4:00, role: steady}\n", [(600, 240, "steady")]),
    ("match: clock\nstart: 00:03:10\nathlete: anna\nnotes: relax\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("tolerance: 5s\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("blocks:\n  - 10min @ 4:30\n  - repeat: 3\n    blocks: [10min @ previous - 10s, 2min rest]\n",
     [(600, 270, "progression")] + [step for i in range(3) for step in ((600, 260 - 10 * i, "progression"), (120, None, "rest"))]),
    ("blocks:\n  - 10min @ 4:30\n  - repeat: 2\n    blocks:\n      - repeat: 2\n        blocks: [10min @ -10s]\n      - {run: 1km, pace: -5s}\n",
     [(600, 270, "progression"), (600, 260, "progression"), (600, 250, "progression"), (1000, 245, "progression"),
      (600, 235, "progression"), (600, 225, "progression"), (1000, 220, "progression")]),
    ("blocks:\n  - {run: 10min, pace: 4:00, name: Cool Down}\n  - {run: 10min, pace: 3:40, name: stay cool}\n",
     [(600, 240, "cooldown"), (600, 220, "progression")]),
    ("tolerance: {fast: 3s, slow: 8s}\nblocks:\n  - {run: 10min, pace: 4:00, tolerance: 2%}\n", [(600, 240, "progression")]),
    ("blocks:\n  - {run: Open, pace: Easy}\n", [(None, None, "cooldown")]),
    ("blocks:\n  - {rest: 200m, pace: 6:00}\n", [(200, 360, "rest")]),
    ("blocks:\n  - {run: '4:30', pace: '5:00'}\n", [(270, 300, "progression")]),
    ("blocks:\n  - {run: 10min, pace: '>=4:30'}\n", [(600, 270, "progression")]),
    ("blocks:\n  - 10min @ >=4:30/km\n", [(600, 270, "progression")]),
    ("blocks:\n  - {run: 10min, pace: [4:00, -10s]}\n", [(600, 240, "progression"), (600, 230, "progression")]),
    ("blocks:\n  - {run: 10min, pace: 95% 4:00, notes: relax, name: five}\n", [(600, 240 / 0.95, "progression")]),
    ("blocks:\n  - {run: 10min, pace: 4:00, name: 5, notes: }\n", [(600, 240, "progression")]),
    ("blocks:\n  - {run: 10min, role: progression}\n  - {run: 1km, role: rest}\n  - {run: 1km, role: cooldown}\n",
     [(600, None, "progression"), (1000, None, "rest"), (1000, None, "cooldown")]),
    ("blocks:\n  - repeat: 02\n    blocks: [1min easy]\n", [(60, None, "easy")] * 2),
    ("blocks:\n  - repeat: 2\n    blocks:\n      - repeat: 2\n        blocks: [1min easy]\n", [(60, None, "easy")] * 4),
    ("blocks:\n  - repeat: 1000\n    blocks: [1s easy]\n", [(1, None, "easy")] * 1000),
    ("blocks:\n  - 4x10min @ 4:00, 3:50, 3:40, 3:30 /km\n", [(600, 240 - 10 * i, "progression") for i in range(4)]),
    ("blocks:\n  - '10min easy'   # in quotes\n  - 10min\n    easy\n", [(600, None, "easy")] * 2),
    ("blocks: [10min easy]\npaces: {10k: 3:40, Größe: 4:00, half marathon: 3:50, e-2: 15 km/h}\n", [(600, None, "easy")]),
    ("paces: {10k: 3:40}\nblocks:\n  - 10min 10k\n  - 10min @ 10K + 20s\n", [(600, 220, "progression"), (600, 240, "progression")]),
    ("paces: {c: 105% b, b: a - 5s, a: 4:00}\nblocks:\n  - 10min @ c\n", [(600, 235 / 1.05, "progression")]),
    ("paces: {r: 4:10 -> 3:50, m: '>=4:30'}\nblocks:\n  - 10min @ r\n  - 10min @ m\n",
     [(600, (250 * 230) ** 0.5, "progression"), (600, 270, "progression")]),
    ("paces: {Easy: 5:00}\nblocks:\n  - 10min EASY\n", [(600, 300, "easy")]),
    ("paces: {}\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("tolerance: 5 S/mi\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("tolerance: {fast: 60s, slow: 20%}\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("match: laps\nstart: 0\nathlete:\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("match: auto\nstart: 190s\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("start: 0:00\nnotes: |\n  two\n  lines\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
]  # fmt: skip

REFUSED_YAML = [
    # text, line, column, remedy
    ("blocks:\n  - {run: 10min, pace: eazy}\n", 4, 24, "did you mean 'easy'"),
    ("blocks:\n  - {runn: 10min}\n", 4, 6, "did you mean 'run'"),
    ("blocks:\n  - {run: 10min, pace: 4:00, 3:50}\n", 4, 30, "write pace: [4:00, 3:50]"),
    ("blocks:\n  - {run: 10m, pace: 4:00}\n", 4, 11, "write 10min"),
    ("blocks:\n  - {run: 600, pace: 4:00}\n", 4, 11, "no unit"),
    ("blocks:\n  - {run: [1], pace: 4:00}\n", 4, 11, "write a length"),
    ("blocks:\n  - {pace: 4:00}\n", 4, 5, "a block has a length"),
    ("blocks:\n  - {run: 1min, rest: 1min}\n", 4, 5, "a block has a length"),
    ("blocks:\n  - repeat: 2.5\n    blocks:\n      - 1min easy\n", 4, 13, "whole number"),
    ("blocks:\n  - repeat: 2\n", 4, 5, "'blocks:' below it"),
    ("blocks:\n  - - 1min easy\n", 4, 5, "use 'repeat:'"),
    ("blocks: 15min easy\n", 3, 9, "is a list"),
    ("blocks: []\n", 3, 9, "15min easy"),
    ("name: y\nblocks:\n  - 1min easy\n", 3, 1, "second time"),
    ("blocks:\n  - 1min easy\ntolerance: 25%\n", 5, 12, "20 %"),
    ("blocks:\n  - 1min easy\ntolerance: -5s\n", 5, 12, "write 5s"),
    ("blocks:\n  - 1min easy\ntolerance: {fast: 3s}\n", 5, 12, "both"),
    ("blocks:\n  - 1min easy\nunits: furlongs\n", 5, 8, "km, mi"),
    ("blocks:\n  - 1min easy\nmatch: never\n", 5, 8, "auto, laps, clock"),
    ("blocks:\n  - 1min easy\nstart: soon\n", 5, 8, "00:03:10"),
    ("paces:\n  a: b - 5s\n  b: a - 5s\nblocks:\n  - 1min easy\n", 4, 6, "circle"),
    ("paces: 4:00\nblocks:\n  - 1min easy\n", 3, 8, "threshold: 3:55"),
    ("blocks:\n  - {run: 1min, pace: &a 4:00}\n", 4, 23, "write the value again"),
    ("blocks:\n  - {run: 1min, pace: !!int 4}\n", 4, 23, "write the plain value"),
    ("blocks:\n  - {run: 1min, role: racer}\n", 4, 23, "easy, progression"),
    # blocks in the long form
    ("blocks:\n  - {run: }\n", 4, 11, "write 10min"),
    ("blocks:\n  - {run: 5 k}\n", 4, 11, "write 5km"),
    ("blocks:\n  - {run: .inf}\n", 4, 11, "write 10min"),
    ("blocks:\n  - {run: 30h}\n", 4, 11, "limit of 24 h"),
    ("blocks:\n  - {run: 1:75}\n", 4, 11, "write 10:00"),
    ("blocks:\n  - {run: '21,1km'}\n", 4, 12, "write 21.1km"),
    ("blocks:\n  - {run: 10min @ 4:00}\n", 4, 11, "write {run: 10min, pace: 4:00}"),
    ("blocks:\n  - {run: 4x10min, pace: 4:00}\n", 4, 11, "repeat: 4"),
    ("blocks:\n  - {}\n", 4, 5, "a block has a length"),
    ("blocks:\n  - ~\n", 4, 5, "write 10min"),
    ("blocks:\n  - ''\n", 4, 6, "15min easy"),
    ("blocks:\n  - {RUN: 1min}\n", 4, 6, "did you mean 'run'"),
    ("blocks:\n  - {run: 1min, colour: red}\n", 4, 17, "the keys are run, rest, pace"),
    ("blocks:\n  - {run: 10min, 3:50}\n", 4, 18, "write pace: 3:50"),
    (
        "blocks:\n  - {run: 10min, pace: 4:00, 3:50, 3:40}\n",
        4,
        30,
        "write pace: [4:00, 3:50, 3:40]",
    ),
    ("blocks:\n  - 10min @ 4:00: hard\n", 4, 5, "leave it out"),
    ("blocks:\n  - 15min easy, 10min @ 4:00\n", 4, 17, "a line of its own"),
    ("blocks:\n  - {run: 1min, run: 2min}\n", 4, 17, "second time"),
    ("blocks:\n  - {run: 10min, pace: }\n", 4, 24, "write 4:00/km"),
    ("blocks:\n  - {run: 10min, pace: []}\n", 4, 24, "write pace: [4:00, 3:50]"),
    ("blocks:\n  - {run: 10min, pace: [[4:00]]}\n", 4, 25, "write a pace"),
    ("blocks:\n  - {run: 10min, pace: {a: 4:00}}\n", 4, 24, "write a pace"),
    ("blocks:\n  - {run: 10min, pace: 4.00}\n", 4, 24, "write 4:00"),
    ("blocks:\n  - {run: 10min, pace: 240}\n", 4, 24, "write 4:00/km"),
    ("blocks:\n  - {run: 10min, pace: .nan}\n", 4, 24, "write 4:00/km"),
    ("blocks:\n  - {run: 10min, pace: -4:00/km}\n", 4, 24, "write 4:00/km"),
    ("blocks:\n  - {run: 10min, role: Steady}\n", 4, 24, "did you mean 'steady'"),
    ("blocks:\n  - {run: 10min, name: [a]}\n", 4, 24, "put it in quotes"),
    ("blocks:\n  - {run: 10min, tolerance: 5}\n", 4, 29, "write 5s"),
    ("blocks:\n  - {run: 10min, tolerance: 0s}\n", 4, 29, "write 5s"),
    ("blocks:\n  - {run: 10min, tolerance: 61s}\n", 4, 29, "limit of 60 s"),
    ("blocks:\n  - {run: 10min, tolerance: .nan}\n", 4, 29, "write 5s"),
    ("blocks:\n  - {run: 10min, tolerance: [5s]}\n", 4, 29, "write 5s"),
    ("blocks:\n  - {run: 10min, tolerance: {fast: 3s, slw: 8s}}\n", 4, 40, "did you mean 'slow'"),
    ("blocks:\n  - {run: 10min, tolerance: {fast: 3s, slow: 25%}}\n", 4, 46, "20 %"),
    # repeats
    ("blocks:\n  - repeat: 0\n    blocks: [1min easy]\n", 4, 13, "from 1 to 1000"),
    ("blocks:\n  - repeat: -1\n    blocks: [1min easy]\n", 4, 13, "from 1 to 1000"),
    ("blocks:\n  - repeat: two\n    blocks: [1min easy]\n", 4, 13, "whole number"),
    ("blocks:\n  - repeat: 1001\n    blocks: [1s easy]\n", 4, 13, "from 1 to 1000"),
    ("blocks:\n  - repeat: 2\n    blocks: []\n", 5, 13, "15min easy"),
    ("blocks:\n  - repeat: 2\n    blocks: 1min easy\n", 5, 13, "is a list"),
    ("blocks:\n  - repeat: 2\n    block: [1min easy]\n", 5, 5, "did you mean 'blocks'"),
    ("blocks:\n  - repat: 2\n    blocks: [1min easy]\n", 4, 5, "did you mean 'repeat'"),
    ("blocks:\n  - blocks: [1min easy]\n", 4, 5, "write 'repeat: 3'"),
    ("blocks:\n  - repeat: 2\n    blocks: [1min @ previous - 10s]\n", 5, 21, "write a pace"),
    (
        "blocks:\n  - 1min @ 2:05\n  - repeat: 5\n    blocks: [1min @ -10s]\n",
        6,
        21,
        "in round 3: '-10s'",
    ),
    (
        "blocks:\n  - repeat: 500\n    blocks:\n      - repeat: 3\n        blocks: [1s easy]\n",
        4,
        5,
        "limit of 1000 blocks; write fewer",
    ),
    # the top of a plan
    ("blocks: [13h easy, 12h easy]\n", 3, 9, "limit of 24 h; write fewer"),
    ("blocks: [200km easy, 101km easy]\n", 3, 9, "limit of 300 km; write fewer"),
    ("notes: x\n", 1, 1, "'blocks:' is missing"),
    ("block: [1min easy]\nblocks: [1min easy]\n", 3, 1, "did you mean 'blocks'"),
    ("blocks: [1min easy]\nversion: 1\n", 4, 1, "second time"),
    ("blocks: [1min easy]\nunits: KM\n", 4, 8, "did you mean 'km'"),
    ("blocks: [1min easy]\nunits:\n", 4, 7, "write one of km, mi"),
    ("blocks: [1min easy]\nmatch: Laps\n", 4, 8, "did you mean 'laps'"),
    ("blocks: [1min easy]\nstart: 190\n", 4, 8, "write start: 00:03:10"),
    ("blocks: [1min easy]\nstart: 3:75\n", 4, 8, "write 10:00"),
    ("blocks: [1min easy]\nstart: 25h\n", 4, 8, "limit of 24 h"),
    ("blocks: [1min easy]\nathlete: [anna]\n", 4, 10, "put it in quotes"),
    ("blocks: [1min easy]\nnotes: " + "x" * 1001 + "\n", 4, 8, "shorten it"),
    ("blocks: [1min easy]\ntolerance:\n", 4, 11, "write 5s"),
    ("blocks: [1min easy]\ntolerance: 0:05\n", 4, 12, "write 5s"),
    ("blocks: [1min easy]\ncreated: 2024-99-99\n", 4, 1, "the keys are version, name"),
    # names of paces
    ("paces:\nblocks: [1min easy]\n", 3, 7, "threshold: 3:55"),
    ("paces: {a: 4:00, A: 4:10}\nblocks: [1min easy]\n", 3, 18, "second time"),
    ("paces: {Previous: 4:00}\nblocks: [1min easy]\n", 3, 9, "use a word"),
    ("paces: {a/b: 4:00}\nblocks: [1min easy]\n", 3, 9, "use a word"),
    ("paces: {400: 4:00}\nblocks: [1min easy]\n", 3, 9, "use a word"),
    ("paces: {a: 4:60}\nblocks: [1min easy]\n", 3, 12, "00 to 59"),
    ("paces: {a: [4:00]}\nblocks: [1min easy]\n", 3, 12, "write a pace"),
    (
        "paces: {threshold: 3:55}\nblocks: [10min @ treshold - 5s]\n",
        4,
        18,
        "did you mean 'threshold'",
    ),
    ("paces: {easy: easy}\nblocks: [1min easy]\n", 3, 15, "circle"),
]

REFUSED_TEXT = [
    # text that is no YAML or no plan, line, column, remedy
    ("# nothing\n", 1, 1, "needs at least 'blocks:'"),
    ("- 15min easy\n", 1, 1, "below 'blocks:'"),
    ("15min easy\n", 1, 1, "with --plan"),
    ("blocks:\n  - {run: 10min, pace: >=4:30}\n", 2, 24, "needs quotes: '>=4:30/km'"),
    ("blocks:\n  - >=4:30\n", 2, 6, "needs quotes"),
    ("blocks:\n  - @ 4:00\n", 2, 5, "needs quotes"),
    ("blocks:\n  - *easy\n", 2, 5, "write the value again"),
    ("blocks:\n  - %4\n", 2, 5, "needs quotes"),
    ("blocks:\n\t- 10min easy\n", 2, 1, "write spaces"),
    ("blocks:\n  - {run: 10min\n", 2, 5, "is not closed"),
    ("blocks:\n  - 'easy\n", 2, 5, "is not closed"),
    ("blocks: [\n", 1, 10, "not closed"),
    ("name: a: b\n", 1, 8, "in quotes"),
    ("blocks:\n  - 10min easy\n - x\n", 3, 2, "check indentation"),
    ("blocks:\n  - 10min easy\x00\n", 2, 15, "take it out"),
    ("blocks:\n  - 10min easy\n---\nblocks: []\n", 3, 1, "one plan per file"),
    ("blocks:\r\n  - 10min eazy\r\n", 2, 11, "did you mean 'easy'"),
    ("blocks:\r  - 10min eazy\r", 2, 11, "did you mean 'easy'"),
    ("a: " * 3 + "\n", 1, 5, "in quotes"),
    ("[" * 30, 1, 21, "write it flat"),
]


def meaning(plan):
    """Return (seconds or metres, pace, role) of each block."""
    return [
        (
            b.duration_s if b.duration_s is not None else b.distance_m,
            None if b.target is None else 1000 / b.target.speed_mps,
            b.role,
        )
        for b in plan.blocks
    ]


def same(found, expected):
    """Compare meanings, paces within a hundredth of a second."""
    assert len(found) == len(expected)
    for (length, pace, role), (length_2, pace_2, role_2) in zip(found, expected, strict=True):
        assert length == length_2
        assert role == role_2
        assert pace == (None if pace_2 is None else pytest.approx(pace_2, abs=0.01))


@pytest.mark.parametrize(("line", "expected"), ACCEPTED_LINES)
def test_a_line_means_what_a_coach_means(line, expected):
    """Lengths, paces and roles."""
    same(meaning(parse_line(line)), expected)


@pytest.mark.parametrize(("text", "expected"), ACCEPTED_YAML)
def test_a_file_means_what_a_coach_means(text, expected):
    """The YAML form, every key once."""
    same(meaning(parse_plan(HEAD + text, "plan.yaml")), expected)


@pytest.mark.parametrize(("line", "column", "remedy"), REFUSED_LINES)
def test_a_line_that_cannot_be_meant_is_refused_with_a_remedy(line, column, remedy):
    """At its column."""
    with pytest.raises(PlanError) as caught:
        parse_line(line)
    first = caught.value.problems[0]
    assert (first.line, first.column) == (1, column)
    assert remedy in first.message


@pytest.mark.parametrize(("text", "line", "column", "remedy"), REFUSED_YAML)
def test_a_file_that_cannot_be_meant_is_refused_with_a_remedy(text, line, column, remedy):
    """At its line and column."""
    with pytest.raises(PlanError) as caught:
        parse_plan(HEAD + text, "plan.yaml")
    first = caught.value.problems[0]
    assert remedy in first.message
    assert (first.line, first.column) == (line, column)


@pytest.mark.parametrize(("text", "line", "column", "remedy"), REFUSED_TEXT)
def test_text_that_is_no_plan_is_refused_with_a_remedy(text, line, column, remedy):
    """Where it breaks, in the words of somebody who writes a plan."""
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "plan.yaml")
    first = caught.value.problems[0]
    assert remedy in first.message
    assert (first.line, first.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [*(line for line, *_ in REFUSED_LINES), *(HEAD + text for text, *_ in REFUSED_YAML)],
)
def test_every_problem_says_where_it_is_and_what_to_do(text):
    """Each of them, not the first alone."""
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "x") if text.startswith(HEAD) else parse_line(text)
    for problem in caught.value.problems:
        assert problem.line is not None
        assert problem.column is not None
        assert re.search(REMEDY, problem.message), problem.message


REMEDY = (
    r"write|did you mean|the keys are|keep one|check the digits|00 to 59|put it in|put a comma"
    r"|shorten it|define it|use |leave it out|give one|needs both|has a length|is a list|is missing"
)
"""How a sentence begins that says what to do."""

TEN_FAULTS = """\
units: miles
paces: {threshold: 3:75}
tolerance: 30%
match: never
start: soon
nmae: x
blocks:
  - 10m easy
  - {runn: 1min}
  - {run: 10min, pace: eazy}
  - 2x10min @ 4:00, 3:50, 3:40
"""


def test_ten_faults_of_a_file_are_ten_problems_in_its_order():
    """None hides another."""
    with pytest.raises(PlanError) as caught:
        parse_plan(TEN_FAULTS, "plan.yaml")
    assert [p.line for p in caught.value.problems] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]


@pytest.mark.parametrize(("units", "per_km"), [("km", 1.0), ("mi", 1 / 1.609344)])
def test_seconds_are_per_unit_of_the_plan_unless_they_name_one(units, per_km):
    """5 s at 4:00/km is 100 ln(245/240) slow in km; per mile it is less, whatever the plan's unit."""
    for said, share in (("5s", per_km), ("5s/km", 1.0), ("5s/mi", 1 / 1.609344)):
        text = f"units: {units}\ntolerance: {said}\nblocks: [10min @ 4:00/km]\n"
        tolerance = parse_plan(text, "plan.yaml").blocks[0].tolerance
        assert tolerance is not None
        assert tolerance.slow_pct == pytest.approx(100 * math.log((240 + 5 * share) / 240))


def test_all_problems_are_said_at_once():
    """Three in one file, in its order."""
    text = HEAD + "blocks:\n  - {runn: 1min}\n  - 10m @ 4:00\n  - {run: 10min, pace: 4:60}\n"
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "plan.yaml")
    assert [p.line for p in caught.value.problems if "length" not in p.message] == [4, 5, 6]


def test_a_tolerance_in_seconds_has_two_sides():
    """5 s at 4:00: 100 ln(240/235) fast, 100 ln(245/240) slow."""
    plan = parse_plan(HEAD + "tolerance: 5s\nblocks:\n  - 10min @ 4:00\n", "plan.yaml")
    tolerance = plan.blocks[0].tolerance
    assert tolerance is not None
    assert tolerance.fast_pct == pytest.approx(2.105, abs=0.001)
    assert tolerance.slow_pct == pytest.approx(2.062, abs=0.001)


def test_the_tolerance_of_a_plan_does_not_touch_a_range():
    """A range is a promise: inside it is held."""
    text = HEAD + "tolerance: 5s\nblocks:\n  - 10min @ 4:10-3:50\n"
    assert parse_plan(text, "plan.yaml").blocks[0].tolerance is None


def test_names_are_made_from_length_and_pace():
    """As the JSON result shows them."""
    plan = parse_line("15min easy @ 5:00, 10min @ 4:00, 2km @ 3:50, open easy")
    assert [b.name for b in plan.blocks] == [
        "15 min easy",
        "10 min @ 4:00/km",
        "2 km @ 3:50/km",
        "easy",
    ]


def test_a_missing_file_is_named(tmp_path):
    """With what to do."""
    with pytest.raises(PlanError, match=r"nowhere\.yaml: no such file; check the name"):
        read_plan(tmp_path / "nowhere.yaml")


def _cases():
    """Plan cases of the bad inputs."""
    if not BAD.is_dir():
        return []
    manifest = json.loads((BAD / "manifest.json").read_text(encoding="utf-8"))
    return [m for m in manifest if m["kind"] == "plan"]


@needs_bad
@pytest.mark.parametrize("case", _cases(), ids=lambda c: c["id"])
def test_bad_plans_hold_their_manifest(case):
    """Read, or refused with a place and the words the manifest asks for."""
    allowed = {case["outcome"], *case.get("also", [])}
    try:
        read_plan(BAD / case["path"])
    except PlanError as error:
        assert "error" in allowed
        assert re.search(case.get("says", ""), str(error), re.IGNORECASE)
    else:
        assert allowed & {"ok", "warn"}
