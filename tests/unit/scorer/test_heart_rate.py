"""The heart as a witness, on runs made by hand."""

import numpy as np
import pytest

from analyzer.model.findings import BlowUp, Fade
from analyzer.scorer.heart_rate import drift_pct, usable_heart_rate
from analyzer.scorer.score import score
from analyzer.segmenter.align import align
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, plan_of, prepared_of, speeds_of

STEADY = speeds_of(*EXAMPLE)


def with_heart(speeds, rate, cadence=None):
    """Prepare a run with a heart rate for every second."""
    prepared = prepared_of(speeds)
    steps = np.full(speeds.size, 160.0) if cadence is None else cadence
    return replace(prepared, heart_rate_bpm=rate, cadence_spm=steps)


def collapse_of(rate_after):
    """Run blocks 1 to 3 and half of 4 on plan, then 5:00 to the end; the heart goes to a value."""
    speeds = speeds_of((900, 300), (600, 240), (600, 230), (300, 220), (900, 300))
    rate = 100 + 15 * speeds
    rate[2400:] = rate_after
    plan, prepared = plan_of(), with_heart(speeds, rate)
    result = score(plan, prepared, align(plan, (), prepared)[0])
    evidence = {f.code: f for f in result.flags}["BLOW_UP"].facts
    assert isinstance(evidence, BlowUp)
    return evidence


def test_a_heart_that_stays_up_says_the_body():
    """At 220 s/km it beats 100 + 15 x 4.545 = 168; it is 167 after the collapse."""
    assert collapse_of(167.0).heart == "body"


def test_a_heart_that_falls_with_the_pace_says_choice():
    """At 300 s/km it should beat 150 by the blocks before; it does."""
    assert collapse_of(150.0).heart == "choice"


def test_a_heart_that_falls_a_little_says_nothing():
    """Down 6 of the 18 beats expected: neither."""
    assert collapse_of(162.0).heart is None


def test_a_sensor_that_counts_steps_is_not_believed():
    """From 300 s on it leaps from 130 to the cadence of 172 and stays."""
    rate = np.full(STEADY.size, 130.0)
    rate[300:900] = 172.0
    found = usable_heart_rate(with_heart(STEADY, rate, np.full(STEADY.size, 172.0)))
    assert np.isnan(found[300:900]).all()
    assert np.isfinite(found[:300]).all()


def test_heart_rate_and_cadence_may_meet():
    """Rising a beat in 20 s through a cadence of 160 it meets it for two minutes: a pulse."""
    rate = 100 + np.arange(STEADY.size) / 20
    prepared = with_heart(STEADY, rate, np.full(STEADY.size, 160.0))
    assert np.isfinite(usable_heart_rate(prepared)).all()


def test_a_block_left_out_before_a_cool_down_is_no_blow_up():
    """15 min, 4:00, 3:50, 3:30, then jogging with a falling heart: missed, not collapsed."""
    speeds = speeds_of((900, 300), (600, 240), (600, 230), (600, 210), (500, 330))
    plan, prepared = plan_of(), with_heart(speeds, 100 + 15 * speeds)
    result = score(plan, prepared, align(plan, (), prepared)[0])
    clear = {f.code for f in result.flags if f.certainty == "clear"}
    assert "MISSED_BLOCK" in clear
    assert "BLOW_UP" not in clear
    assert all(f.cost is None for f in result.flags)


def test_drift_is_the_loss_of_speed_per_beat_from_half_to_half():
    """Even pace, 150 beats in the first half after 150 s and 160 in the second: 1 - 150/160."""
    rate = np.full(STEADY.size, 150.0)
    rate[2700 + 150 + 225 :] = 160.0  # block 5 from 2700 to 3300 s: halves meet at 3075 s
    drift = drift_pct(with_heart(STEADY, rate), 2700.0, 3300.0)
    assert drift == pytest.approx(100 * (1 - 150 / 160), abs=0.01)


def test_drift_is_not_told_of_a_short_block_or_of_two_paces():
    """Under 8 min, or halves that differ by 3 % or more."""
    prepared = with_heart(STEADY, np.full(STEADY.size, 150.0))
    assert drift_pct(prepared, 900.0, 1300.0) is None
    assert drift_pct(prepared, 600.0, 1500.0) is None
    assert drift_pct(with_heart(STEADY, np.full(STEADY.size, np.nan)), 900.0, 1500.0) is None


def fade_of(last_rate):
    """Run on plan until the last block fades by 9 %; the heart holds its own or beats more."""
    last = 1000 / 210 * np.exp(-0.09 * np.arange(600) / 600)
    speeds = np.concatenate((speeds_of(*EXAMPLE[:4]), last))
    rate = 100 + 15 * speeds
    rate[2700:] += last_rate
    plan, prepared = plan_of(), with_heart(speeds, rate)
    result = score(plan, prepared, align(plan, (), prepared)[0])
    evidence = {f.code: f for f in result.flags}["FADE"].facts
    assert isinstance(evidence, Fade)
    return evidence


def test_a_fade_in_which_the_heart_beats_more_than_before_is_the_body():
    """Ten beats above the line through the blocks before; on the line it says nothing."""
    assert fade_of(10.0).heart == "body"
    assert fade_of(0.0).heart is None
