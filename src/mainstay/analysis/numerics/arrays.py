"""Arrays from outside: checked once at the door, with a sentence for whoever has to mend them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_PURCHASES = 10_000_000


@dataclass(frozen=True)
class Histories:
    """The purchase histories of n customers: frequency x, recency t_x, length of observation T."""

    x: Floats
    t_x: Floats
    T: Floats
    weights: Floats | None

    @property
    def n(self) -> float:
        """Return the number of customers, weights counted."""
        return float(self.x.size if self.weights is None else self.weights.sum())

    def total(self, values: Floats) -> float:
        """Return the sum of values over customers, weights counted."""
        return float(values.sum() if self.weights is None else dot(self.weights, values))

    def every(self, step: int) -> Histories:
        """Return each step-th customer."""
        w = None if self.weights is None else self.weights[::step]
        return Histories(self.x[::step], self.t_x[::step], self.T[::step], w)

    def where(self, kept: NDArray[np.bool_]) -> Histories:
        """Return the customers that are kept."""
        w = None if self.weights is None else self.weights[kept]
        return Histories(self.x[kept], self.t_x[kept], self.T[kept], w)

    def in_units_of(self, unit: float) -> Histories:
        """Return the same histories with time measured in the given unit."""
        return Histories(self.x, self.t_x / unit, self.T / unit, self.weights)


def histories(
    frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None
) -> Histories:
    """Return checked purchase histories, or raise ValueError naming the first bad element."""
    x = counts("frequency", frequency)
    t_x, length = numbers("recency", recency), numbers("T", T)
    w = None if weights is None else numbers("weights", weights)
    same_length(frequency=x, recency=t_x, T=length, **({} if w is None else {"weights": w}))
    check_order(x, t_x, length)
    return Histories(x, t_x, length, w)


def check_order(x: Floats, t_x: Floats, T: Floats) -> None:
    """Raise ValueError where a last purchase lies outside the observation or has no purchase."""
    refuse(
        t_x > T,
        lambda i: (
            f"recency: element {i} is {t_x[i]:g}, later than T {T[i]:g}. Recency is the age"
            " of the customer at the last purchase; it cannot exceed the length of observation."
        ),
    )
    refuse(
        (x == 0) & (t_x > 0),
        lambda i: (
            f"recency: element {i} is {t_x[i]:g}, but its frequency is 0. Without a repeat"
            " purchase the recency is 0: count time from the first purchase."
        ),
    )


def numbers(name: str, values: ArrayLike) -> Floats:
    """Return a one-dimensional array of finite numbers >= 0, or raise ValueError."""
    array = finite(name, values)
    refuse(
        array < 0,
        lambda i: (
            f"{name}: element {i} is {array[i]:g}. It must be 0 or more;"
            " correct or leave out that customer."
        ),
    )
    return array


def counts(name: str, values: ArrayLike) -> Floats:
    """Return whole numbers >= 0 as floats, or raise ValueError."""
    array = numbers(name, values)
    refuse(
        array != np.floor(array),
        lambda i: (
            f"{name}: element {i} is {array[i]:g}. It counts repeat purchases,"
            " so give a whole number."
        ),
    )
    refuse(
        array > MOST_PURCHASES,
        lambda i: (
            f"{name}: element {i} is {array[i]:g}, more than ten million purchases by one"
            " customer. Check that the column is the number of repeat purchases."
        ),
    )
    return array


def finite(name: str, values: ArrayLike) -> Floats:
    """Return a one-dimensional array of finite floats, or raise ValueError."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} holds something that is not a number. Give numbers only."
        ) from None
    if array.ndim > 1:
        raise ValueError(f"{name} has {array.ndim} dimensions. Give one number per customer.")
    array = np.ascontiguousarray(np.atleast_1d(array))
    refuse(
        ~np.isfinite(array),
        lambda i: (
            f"{name}: element {i} is {array[i]}. Give a finite number or leave out that customer."
        ),
    )
    return array


def dot(weights: Floats, values: Floats) -> float:
    """Return the sum of products; einsum, since BLAS would start threads that spin and wait."""
    return float(np.einsum("i,i->", weights, values))


def same_length(**arrays: Floats) -> None:
    """Raise ValueError unless all arrays have the same length."""
    lengths = {name: a.size for name, a in arrays.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name} {size}" for name, size in lengths.items())
        raise ValueError(
            f"The arrays have different lengths: {listed}. Give one element per customer in each."
        )


def broadcast(**arrays: Floats) -> list[Floats]:
    """Return the arrays stretched to one length; only single values are stretched."""
    size = max((a.size for a in arrays.values()), default=0)
    if any(a.size == 0 for a in arrays.values()):
        size = 0
    stretched = {
        name: np.broadcast_to(a, (size,)) if a.size == 1 else a for name, a in arrays.items()
    }
    same_length(**stretched)
    return [np.ascontiguousarray(a) for a in stretched.values()]


def positive(name: str, value: float, *, zero: bool = False) -> float:
    """Return value if it is a finite number > 0 (or >= 0), or raise ValueError."""
    number = float(value)
    if not np.isfinite(number) or number < 0 or (number == 0 and not zero):
        bound = "0 or more" if zero else "more than 0"
        raise ValueError(f"{name} is {value}. It must be a finite number, {bound}.")
    return number


def refuse(bad: NDArray[np.bool_], sentence: Callable[[int], str]) -> None:
    """Raise ValueError with the sentence for the first bad element."""
    if bad.any():
        raise ValueError(sentence(int(np.argmax(bad))))
