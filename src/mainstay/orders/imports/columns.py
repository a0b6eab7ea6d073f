"""What can be told about an order line and a product in a file, and the headings that say it."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mainstay.customers.imports.countries import country_words
from mainstay.customers.imports.kinds import Column
from mainstay.engine.staging.fields import Field, Type

LARGEST = 9e12

ORDER_COLUMNS = (
    Column(
        field=Field("order", Type.KEY, max_length=120),
        label=_("Order number"),
        help=_("Lines with the same number make one order. Without it, a customer's lines of "
"one day do."),
        words=("invoice no", "invoice", "invoice number", "order id", "order no", "order number", "invoice id", "receipt", "transaction id", "basket id",
               "nr zamówienia", "numer zamówienia", "zamówienie", "nr faktury", "numer faktury", "faktura", "номер заказа", "заказ", "номер счета", "счет", "чек",
               "订单号", "订单编号", "发票号", "发票编号", "订单"),
    ),
    Column(
        field=Field("line_name", Type.KEY, max_length=52),
        label=_("Line number"),
        help=_("The line's own number within its order, if the file has one."),
        words=("line", "line no", "line number", "line id", "position", "item no", "pozycja", "lp", "nr pozycji", "позиция", "номер строки", "строка", "行号", "行"),
    ),
    Column(
        field=Field("ordered_at", Type.MOMENT, required=True),
        label=_("Date"),
        words=("invoice date", "order date", "date", "ordered at", "datetime", "timestamp", "day", "purchase date", "transaction date", "created at",
               "data", "data zamówienia", "data faktury", "data sprzedaży", "data wystawienia", "дата", "дата заказа", "дата счета", "дата покупки", "日期", "订单日期", "下单时间", "发票日期", "时间"),
    ),
    Column(
        field=Field("customer", Type.KEY, max_length=120),
        label=_("Customer number"),
        help=_("Lines without a customer count in sales, not in customer value."),
        words=("customer id", "customer", "customer no", "customer number", "client id", "client", "account", "household key", "user id", "buyer",
               "klient", "nr klienta", "numer klienta", "id klienta", "kontrahent", "odbiorca", "клиент", "номер клиента", "код клиента", "id клиента", "покупатель",
               "客户编号", "客户号", "客户", "客户id", "会员号"),
    ),
    Column(
        field=Field("customer_name", max_length=200),
        label=_("Customer name"),
        help=_("Used for customers that are not known yet."),
        words=("customer name", "client name", "company", "company name", "nazwa klienta", "nazwa firmy", "firma", "название клиента", "имя клиента", "наименование клиента", "компания", "客户名称", "客户姓名", "公司"),
    ),
    Column(
        field=Field("country", Type.CHOICE, choices=country_words(), open_choice=True),
        label=_("Customer's country"),
        words=("country", "customer country", "kraj", "państwo", "страна", "国家"),
    ),
    Column(
        field=Field("product", Type.KEY, max_length=120),
        label=_("Product code"),
        words=("stock code", "product", "product id", "product code", "sku", "item", "item code", "article", "article no", "ean", "kod produktu", "produkt", "towar", "indeks", "kod towaru", "symbol",
               "товар", "код товара", "артикул", "номенклатура", "产品编号", "产品", "商品编码", "商品编号", "货号"),
    ),
    Column(
        field=Field("product_name", max_length=200),
        label=_("Product name"),
        words=("description", "product name", "item description", "item name", "product description", "nazwa produktu", "nazwa towaru", "opis", "nazwa", "наименование", "название товара", "описание", "наименование товара", "产品名称", "商品名称", "描述", "品名"),
    ),
    Column(
        field=Field("quantity", Type.NUMBER, low=-LARGEST, high=LARGEST),
        label=_("Quantity"),
        help=_("Without it, each line counts as one."),
        words=("quantity", "qty", "units", "number of cds", "pieces", "count", "ilość", "liczba sztuk", "sztuk", "szt", "количество", "кол во", "штук", "数量", "件数"),
    ),
    Column(
        field=Field("unit_price", Type.NUMBER, low=-LARGEST, high=LARGEST),
        label=_("Price of one"),
        words=("unit price", "price", "price per unit", "cena", "cena jednostkowa", "cena netto", "цена", "цена за единицу", "单价", "价格"),
    ),
    Column(
        field=Field("amount", Type.NUMBER, low=-LARGEST, high=LARGEST),
        label=_("Amount of the line"),
        help=_("If given, it counts; price times quantity otherwise."),
        words=("amount", "line total", "total", "line amount", "sales value", "revenue", "value", "dollar value", "net amount", "sum", "kwota", "wartość", "wartość netto", "suma", "сумма", "стоимость", "итого", "金额", "总价", "销售额"),
    ),
    Column(
        field=Field("cost", Type.NUMBER, low=-LARGEST, high=LARGEST),
        label=_("Cost of the line"),
        words=("cost", "line cost", "total cost", "cogs", "koszt", "себестоимость", "成本"),
    ),
    Column(
        field=Field("unit_cost", Type.NUMBER, low=-LARGEST, high=LARGEST),
        label=_("Cost of one"),
        words=("unit cost", "cost price", "purchase price", "koszt jednostkowy", "cena zakupu", "закупочная цена", "себестоимость единицы", "单位成本", "进价"),
    ),
    Column(
        field=Field("currency", max_length=3),
        label=_("Currency"),
        help=_("Three capitals such as EUR. Other currencies than the company's need an exchange "
"rate."),
        words=("currency", "currency code", "waluta", "валюта", "货币", "币种"),
    ),
    Column(
        field=Field("reverses", Type.KEY, max_length=120),
        label=_("Takes back order"),
        help=_("The number of the order that a return belongs to. Without it, Mainstay looks "
"for a match."),
        words=("original order", "original invoice", "returns order", "corrected invoice", "faktura korygowana", "исходный заказ", "原订单号"),
    ),
)  # fmt: skip

PRODUCT_COLUMNS = (
    Column(
        field=Field("code", Type.KEY, required=True, max_length=120),
        label=_("Product code"),
        words=(*ORDER_COLUMNS[6].words, "code", "id", "kod", "код", "编号"),
    ),
    Column(
        field=Field("name", required=True, max_length=200),
        label=_("Product name"),
        words=("name", *ORDER_COLUMNS[7].words, "название", "名称"),
    ),
    Column(
        field=Field("category", max_length=120),
        label=_("Category"),
        words=("category", "product category", "group", "department", "kategoria", "grupa", "категория", "группа", "类别", "分类"),
    ),
    Column(
        field=Field("unit_cost", Type.NUMBER, low=0, high=9e9),
        label=_("Cost of one"),
        words=(*ORDER_COLUMNS[12].words, "cost", "koszt", "себестоимость", "成本"),
    ),
)  # fmt: skip

RATE_COLUMNS = (
    Column(
        field=Field("currency", Type.KEY, required=True, max_length=3),
        label=_("Currency"),
        words=ORDER_COLUMNS[13].words,
    ),
    Column(
        field=Field("day", Type.MOMENT, required=True),
        label=_("Day"),
        help=_("The rate counts from this day on, at most 31 days."),
        words=("day", "date", "month", "valid from", "data", "dzień", "дата", "日期"),
    ),
    Column(
        field=Field("rate", Type.NUMBER, required=True, low=1e-9, high=1e9),
        label=_("Rate"),
        help=_("What one unit of the currency is worth in the company's currency."),
        words=("rate", "exchange rate", "value", "kurs", "kurs średni", "курс", "汇率"),
    ),
)  # fmt: skip

QUANTITY_COLUMNS = (
    Column(
        field=Field("activity", required=True, max_length=120),
        label=_("Activity"),
        help=_("The name of an activity whose driver is “Own quantities”."),
        words=("activity", "driver", "service", "kind of work", "czynność", "działanie", "деятельность", "работа", "活动", "作业"),
    ),
    Column(
        field=Field("customer", Type.KEY, required=True, max_length=120),
        label=_("Customer number"),
        help=_("The number under which this source knows the customer."),
        words=("customer", "customer id", "customer no", "customer number", "client", "account", "klient", "nr klienta", "numer klienta", "клиент", "номер клиента", "客户", "客户编号"),
    ),
    Column(
        field=Field("day", Type.MOMENT, required=True),
        label=_("Day"),
        help=_("When it was, or the last day of the period that the quantity covers."),
        words=RATE_COLUMNS[1].words,
    ),
    Column(
        field=Field("quantity", Type.NUMBER, required=True, low=0, high=1e9),
        label=_("Quantity"),
        help=_("How much of it the customer caused. Rows of one day are added up."),
        words=("quantity", "qty", "number", "count", "times", "hours", "ilość", "liczba", "количество", "число", "数量", "次数"),
    ),
)  # fmt: skip


def order_missing(mapped: frozenset[str]) -> list[StrOrPromise]:
    """Say what the mapping of an order file lacks."""
    found: list[StrOrPromise] = []
    if not mapped & {"amount", "unit_price"}:
        found.append(_("Choose the column for “Price of one” or for “Amount of the line”."))
    if not mapped & {"order", "customer"}:
        found.append(_("Choose the column for “Order number” or for “Customer number”."))
    return found


def order_required(mapped: frozenset[str]) -> frozenset[str]:
    """Name the fields that every row must fill, given what is mapped."""
    required = {"order", "line_name", "quantity"} & mapped
    if "amount" not in mapped:
        required |= {"unit_price"} & mapped
    elif "unit_price" not in mapped:
        required |= {"amount"}
    if "order" not in mapped:
        required |= {"customer"} & mapped
    return frozenset(required)
