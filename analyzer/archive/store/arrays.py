"""
Columns of numbers as text: float32, its bytes sorted by place, in base64.

The high bytes of neighbours are alike; one behind the other they nearly vanish when packed.
"""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Floats

WIDTH = 4
"""Bytes of a number."""


def text_of(column: Floats) -> str:
    """Write a column; NaN stays NaN."""
    planes = np.ascontiguousarray(column, dtype="<f4").view(np.uint8).reshape(-1, WIDTH).T
    return binascii.b2a_base64(planes.tobytes(), newline=False).decode("ascii")


def column_of(text: str) -> Floats:
    """
    Read a column.

    Raises
    ------
    ValueError
        If it is none.
    """
    planes = np.frombuffer(binascii.a2b_base64(text, strict_mode=True), dtype=np.uint8)
    numbers = np.ascontiguousarray(planes.reshape(WIDTH, -1).T).view("<f4")
    return numbers.reshape(-1).astype(np.float64)
