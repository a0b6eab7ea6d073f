"""Draw calls, visits, meetings and letters, mostly around the orders they were about."""

from dataclasses import dataclass

import numpy as np

from mainstay.project.demo.companies import Company, Random, pick
from mainstay.project.demo.contacts import Contact
from mainstay.project.demo.purchases import DAYS
from mainstay.project.demo.sales import Rows

RECENT_DAYS = 540
MOST = 40
CHANNELS = ("call", "email", "visit", "meeting", "letter", "note")
CHANNEL_SHARES = (0.42, 0.34, 0.09, 0.07, 0.02, 0.06)
REMOTE_SHARES = (0.12, 0.7, 0.0, 0.0, 0.06, 0.12)  # nobody travels to who orders nothing
BY_SERVICE_SHARE = 0.2
COMPLAINING_SHARE = 0.45  # of talks about an order; the others pass over what went wrong

# Purpose, subject and what was noted.
SUBJECTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "en": (
        (
            "information",
            "Asked about delivery times",
            "Needs the goods by Friday; we promised Thursday.",
        ),
        (
            "information",
            "Price list for next quarter",
            "Wants the new list before the budget meeting.",
        ),
        ("complaint", "Damaged carton", "Two cartons arrived wet. Replacement sent the same day."),
        (
            "care",
            "Yearly review",
            "Content with delivery, less so with invoices. New buyer from May.",
        ),
        ("information", "Sample of nitrile gloves", "Asked for two sizes to try in production."),
        (
            "care",
            "Quiet since spring",
            "Buys part of the range elsewhere; price was named as the reason.",
        ),
        ("talk", "Framework agreement", "Open to a yearly volume if postage is included."),
        ("recommendation", "Thanked for quick help", "Would recommend us to the sister company."),
    ),
    "pl": (
        (
            "information",
            "Pytanie o termin dostawy",
            "Towar potrzebny do piątku, obiecaliśmy czwartek.",
        ),
        (
            "information",
            "Cennik na kolejny kwartał",
            "Prosi o nowy cennik przed spotkaniem budżetowym.",
        ),
        (
            "complaint",
            "Uszkodzony karton",
            "Dwa kartony przyszły mokre. Wysłaliśmy nowe tego samego dnia.",
        ),
        ("care", "Przegląd roczny", "Zadowoleni z dostaw, mniej z faktur. Od maja nowy kupiec."),
        ("information", "Próbka rękawic", "Poprosili o dwa rozmiary do prób na produkcji."),
        ("talk", "Umowa ramowa", "Są otwarci na roczny wolumen, jeśli wliczymy przesyłkę."),
    ),
    "ru": (
        ("information", "Вопрос о сроках поставки", "Товар нужен к пятнице, обещали в четверг."),
        (
            "information",
            "Прайс-лист на следующий квартал",
            "Просят новый прайс до заседания по бюджету.",
        ),
        (
            "complaint",
            "Повреждённая коробка",
            "Две коробки пришли мокрыми. Замену отправили в тот же день.",
        ),
        ("care", "Годовая встреча", "Довольны доставкой, меньше — счетами. С мая новый закупщик."),
        ("talk", "Рамочный договор", "Готовы к годовому объёму, если доставка включена."),
    ),
    "zh-hans": (
        ("information", "询问交货时间", "周五之前需要货物，我们答应周四送到。"),
        ("information", "下季度价目表", "希望在预算会议之前拿到新的价目表。"),
        ("complaint", "纸箱损坏", "两个纸箱受潮，当天已补发。"),
        ("care", "年度回顾", "对交货满意，对发票不太满意。五月起有新的采购员。"),
        ("talk", "框架协议", "如果包邮，愿意签年度采购量。"),
    ),
}


@dataclass
class Talk:
    company: int
    contact: int | None
    by_service: bool
    channel: str
    purpose: str
    subject: str
    body: str
    day: int
    second: int


def draw(
    random: Random, companies: list[Company], contacts: list[Contact], orders: Rows
) -> list[Talk]:
    """Draw the talks of the last year and a half, in the order of companies."""
    known = _present_contacts(contacts)
    recent = orders[orders["day"] >= DAYS - RECENT_DAYS]
    recent = recent[np.argsort(recent["customer"], kind="stable")]
    bounds = np.searchsorted(recent["customer"], np.arange(len(companies) + 1))
    talks: list[Talk] = []
    for position, company in enumerate(companies):
        days = recent["day"][bounds[position] : bounds[position + 1]]
        if company.same_as is None:
            talks += _of_company(random, company, position, known.get(position, []), days)
    return talks


def _present_contacts(contacts: list[Contact]) -> dict[int, list[int]]:
    known: dict[int, list[int]] = {}
    for number, contact in enumerate(contacts):
        known.setdefault(contact.places[-1].company, []).append(number)
    return known


def _of_company(
    random: Random,
    company: Company,
    position: int,
    known: list[int],
    days: np.ndarray,
) -> list[Talk]:
    count = min(int(random.poisson(1.2 + 0.25 * len(days) + 6 * company.is_key)), MOST)
    return [_talk(random, company, position, known, days) for _ in range(count)]


def _day(random: Random, days: np.ndarray) -> int:
    """Return a day around an order, or any recent day where there was none."""
    if not len(days):
        return int(random.integers(DAYS - RECENT_DAYS, DAYS))
    near = int(days[int(random.integers(len(days)))]) + int(random.integers(-10, 21))
    return min(max(near, 0), DAYS - 1)


def _subject(random: Random, company: Company, *, buys: bool) -> tuple[str, str, str]:
    """Return purpose, subject and body; only who buys has something to complain about."""
    known = SUBJECTS[company.words.language]
    complains = buys and random.random() < COMPLAINING_SHARE
    return pick(random, [each for each in known if complains or each[0] != "complaint"])


def _talk(
    random: Random, company: Company, position: int, known: list[int], days: np.ndarray
) -> Talk:
    buys = len(days) > 0
    purpose, subject, body = _subject(random, company, buys=buys)
    return Talk(
        company=position,
        contact=pick(random, known) if known else None,
        by_service=bool(random.random() < BY_SERVICE_SHARE),
        channel=str(random.choice(CHANNELS, p=CHANNEL_SHARES if buys else REMOTE_SHARES)),
        purpose=purpose,
        subject=subject,
        body=body,
        day=_day(random, days),
        second=int(random.integers(8 * 3600, 17 * 3600)),
    )
