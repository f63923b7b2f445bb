"""The FIT checksum (CRC-16, polynomial A001), over rows in parallel."""

from __future__ import annotations

import math

import numpy as np

POLYNOMIAL = 0xA001


def _table() -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    """Return the checksum of each single byte."""
    values = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        values = np.where(values & 1, (values >> 1) ^ POLYNOMIAL, values >> 1).astype(np.uint16)
    return values


_TABLE = _table()


def crc16(content: bytes | memoryview) -> int:
    """
    Return the checksum of some bytes.

    The bytes are laid out as rows that are worked on together, column by
    column; leading zeros change nothing, as the checksum starts at 0. Sixteen
    more rows carry one bit each over the same number of zero bytes: they say
    what a row before does to the rows behind it, and join the rows to one sum.

    Parameters
    ----------
    content : bytes
        Any number of them.

    Returns
    -------
    int
        16 bits.
    """
    data = np.frombuffer(content, dtype=np.uint8)
    if data.size == 0:
        return 0
    rows = max(1, 2 * math.isqrt(data.size))
    columns = -(-data.size // rows)
    laid = np.zeros((rows + 16, columns), dtype=np.uint16)
    flat = laid[:rows].reshape(-1)
    flat[flat.size - data.size :] = data
    state = np.zeros(rows + 16, dtype=np.uint16)
    state[rows:] = 1 << np.arange(16, dtype=np.uint16)
    for column in np.ascontiguousarray(laid.T):
        state = (state >> 8) ^ _TABLE[(state ^ column) & 0xFF]
    carried = _combinations(state[rows:])
    total = 0
    for row in state[:rows].tolist():
        total = carried[0][total & 0xFF] ^ carried[1][total >> 8] ^ row
    return total


def _combinations(bits: np.ndarray[tuple[int], np.dtype[np.uint16]]) -> list[list[int]]:
    """Return what each low and each high byte becomes, from what each bit becomes."""
    halves = []
    for half in (bits[:8], bits[8:]):
        sums = np.zeros(1, dtype=np.uint16)
        for bit in half:
            sums = np.concatenate((sums, sums ^ bit))
        halves.append(sums.tolist())
    return halves
