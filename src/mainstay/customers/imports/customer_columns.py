"""What can be told about a customer in a file, and the headings that say it."""

from django.utils.translation import gettext_lazy as _

from mainstay.customers.imports.countries import country_words
from mainstay.customers.imports.kinds import Column
from mainstay.engine.staging.fields import Field, Type

KINDS = {
    "organisation": ("organisation", "organization", "company", "business", "b2b", "firma", "organizacja", "spółka", "организация", "компания", "юрлицо", "公司", "企业", "单位", "o", "org"),
    "person": ("person", "individual", "private", "consumer", "b2c", "osoba", "osoba fizyczna", "prywatny", "частное лицо", "человек", "физлицо", "физическое лицо", "个人", "p"),
}  # fmt: skip

COLUMNS = (
    Column(
        field=Field("number", Type.KEY, required=True, max_length=120),
        label=_("Customer number"),
        help=_("The number or code by which this source knows the customer."),
        words=("customer id", "id", "customer no", "customer number", "customer", "number", "code", "client id", "account", "account id", "external id",
               "nr klienta", "numer klienta", "id klienta", "klient", "kod", "kontrahent", "номер клиента", "код клиента", "id клиента", "клиент", "код", "客户编号", "客户号", "编号", "客户id"),
    ),
    Column(
        field=Field("name", required=True, max_length=200),
        label=_("Name"),
        words=("name", "customer name", "company name", "company", "client name", "full name", "organisation", "organization", "nazwa", "nazwa klienta", "nazwa firmy", "imię i nazwisko", "firma",
               "название", "наименование", "имя", "фио", "клиент", "компания", "名称", "姓名", "客户名称", "公司名称", "公司"),
    ),
    Column(
        field=Field("kind", Type.CHOICE, choices={word: kind for kind, words in KINDS.items() for word in words}),
        label=_("Organisation or person"),
        words=("kind", "type", "customer type", "typ", "rodzaj", "typ klienta", "тип", "вид", "тип клиента", "类型", "客户类型"),
    ),
    Column(
        field=Field("email", Type.EMAIL, max_length=254),
        label=_("E-mail"),
        words=("email", "e mail", "email address", "mail", "adres email", "poczta", "почта", "эл почта", "электронная почта", "邮箱", "电子邮件"),
    ),
    Column(
        field=Field("phone", Type.KEY, max_length=40),
        label=_("Phone"),
        words=("phone", "phone number", "telephone", "mobile", "tel", "telefon", "nr telefonu", "komórka", "телефон", "моб", "电话", "手机", "联系电话"),
    ),
    Column(field=Field("website", max_length=200), label=_("Website"), words=("website", "web", "url", "homepage", "strona", "strona www", "сайт", "网站", "网址")),
    Column(
        field=Field("tax_number", Type.KEY, max_length=40),
        label=_("Tax number"),
        words=("tax number", "vat", "vat number", "vat id", "tax id", "nip", "инн", "税号", "纳税人识别号"),
    ),
    Column(field=Field("industry", max_length=120), label=_("Industry"), words=("industry", "sector", "branch", "branża", "отрасль", "行业")),
    Column(
        field=Field("country", Type.CHOICE, choices=country_words(), open_choice=True),
        label=_("Country"),
        words=("country", "kraj", "państwo", "страна", "国家"),
    ),
    Column(field=Field("city", max_length=120), label=_("Town"), words=("city", "town", "miasto", "miejscowość", "город", "城市")),
    Column(field=Field("street", max_length=200), label=_("Street"), words=("street", "address", "address line 1", "ulica", "adres", "улица", "адрес", "地址", "街道")),
    Column(field=Field("postcode", Type.KEY, max_length=20), label=_("Postcode"), words=("postcode", "zip", "zip code", "postal code", "kod pocztowy", "индекс", "почтовый индекс", "邮编", "邮政编码")),
    Column(field=Field("language", max_length=10), label=_("Language"), help=_("A code such as en, pl, ru or "
"zh-hans."), words=("language", "lang", "język", "язык", "语言")),
    Column(field=Field("founded_year", Type.INTEGER, low=1, high=9999), label=_("Year founded"), words=("founded", "year founded", "founded year", "rok założenia", "год основания", "成立年份")),
    Column(field=Field("description", max_length=20_000, paragraphs=True), label=_("Description"), words=("description", "notes", "comment", "opis", "uwagi", "описание", "примечание", "描述", "备注")),
    Column(field=Field("owner", Type.EMAIL, max_length=254), label=_("Owner’s e-mail"), help=_("Who looks after the customer: "
"the address with which that "
"person signs in."), words=("owner", "owner email", "account manager", "opiekun", "handlowiec", "ответственный", "менеджер", "负责人", "客户经理")),
    Column(field=Field("channel", max_length=80), label=_("Came by"), help=_("The channel by which the customer found you."), words=("channel", "acquisition channel", "acquisition source", "lead source", "came by", "kanał", "kanał pozyskania", "źródło pozyskania", "канал", "канал привлечения", "источник клиента", "渠道", "获客渠道", "客户来源")),
    Column(field=Field("campaign", max_length=120), label=_("Campaign"), help=_("Within the channel."), words=("campaign", "acquisition campaign", "kampania", "кампания", "рекламная кампания", "活动", "营销活动")),
    Column(field=Field("parent", Type.KEY, max_length=120), label=_("Parent’s customer number"), words=("parent", "parent id", "parent customer", "headquarters", "centrala", "jednostka nadrzędna", "головная организация", "母公司", "上级客户")),
)  # fmt: skip
