"""Tell postage, discounts and bookings by hand from goods, by code and name: SQL expressions only.

Names count only whole: "Postage" is postage, "Postage stamp set" is goods.
"""

POSTAGE_NAMES = (
    "(dotcom )?(postage|carriage|freight|shipping|delivery)( (charge|cost|fee)s?)?"
    "|postage (and|&) packing|(koszty? )?(wysyłk[ai]|przesyłk[ai]|dostaw[ay]|transportu?)"
    "|(стоимость )?(доставк[аи]|пересылк[аи])|运费|邮费|快递费|配送费"
)
MANUAL_NAMES = (
    "manual( entry)?|samples?|bank charges?|amazon fee|.* commission|adjust(ment)? .*"
    "|.*bad debt.*|próbk[ai]|korekta.*|opłata.*|prowizja.*|образ(ец|цы)|корректировка.*"
    "|комиссия.*|样品|手续费|调整"
)
POSTAGE = ("post|dot|c2|p&p|carriage|freight|shipping|delivery", POSTAGE_NAMES)
DISCOUNT = ("d|disc|discount|rabat", "(trade |volume )?discounts?|rabaty?|скидк[аи]|折扣|优惠")
MANUAL = ("m|b|s|bank charges?|amazonfee|cruk|adjust\\d*|manual|fee", MANUAL_NAMES)
BAD_DEBT = "(?i).*(bad debt|nieściągaln|безнад[её]жн\\w* долг|坏账).*"


def kind_of(code: str, name: str) -> str:
    """Return the SQL that names the kind of a product from its code and its usual name."""
    cases = "".join(
        (
            f" WHEN regexp_full_match({code}, '(?i){codes}') OR regexp_full_match({name}, "
            f"'(?i){names}') THEN '{kind}'"
        )
        for kind, (codes, names) in {
            "postage": POSTAGE,
            "discount": DISCOUNT,
            "manual": MANUAL,
        }.items()
    )
    return f"CASE{cases} ELSE 'goods' END"


def is_bad_debt(name: str) -> str:
    """Return the SQL that sees a bad debt written off, which is no sale."""
    return f"coalesce(regexp_full_match({name}, '{BAD_DEBT}'), false)"
