"""Draw what the wholesaler sells: categories, products, prices and what they cost."""

from dataclasses import dataclass

import numpy as np

from mainstay.project.demo.companies import Random, pick

PRODUCTS_PER_GROUP = 12
UNKNOWN_COST_SHARE = 0.015
USUAL_MARGIN, MARGIN_SPREAD = 0.34, 0.08

# Category: (what is in it, makes of it, price of the usual one in cents)
RANGE: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "Packaging": (("Carton", "Mailing box", "Stretch film", "Bubble wrap"), ("S", "M", "L"), 180),
    "Adhesives": (("Packing tape", "Assembly glue", "Sealant"), ("clear", "brown", "white"), 390),
    "Workwear": (("Work jacket", "Work trousers", "Safety vest"), ("navy", "grey", "red"), 4900),
    "Safety": (("Safety boots", "Helmet", "Ear defenders"), ("S1", "S2", "S3"), 6200),
    "Gloves": (("Nitrile gloves", "Leather gloves", "Winter gloves"), ("8", "9", "10"), 890),
    "Hand tools": (("Hammer", "Screwdriver set", "Pliers", "Spanner"), ("steel", "chrome"), 2300),
    "Power tools": (("Cordless drill", "Angle grinder", "Sander"), ("12 V", "18 V", "36 V"), 15900),
    "Fasteners": (("Wood screws", "Bolts", "Wall plugs"), ("M4", "M6", "M8"), 640),
    "Cleaning": (("Floor cleaner", "Degreaser", "Hand soap"), ("1 l", "5 l", "20 l"), 1150),
    "Hygiene": (("Paper towels", "Toilet rolls", "Wipes"), ("12 pack", "24 pack"), 1420),
    "Office": (("Copy paper", "Binder", "Whiteboard"), ("A4", "A3", "A5"), 780),
    "Storage": (
        ("Steel shelf", "Stacking bin", "Pallet cover"),
        ("60 cm", "90 cm", "120 cm"),
        8700,
    ),
}
PARENTS = {
    "Supplies": ("Packaging", "Adhesives", "Cleaning", "Hygiene", "Office"),
    "Protection": ("Workwear", "Safety", "Gloves"),
    "Workshop": ("Hand tools", "Power tools", "Fasteners", "Storage"),
}
MAKES = ("Kotwica", "Norrland", "Vektor", "Baltex")


@dataclass
class Catalogue:
    """Products in the order of their categories; an unknown cost is negative."""

    categories: list[str]
    codes: list[str]
    names: list[str]
    category: np.ndarray  # position in `categories`
    price: np.ndarray  # minor units
    cost: np.ndarray  # minor units, -1 where nobody has entered it

    def group(self, category: np.ndarray, draw: np.ndarray) -> np.ndarray:
        """Return one product for each category, the first ones of a category most often."""
        chosen = np.floor(PRODUCTS_PER_GROUP * draw**1.7).astype(np.int64)
        return category * PRODUCTS_PER_GROUP + chosen


def draw(random: Random) -> Catalogue:
    """Draw twelve products for each category."""
    names = [name for things in RANGE for name in _names(random, *RANGE[things][:2])]
    category = np.repeat(np.arange(len(RANGE)), PRODUCTS_PER_GROUP)
    usual = np.array([price for _, _, price in RANGE.values()])[category]
    price = np.round(usual * random.lognormal(0.0, 0.45, len(names))).astype(np.int64)
    margin = np.clip(random.normal(USUAL_MARGIN, MARGIN_SPREAD, len(names)), 0.08, 0.6)
    cost = np.round(price * (1 - margin)).astype(np.int64)
    cost[random.random(len(names)) < UNKNOWN_COST_SHARE] = -1
    codes = [f"{100 + c}-{n % PRODUCTS_PER_GROUP + 1:03d}" for n, c in enumerate(category)]
    return Catalogue(list(RANGE), codes, names, category, price, cost)


def _names(random: Random, things: tuple[str, ...], variants: tuple[str, ...]) -> list[str]:
    """Return different names: thing, variant and, where those run out, make."""
    names: list[str] = []
    while len(names) < PRODUCTS_PER_GROUP:
        name = f"{pick(random, things)} {pick(random, MAKES)} {pick(random, variants)}"
        if name not in names:
            names.append(name)
    return names
