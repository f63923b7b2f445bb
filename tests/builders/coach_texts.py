# ruff: noqa: RUF001 - tables read best a text a line; dashes and marks of all kinds
"""What coaches write and what they mean: seconds or metres with a unit, pace in s/km, role."""

EASY, COOL, REST = "easy", "cooldown", "rest"


def s(seconds, pace=None, role=None):
    """Return a block of time."""
    return (seconds, None, pace, role)


def m(metres, pace=None, role=None):
    """Return a block of distance."""
    return (None, metres, pace, role)


MILE = 1609.344
THREE = [s(480, 270), s(480, 260), s(480, 250)]

READ = [
    # the marks of lengths and paces
    ("20' easy, 8' @ 4'30\", 8' @ 4'20\", 8' @ 4'10\"", [s(1200, None, EASY), *THREE]),
    ("20′ easy, 8′ @ 4′30″, 8′ @ 4′20″, 8′ @ 4′10″", [s(1200, None, EASY), *THREE]),
    ("12' easy, 90\" @ 3:20", [s(720, None, EASY), s(90, 200)]),
    ("1h05' easy, 25' @ 4:30", [s(3900, None, EASY), s(1500, 270)]),
    ("6k easy, 4k @ 4.30", [m(6000, None, EASY), m(4000, 270)]),
    (
        "20 min @ 5:10 min/km, 8 min @ 4:30 p/km, 8 min at 4:20 per km",
        [s(1200, 310), s(480, 270), s(480, 260)],
    ),
    ("3 x 8' @ ~4:30, approx 4:20, about 4:10", THREE),
    ("8min @ 4:30±4s, 8min @ 4:20 (+/- 4s)", [s(480, 270), s(480, 260)]),
    # what separates steps
    ("20 min easy + 8 min @ 4:30 + 8 min @ 4:20", [s(1200, None, EASY), s(480, 270), s(480, 260)]),
    ("20 min easy → 8 min @ 4:30 → 8 min @ 4:20", [s(1200, None, EASY), s(480, 270), s(480, 260)]),
    ("20min easy / 8min 4:30 / 8min 4:20", [s(1200, None, EASY), s(480, 270), s(480, 260)]),
    (
        "20min easy, then 8min @ 4:30 and then 8min @ 4:20",
        [s(1200, None, EASY), s(480, 270), s(480, 260)],
    ),
    ("20 min easy. 8 min at 4:30. 8 min at 4:20.", [s(1200, None, EASY), s(480, 270), s(480, 260)]),
    ("8min @ 4:30 8min @ 4:20 8min @ 4:10", THREE),
    (
        "- 20 min easy\n- 8 min @ 4:30\n- 8 min @ 4:20\n",
        [s(1200, None, EASY), s(480, 270), s(480, 260)],
    ),
    ("1) 20 min easy\n2) 8 min @ 4:30\n", [s(1200, None, EASY), s(480, 270)]),
    (
        "Warm-up: 20 minutes\nMain set: 3 x 8 minutes at 4:30, 4:20, 4:10\nCool-down: 10 minutes",
        [s(1200, None, EASY), *THREE, s(600, None, COOL)],
    ),
    # roles
    ("WU 3 km, 5 km @ 4:30, CD 2 km", [m(3000, None, EASY), m(5000, 270), m(2000, None, COOL)]),
    ("3 km w/u, 5 km @ 4:30, 2 km c/d", [m(3000, None, EASY), m(5000, 270), m(2000, None, COOL)]),
    ("run 9 minutes, walk 1 minute", [s(540), s(60, None, REST)]),
    # repeats
    ("3 x 8min: 4:30, 4:20, 4:10", THREE),
    ("3x8' (4:30/4:20/4:10)", THREE),
    ("3x8min @ 4:30-4:20-4:10", THREE),
    ("3x8min @ 4:30 -10", THREE),
    ("3 x 8min, first @ 4:30, each rep 10 s faster", THREE),
    ("2 x (8min @ 4:30, 2min jog)", [s(480, 270), s(120, None, EASY)] * 2),
    (
        "3x8min @ 4:30 with 2min jog",
        [s(480, 270), s(120, None, REST), s(480, 270), s(120, None, REST), s(480, 270)],
    ),
    ("2x8min @ 4:30 (90s rest)", [s(480, 270), s(90, None, REST), s(480, 270)]),
    # ramps
    ("40min from 5:00 to 4:20", [s(2400, (300, 260))]),
    ("15 km progressive from 5:10 to 4:20", [m(15000, (310, 260))]),
    ("10 km @ 5:00 > 4:30", [m(10000, (300, 270))]),
    ("40 min at 5:00 down to 4:20", [s(2400, (300, 260))]),
    (
        "6 miles, start at 8:10/mi and finish at 7:10/mi",
        [m(6 * MILE, (490 / 1.609344, 430 / 1.609344))],
    ),
    # parts of a whole
    ("75min run, last 20min @ 4:20", [s(3300), s(1200, 260)]),
    ("70 min run: first 50 min easy, last 20 min @ 4:20", [s(3000, None, EASY), s(1200, 260)]),
    (
        "50 min as 20 min warm up, 2 x 8 min @ 4:30, remainder easy",
        [s(1200, None, EASY), s(480, 270), s(480, 270), s(840, None, EASY)],
    ),
    ("44 min total: 20 min easy, 3 x 8 min @ 4:30/4:20/4:10", [s(1200, None, EASY), *THREE]),
    ("9 km: 5:00, 4:45, 4:30 every 3 km", [m(3000, 300), m(3000, 285), m(3000, 270)]),
    ("km 1-4 @ 5:00, km 5-8 @ 4:40", [m(4000, 300), m(4000, 280)]),
    ("0-20min easy, 20-30min @ 4:30", [s(1200, None, EASY), s(600, 270)]),
    # the time of it all
    ("4km in 18:00, 4km in 17:20", [m(4000, 270), m(4000, 260)]),
    ("10km @ 4:30 (45:00)", [m(10000, 270)]),
    # miles
    ("2M easy, 3M @ 7:20/mile", [m(2 * MILE, None, EASY), m(3 * MILE, 440 / 1.609344)]),
    (
        "2mi easy, 2mi @ 7:20, 2mi @ 7:00 min/mile",
        [m(2 * MILE, None, EASY), m(2 * MILE, 440 / 1.609344), m(2 * MILE, 420 / 1.609344)],
    ),
    # comments and aims
    ("20min easy (chatty), 8min @ 4:30 - strong", [s(1200, None, EASY), s(480, 270)]),
    ("20min easy @ 140bpm, 10min @ Z3, 5min RPE 8", [s(1200, None, EASY), s(600), s(300)]),
    ("15min easy, 6km @ MP (4:20)", [s(900, None, EASY), m(6000, 260)]),
    # German
    (
        "20 Minuten einlaufen, 8 Minuten in 4:30, 8 Minuten in 4:20, 10 Minuten auslaufen",
        [s(1200, None, EASY), s(480, 270), s(480, 260), s(600, None, COOL)],
    ),
    (
        "2 km EL, dann 3 x 8 min (4:30, 4:20, 4:10), 2 km AL",
        [m(2000, None, EASY), *THREE, m(2000, None, COOL)],
    ),
    ("12 km progressiv von 5:00 auf 4:30", [m(12000, (300, 270))]),
    ("14 km locker, davon die letzten 4 km in 4:30", [m(10000, None, EASY), m(4000, 270)]),
    ("9 km: 5:00, 4:45, 4:30 alle 3 km", [m(3000, 300), m(3000, 285), m(3000, 270)]),
    # French
    (
        "20' footing + 8' à 4'30/km + 8' à 4'20/km + 10' retour au calme",
        [s(1200, None, EASY), s(480, 270), s(480, 260), s(600, None, COOL)],
    ),
    ("16 km dont les 5 derniers km à 4:30", [m(11000), m(5000, 270)]),
    (
        "3 x 8 min : 4:30 / 4:20 / 4:10 avec 2 min de récup",
        [s(480, 270), s(120, None, REST), s(480, 260), s(120, None, REST), s(480, 250)],
    ),
    # Spanish
    (
        "20' calentamiento + 8' a 4:30 + 8' a 4:20 + 10' vuelta a la calma",
        [s(1200, None, EASY), s(480, 270), s(480, 260), s(600, None, COOL)],
    ),
    ("9 km progresivos: 5:00, 4:45 y 4:30 cada 3 km", [m(3000, 300), m(3000, 285), m(3000, 270)]),
    ("30 min suave, luego 20 min a 4:30", [s(1800, None, EASY), s(1200, 270)]),
    # Italian
    (
        "20' riscaldamento + 8' a 4:30 + 8' a 4:20 + 10' defaticamento",
        [s(1200, None, EASY), s(480, 270), s(480, 260), s(600, None, COOL)],
    ),
    ("12 km in progressione da 5:00 a 4:30", [m(12000, (300, 270))]),
    ("30 min corsa lenta, poi 20 min a 4:30", [s(1800, None, EASY), s(1200, 270)]),
]
"""A text and its blocks: (seconds, metres, pace or both ends of a ramp, role or None)."""

