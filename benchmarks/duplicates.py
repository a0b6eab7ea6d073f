"""Finding duplicates among a million customers: one process, its CPU seconds and its memory.

python -m benchmarks.duplicates [--customers N] [--rounds 1]
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.measure import in_turn, machine, publish, versions

SEED = 20_261_123
SHARE_OF_PERSONS = 0.7
SHARE_OF_DUPLICATES = 0.05


def _words(text: str) -> list[str]:
    return text.split()


_STARTS = _words("Kow Now Wiś Wój Kam Lew Zie Szy Woź Dąb Jan Maz Kra Pio Gra Paw Mi Król Wie Jab")
_MIDDLES = _words("al en o ar i ek as ow in er ań ul")
_ENDS = _words("ski czyk ak ek ka ik wicz iak as uk ec ny")
_GIVEN = (
    "Anna Maria Katarzyna Agnieszka Barbara Ewa Zofia Magdalena Joanna Monika Jan Piotr Krzysztof"
    " Andrzej Tomasz Paweł Michał Marcin Jakub Adam Marek Łukasz Grzegorz Rafał Wojciech Natalia"
)
_FIRMS = _words("Nova Polar Delta Huta Agro Meble Auto Trans Budo Eko Stal Chem Med Foto Piek Tech")
_TRADES = _words("Logistyka Serwis Handel Studio Produkcja Energia Projekt Consulting Market Dom")
_FORMS = ("Sp. z o.o.", "S.A.", "sp.k.", "")


def _picked(rng: np.random.Generator, options: Any, n: int, skew: float = 1.3) -> np.ndarray:
    """Draw with few frequent and many rare ones, as names are."""
    ranks = np.arange(1, len(options) + 1) ** -skew
    return np.asarray(options, dtype=object)[rng.choice(len(options), n, p=ranks / ranks.sum())]


def _numbers(rng: np.random.Generator, n: int, digits: int) -> np.ndarray:
    return rng.integers(10 ** (digits - 1), 10**digits, n).astype(str).astype(object)


def originals(rng: np.random.Generator, n: int) -> dict[str, np.ndarray]:
    surnames = [a + b + c + d for a in _STARTS for b in _MIDDLES for c in _MIDDLES for d in _ENDS]
    given, surname = _picked(rng, _GIVEN.split(), n, 0.5), _picked(rng, surnames, n, 0.7)
    person = rng.random(n) < SHARE_OF_PERSONS
    firms = [f"{a}{b.lower()}{c}" for a in _FIRMS for b in _STARTS for c in _ENDS]
    firm = _picked(rng, firms, n, 0.3) + " " + _picked(rng, _TRADES, n, 0.3)
    firm = firm + " " + _picked(rng, _FORMS, n)
    towns = [f"{a}{b}{c}" for a in _STARTS for b in _MIDDLES for c in ("owo", "ice", "ów", "in")]
    town = rng.choice(len(towns), n, p=(w := np.arange(1, len(towns) + 1) ** -0.8) / w.sum())
    mailbox = np.where(person, surname, firm).astype(str)
    address = np.char.add(np.char.replace(mailbox, " ", ""), rng.integers(0, 10**6, n).astype(str))
    return {
        "kind": np.where(person, "person", "organisation").astype(object),
        "name": np.where(person, given + " " + surname, firm).astype(object),
        "email": np.where(rng.random(n) < 0.6, address.astype(object) + "@example.com", ""),
        "phone": np.where(rng.random(n) < 0.7, "+48" + _numbers(rng, n, 9), ""),
        "tax_number": np.where(rng.random(n) < 0.5, _numbers(rng, n, 10), ""),
        "street": _picked(rng, surnames, n, 0.6) + "a " + rng.integers(1, 90, n).astype(str),
        "postcode": (10_000 + town * 7 + rng.integers(0, 7, n)).astype(str).astype(object),
        "city": np.asarray(towns, dtype=object)[town],
    }


def _mistyped(rng: np.random.Generator, text: str) -> str:
    if len(text) < 3:
        return text
    at = int(rng.integers(1, len(text) - 1))
    match int(rng.integers(3)):
        case 0:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case _:
            return text[:at] + text[at] + text[at:]


def customers(n: int) -> pa.Table:
    """Return customers of which some are there twice, the second time with two changes."""
    rng = np.random.default_rng(SEED)
    doubled = int(n * SHARE_OF_DUPLICATES)
    first = originals(rng, n - doubled)
    again = {name: column[:doubled].copy() for name, column in first.items()}
    fields = [name for name in again if name != "kind"]
    for row in range(doubled):
        for name in rng.choice(fields, 2, replace=False):
            empty = name != "name" and rng.random() < 0.4
            again[name][row] = "" if empty else _mistyped(rng, again[name][row])
    columns = {k: np.concatenate([first[k], again[k]]).astype(str) for k in first}
    return pa.table({"id": np.arange(n), **{k: pa.array(v) for k, v in columns.items()}})


def quality(file: Path, n: int) -> tuple[float, float]:
    """Return precision and recall of the pairs in a file."""
    doubled = int(n * SHARE_OF_DUPLICATES)
    true = {(row, n - doubled + row) for row in range(doubled)}
    lines = file.read_text(encoding="utf-8").splitlines()
    found = {tuple(sorted(map(int, line.split(",", 2)[:2]))) for line in lines}
    return len(found & true) / max(len(found), 1), len(found & true) / doubled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "customers.parquet", Path(folder) / "pairs.csv"
        pq.write_table(customers(given.customers), file)
        command = [sys.executable, "-m", "mainstay", "duplicates", str(file), "--out", str(out)]
        cost = in_turn({"mainstay": command}, given.rounds)["mainstay"]
        precision, recall = quality(out, given.customers)
    publish(
        f"Duplicates among {given.customers:,} customers",
        "From a Parquet file to a file of pairs with their explanations, weights trained on the"
        " file itself; seven of ten are persons, one of twenty is there twice with two fields"
        f" mistyped or empty.\n{machine()}; {versions('splink', 'duckdb')}.\n\n"
        "| | wall s | CPU s | peak MiB | precision | recall |\n|---|---|---|---|---|---|\n"
        f"| mainstay | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak:.0f} | {precision:.4f} |"
        f" {recall:.4f} |\n",
    )


if __name__ == "__main__":
    main()
