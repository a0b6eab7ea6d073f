"""The legal forms that follow or precede a company's name: they tell companies apart badly."""

import re

from mainstay.analysis.matching.letters import plain

# The form as we write it → how it stands in names, of any script, short and in full.
FORMS: dict[str, tuple[str, ...]] = {
    "sp zoo": (
        "sp. z o.o.",
        "sp. z o. o.",
        "spółka z o.o.",
        "spółka z ograniczoną odpowiedzialnością",
    ),
    "sa": ("S.A.", "SA", "spółka akcyjna", "société anonyme", "sociedad anónima"),
    "psa": ("P.S.A.", "prosta spółka akcyjna"),
    "sp k": ("sp. k.", "sp.k.", "spółka komandytowa"),
    "sp j": ("sp. j.", "sp.j.", "spółka jawna"),
    "sp p": ("sp. p.", "spółka partnerska"),
    "ska": ("S.K.A.", "spółka komandytowo-akcyjna"),
    "sc": ("s.c.", "spółka cywilna"),
    "ooo": ("ООО", "OOO", "общество с ограниченной ответственностью"),
    "zao": ("ЗАО", "ZAO", "закрытое акционерное общество"),
    "oao": ("ОАО", "OAO", "открытое акционерное общество"),
    "pao": ("ПАО", "PAO", "публичное акционерное общество"),
    "ao": ("АО", "AO", "акционерное общество"),
    "nao": ("НАО", "непубличное акционерное общество"),
    "ip": ("ИП", "индивидуальный предприниматель"),
    "tov": ("ТОВ", "ТзОВ", "товариство з обмеженою відповідальністю"),
    "gmbh": ("GmbH", "Gesellschaft mit beschränkter Haftung", "mbH"),
    "gmbh co kg": ("GmbH & Co. KG", "GmbH und Co. KG", "GmbH & Co KGaA"),
    "ag": ("AG", "Aktiengesellschaft"),
    "kg": ("KG", "Kommanditgesellschaft"),
    "ohg": ("OHG",),
    "ug": ("UG (haftungsbeschränkt)", "UG"),
    "ev": ("e.V.", "e. V."),
    "ek": ("e.K.", "e. K."),
    "ltd": ("Ltd", "Ltd.", "Limited", "Pty Ltd", "Pvt Ltd", "Private Limited", "Co. Ltd."),
    "plc": ("plc", "public limited company"),
    "llc": ("LLC", "L.L.C."),
    "llp": ("LLP",),
    "inc": ("Inc", "Inc.", "Incorporated"),
    "corp": ("Corp", "Corp.", "Corporation"),
    "sro": ("s.r.o.", "s. r. o.", "spol. s r.o.", "spoločnosť s ručením obmedzeným"),
    "as": ("a.s.", "a. s.", "A/S", "akciová společnost"),
    "sarl": ("SARL", "S.à r.l.", "Sàrl"),
    "sas": ("SAS", "S.A.S."),
    "srl": ("S.r.l.", "SRL"),
    "spa": ("S.p.A.",),
    "sl": ("S.L.", "sociedad limitada"),
    "bv": ("B.V.", "BV"),
    "nv": ("N.V.", "NV"),
    "ab": ("AB", "Aktiebolag"),
    "oy": ("Oy", "Oyj"),
    "kft": ("Kft.",),
    "zrt": ("Zrt.",),
    "doo": ("d.o.o.", "d. o. o."),
    "uab": ("UAB",),
    "sia": ("SIA",),
    "ou": ("OÜ",),
    "gufen youxian": ("股份有限公司", "股份公司", "股份有限責任公司"),
    "youxian": ("有限公司", "有限责任公司", "有限責任公司"),
    "jituan": ("集团有限公司", "集團有限公司", "集团", "集團"),
    "gongsi": ("公司", "商行"),
}


def _spelled() -> dict[str, str]:
    return {plain(name): form for form, names in FORMS.items() for name in names}


_FORM_OF = _spelled()
_ANY = "|".join(re.escape(name) for name in sorted(_FORM_OF, key=len, reverse=True))
_AT_END = re.compile(rf"^(.+?) ({_ANY})$")
_AT_START = re.compile(rf"^({_ANY}) (.+)$")


def without_form(name: str) -> tuple[str, str]:
    """Return a plain name without its legal form, and the form; a form alone stays a name.

    >>> without_form("nova logistyka sp z oo")
    ('nova logistyka', 'sp zoo')
    >>> without_form("ooo romashka")
    ('romashka', 'ooo')
    """
    form = ""
    while found := _AT_END.match(name):
        name, form = found.group(1), _FORM_OF[found.group(2)]
    if not form and (found := _AT_START.match(name)):
        name, form = found.group(2), _FORM_OF[found.group(1)]
    return name, form
