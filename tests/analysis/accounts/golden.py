"""The ranking of thirteen clients in the lecture on key accounts: ranks, totals, places."""

WEIGHTS = {"image": 0.19, "know-how": 0.10, "network": 0.15, "current gap": 0.30, "future": 0.21}
# name: ranks by criterion, total, place
CLIENTS = {
    "RL": ((12, 12, 10, 13, 13), 11.61, 1),
    "RB": ((8, 9, 11, 9, 8), 8.45, 2),
    "LA": ((4, 1, 2, 8, 6), 4.82, 11),
    "G": ((3, 2, 6, 12, 12), 7.79, 4),
    "NK": ((7, 8, 3, 10, 7), 7.05, 5),
    "KQ": ((5, 4, 7, 11, 6), 6.96, 6),
    "CT": ((9, 10, 4, 7, 6), 6.67, 7),
    "LC": ((6, 7, 5, 5, 1), 4.30, 12),
    "P": ((13, 13, 8, 4, 10), 8.27, 3),
    "YB": ((2, 11, 13, 6, 3), 5.86, 8),
    "ND": ((10, 6, 1, 0, 11), 4.96, 10),
    "MD": ((1, 5, 12, 0, 2), 2.91, 13),
    "WJ": ((11, 3, 9, 0, 9), 5.63, 9),
}


def ratings() -> list[list[float]]:
    """Return values that give those ranks: a gap of 0 or less where the slide's rank is 0."""
    return [[float(rank) for rank in ranks] for ranks, _total, _place in CLIENTS.values()]