DOUBTED = [
    ("3x8min @ 4:05, 20 min wu, 10 min cd", "FIRST"),
    ("20min easy, 24min @ 4:30, 4:20, 4:10", "SPLIT"),
    ("20min easy, 3x8min @ 4:30-4:10", "RANGE_EACH"),
    ("2 mi easy, 2 mi @ 7:20", "MILES"),
    ("10min easy, 20min @ 8:40, 10min @ 8:00", "SLOW"),
    ("8 miles w/ last 3 @ 7:00/mi", "PART_UNIT"),
    ("8 miles easy, last 2 miles @ 7:00", "PART_OF"),
    ("16 km, 8 km @ 5:30, 8 km @ 5:00", "TOTAL"),
    ("4 km @ 18:00", "WHOLE_TIME"),
    ("20min easy, 8min @ sub 4:30", "UNDER"),
    ("20min easy, 8min no faster than 4:30", "OVER"),
    ("warm up, 8min @ 4:30, cool down", "OPEN"),
    ("10min warm-up, 20min tempo, 10min cool-down", "NO_PACE"),
    ("20min easy, 8min @ 4:30 by the lake", "UNREAD"),
    ("3x8min @ 4:30, 2min rest, 8min + 10min easy", "REST_ONCE"),
    ("50 min total: 20 min easy, 8 min @ 4:30", "WHOLE"),
    ("5min @ 4:30/km, 5min @ 7:00/mi, 5min at 4:10", "KM"),
]
"""What is read and may mean another thing, and what is said of it."""

ASKED = [
    ("20 min @ 4:00/km after 15 min w/u", "in the order in which they are run"),
    ("20 min à 4:00 après 15 min échauffement", "in the order in which they are run"),
    ("40min progressive @ 5:00-4:20", "5:00 -> 4:20"),
    ("40min @ 5:00 to 4:20", "5:00-4:20"),
    ("20min @ 4:30, 4:10", "2x10 min"),
    ("20min easy, 20min @ MP", "--athlete"),
    ("20min easy, 5km @ 10k pace", "paces:"),
    ("20min easy, 10min @ 4:30 or 4:20", "choice"),
    ("10-15min easy, 8min @ 4:30", "one length"),
    ("8 miles easy, last 10 miles @ 7:00", "own length"),
    ("10' easy + 6 km @ 5:00 + last 2 km @ 4:30", "on top"),
    ("30 min easy with 6 x 20s fast", "after it"),
    ("2 km in 8:30", "in all|time of it all"),
    ("20 min locker, 8 min @ Schwelle", "--athlete"),
    ("20min easy, 3 @ 4:30", "unit"),
    ("20min easy, 8min blorft", "8min"),
]
"""What is asked about, and what is said to choose from."""
