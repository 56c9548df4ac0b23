"""Notices as they are pasted: what is read out of them, and that nothing is ever read into them."""

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.goods_text import tidied
from models.notice_text import Notice, read_carrier, read_method, read_notice, read_number
from tests.conversation.test_hostile_text import HOSTILE

# Made up in the shape of what people get: (what it is like, the text, what stands in it).
NOTICES: list[tuple[str, str, dict[str, Any]]] = [
    (
        "rozetka's mail",
        """Вітаємо!
У вас нове замовлення №812345678

Покупець: Шевчук Тарас Григорович
Контактний номер: +38 (067) 123-45-67
Товари:
Чайник «Пектораль» 1,7 л x 2 шт. 640 грн
Разом: 1 280 грн
Доставка: Нова Пошта, Київ, Відділення №4
Оплата: Оплата під час отримання (накладений платіж)
Покупець просить не передзвонювати
""",
        {
            "number": "812345678",
            "name": "Шевчук Тарас Григорович",
            "phone": "+380671234567",
            "goods": [("Чайник «Пектораль» 1,7 л", 2, 64000)],
            "total": 128000,
            "carrier": "nova_poshta",
            "address": "Київ, Відділення №4",
            "method": "cash_on_delivery",
            "do_not_call": True,
        },
    ),
    (
        "rozetka's SMS, in one line",
        "ROZETKA: нове замовлення 812345679 на суму 1280 грн. Покупець: Леся Косач, тел. 0501112233",
        {"number": "812345679", "name": "Леся Косач", "phone": "+380501112233", "total": 128000},
    ),
    (
        "globus's mail turned from HTML to text",
        """*Глобус ТОП*
*Нове замовлення* [https://globus.example/orders/1]

Номер замовлення
*G-100245*

ПІБ покупця
*Коцюбинський Михайло*

Телефон
*80671234567*

| Товар | К-сть | Ціна | Сума |
| Лампа настільна LED | 3 | 450.00 | 1350.00 |
| Чохол | 1 | 99.50 | 99.50 |

*До сплати:* 1 449,50 ₴
Спосіб доставки: Укрпошта
Адреса доставки: 21000, м. Вінниця, вул. Соборна, 1
Спосіб оплати: Картка онлайн
Статус оплати: очікується
""",
        {
            "number": "G-100245",
            "name": "Коцюбинський Михайло",
            "phone": "+380671234567",
            "goods": [("Лампа настільна LED", 3, 45000), ("Чохол", 1, 9950)],
            "total": 144950,
            "carrier": "ukrposhta",
            "address": "21000, м. Вінниця, вул. Соборна, 1",
            "method": "card",
            "paid": False,
        },
    ),
    (
        "prom's mail, in Russian",
        """Новый заказ № 302145678
Покупатель: Иванова Мария
Телефон: +380 63 555 44 33
Товар: Коврик для йоги
Количество: 2 шт.
Цена: 350 грн
Итого: 700 грн
Способ доставки: Новая Почта
Адрес доставки: Одесса, отделение 12
Способ оплаты: Наложенный платеж
Комментарий: позвоните после 18:00
""",
        {
            "number": "302145678",
            "name": "Иванова Мария",
            "phone": "+380635554433",
            "goods": [("Коврик для йоги", 2, 35000)],
            "total": 70000,
            "carrier": "nova_poshta",
            "address": "Одесса, отделение 12",
            "method": "cash_on_delivery",
            "comment": "позвоните после 18:00",
        },
    ),
    (
        "free text of a sister who took the call",
        """Тарас Шевчук
067 123 45 67
Чайник 2 х 640
чохол 1шт 100грн
новою поштою київ відділення 4
накладка
""",
        {
            "number": None,
            "name": "Тарас Шевчук",
            "phone": "+380671234567",
            "goods": [("Чайник", 2, 64000), ("чохол", 1, 10000)],
            "carrier": "nova_poshta",
            "address": "київ відділення 4",
            "method": "cash_on_delivery",
        },
    ),
    (
        "emoji everywhere",
        """🔔 Нове замовлення 🛒 #5567
👤 Ім'я: Олена Пчілка
📞 Телефон: 38 050 111 22 33
📦 Рушник махровий × 4 шт — 250 ₴
💰 Всього: 1 000 ₴
🚚 Самовивіз
💳 Оплачено карткою
""",
        {
            "number": "5567",
            "name": "Олена Пчілка",
            "phone": "+380501112233",
            "goods": [("Рушник махровий", 4, 25000)],
            "total": 100000,
            "carrier": "pickup",
            "paid": True,
        },
    ),
    (
        "a line's price is that of all its pieces, and the sum says so",
        """Замовлення №777001
Клієнт: Іван Франко
тел: 0931234567
Ковдра x 2 шт. — 1 800 грн
Подушка x 1 шт. — 400 грн
Разом до сплати: 2 200 грн
""",
        {
            "number": "777001",
            "name": "Іван Франко",
            "phone": "+380931234567",
            "goods": [("Ковдра", 2, 90000), ("Подушка", 1, 40000)],
            "total": 220000,
        },
    ),
    (
        "messy spaces and tabs",
        "  Замовлення   №   812 345 \n\n\n  Покупець :   Марко   Вовчок  \n  Телефон :\t(068)\t765-43-21\n"
        "  Доставка :  Meest ,  Львів ,  поштомат 4455 \n  Сума :  99,90  грн.",
        {
            "name": "Марко Вовчок",
            "phone": "+380687654321",
            "carrier": "meest",
            "number": "812345",
            "address": "Львів, поштомат 4455",
            "total": 9990,
        },
    ),
    (
        "another recipient than the buyer, town and branch apart",
        """Заказ №445566
ФИО: Петренко Пётр
Получатель: Петренко Анна, 0667778899
Телефон: 0951112233
Город: Харьков
Отделение: №15
Служба доставки: Нова пошта
Форма оплати: безготівковий рахунок
""",
        {
            "number": "445566",
            "name": "Петренко Пётр",
            "recipient": "Петренко Анна",
            "phone": "+380951112233",
            "carrier": "nova_poshta",
            "address": "Харьков, Отделение №15",
            "method": "invoice",
        },
    ),
    (
        "the shop's own site, with ids and dates around",
        """From: shop@example.com
Дата: 06.03.2026 17:30
Order ID: SM-2026.031
Name: Taras Shevchuk
Phone: +380671234567
Items:
1. T-shirt Blue XL x 1 — 500 UAH
2. Socks x 3 — 60 UAH
Total: 680 UAH
Delivery: Nova Poshta, Lviv, branch 7
Payment: cash on delivery
""",
        {
            "number": "SM-2026.031",
            "name": "Taras Shevchuk",
            "phone": "+380671234567",
            "goods": [("T-shirt Blue XL", 1, 50000), ("Socks", 3, 6000)],
            "total": 68000,
            "carrier": "nova_poshta",
            "address": "Lviv, branch 7",
            "method": "cash_on_delivery",
        },
    ),
    (
        "the support's number is nobody's",
        """Замовлення 812345680 прийнято
Служба підтримки: 0 800 503 808
Гаряча лінія: 044 537 02 22
Отримувач: Панас Мирний 0971234567
""",
        {"number": "812345680", "name": "Панас Мирний", "phone": "+380971234567"},
    ),
    (
        "a digit too many in the phone is seen, not dropped",
        """Замовлення № 101
Покупець: Григорій Сковорода
Телефон: 06712345678
""",
        {"number": "101", "name": "Григорій Сковорода", "phone": "06712345678"},
    ),
    (
        "a waybill and an account number are no order numbers",
        """Остап Вишня, 0671112233
ТТН 20450000000001
IBAN UA213223130000026007233566001
Відділення №45
Капелюх 1 шт 300 грн
""",
        {"number": None, "name": "Остап Вишня", "phone": "+380671112233", "goods": [("Капелюх", 1, 30000)]},
    ),
    (
        "by instalments, by the shop's courier",
        """Нове замовлення: 9001
Замовник: Ліна Костенко
Моб.: 073-123-45-67
Найменування: Диван кутовий «Затишок»
Кількість: 1
Ціна: 15 999,00 грн
Доставка: кур'єром магазину, Київ, вул. Садова, 1
Оплата: частинами (розстрочка)
""",
        {
            "number": "9001",
            "name": "Ліна Костенко",
            "phone": "+380731234567",
            "goods": [("Диван кутовий «Затишок»", 1, 1599900)],
            "carrier": "own",
            "address": "Київ, вул. Садова, 1",
            "method": "credit",
        },
    ),
    (
        "forwarded from a chat with the buyer",
        """добрий день, хочу замовити
Сорочка біла 2шт по 450 грн
Одеса, Нова Пошта відділення 33
Василь Стефаник 0991234567
не дзвоніть будь ласка
""",
        {
            "number": None,
            "name": "Василь Стефаник",
            "phone": "+380991234567",
            "goods": [("Сорочка біла", 2, 45000)],
            "carrier": "nova_poshta",
            "address": "Одеса, відділення 33",
            "do_not_call": True,
        },
    ),
    (
        "in Russian with everything in one paragraph",
        "Заказ 55012, покупатель: Сидоренко Олег, телефон: 8 (050) 222-33-44, сумма: 2 499 грн, "
        "доставка: Укрпочта, Полтава, отделение 36000, оплата: картой на сайте, оплачен",
        {
            "number": "55012",
            "name": "Сидоренко Олег",
            "phone": "+380502223344",
            "total": 249900,
            "carrier": "ukrposhta",
            "address": "Полтава, отделение 36000",
            "method": "card",
            "paid": True,
        },
    ),
    (
        "goods in three lines each",
        """Замовлення №31337
Покупець: Софія Русова
0507654321

Кавомолка ручна
2 шт. х 850 грн

Фільтри паперові
1 шт. х 120 грн

Всього 1 820 грн
""",
        {
            "number": "31337",
            "name": "Софія Русова",
            "phone": "+380507654321",
            "goods": [("Кавомолка ручна", 2, 85000), ("Фільтри паперові", 1, 12000)],
            "total": 182000,
        },
    ),
    (
        "nothing of the kind",
        "Доброго ранку!\nНагадую: завтра о 10:00 зустріч, буде 5 людей.\nПапери в теці 12345678.",
        {
            "number": None,
            "name": None,
            "phone": None,
            "goods": [],
            "total": None,
            "carrier": None,
            "method": None,
        },
    ),
]


def told(notice: Notice) -> dict[str, Any]:
    """All that was read, in words and numbers."""
    said = {name: getattr(notice, name) for name in Notice.__slots__}
    return said | {
        "phone": notice.phone.text if notice.phone else None,
        "goods": [(one.title, one.quantity, one.price) for one in notice.goods],
    }


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in NOTICES], ids=[row[0] for row in NOTICES])
def test_a_notice_says_what_stands_in_it(text: str, expected: dict[str, Any]) -> None:
    read = told(read_notice(text))
    assert {name: read[name] for name in expected} == expected


def test_there_are_notices_enough() -> None:
    assert len(NOTICES) >= 15
    assert [row[0] for row in NOTICES if read_notice(row[1]).is_order] == [
        row[0] for row in NOTICES[:-1] if row[2].get("number") or row[2].get("goods")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Замовлення від 06.03.2026",
        "Замовлення на суму 1280 грн",
        "Замовлення 3 шт",
        "Замовлення 0671234567",
        "Заказ от 05.01.2026 17:30",
        "Відділення №45",
        "поштомат №4455",
        "Замовлення № 12 345 грн",
        "замовлення прийнято 812345678",
    ],
)
def test_what_only_looks_like_an_orders_number_is_none(text: str) -> None:
    assert read_notice(text).number is None


@pytest.mark.parametrize(
    "text",
    [
        "05.01.2026 17:30",
        "ТТН 20450000000001",
        "5168 7427 1234 5678",
        "0 800 503 808",
        "UA213223130000026007233566001",
    ],
)
def test_what_only_looks_like_a_phone_is_none(text: str) -> None:
    assert read_notice(f"Замовлення №812345678\n{text}").phone is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("812345678", "812345678"),
        ("№ 812 345 678", "812345678"),
        ("#SM-1", "SM-1"),
        ("Замовлення №812345678", "812345678"),
        ("заказ 55012", "55012"),
        ("5", "5"),
        ("не знаю", None),
        ("№", None),
        ("номер 12 шт", None),
        ("١٢٣", None),
        ("A" * 65, None),
    ],
)
def test_a_number_is_read_alone_or_with_its_words(said: str, number: str | None) -> None:
    assert read_number(said) == number


@pytest.mark.parametrize(
    ("said", "carrier"),
    [
        ("нова пошта", "nova_poshta"),
        ("НП", "nova_poshta"),
        ("Новою поштою", "nova_poshta"),
        ("кур'єр Нової Пошти", "nova_poshta"),
        ("укрпошта", "ukrposhta"),
        ("Міст Експрес", "meest"),
        ("самовывоз", "pickup"),
        ("кур’єром магазину", "own"),
        ("голубом", None),
    ],
)
def test_a_carrier_is_known_by_its_name(said: str, carrier: str | None) -> None:
    assert read_carrier(said) == carrier


def test_letters_that_become_two_in_small_move_nothing() -> None:
    read = read_notice("Доставка: İİİİİ Нова Пошта, Київ, Відділення №4")
    assert (read.carrier, read.address) == ("nova_poshta", "Київ, Відділення №4")


@pytest.mark.parametrize(
    ("said", "method"),
    [
        ("накладений платіж", "cash_on_delivery"),
        ("при отриманні карткою", "cash_on_delivery"),
        ("наложка", "cash_on_delivery"),
        ("картка", "card"),
        ("по рахунку", "invoice"),
        ("безналичный расчет", "invoice"),
        ("частинами", "credit"),
        ("потім", None),
    ],
)
def test_a_way_of_payment_is_known_by_its_name(said: str, method: str | None) -> None:
    assert read_method(said) == method


# ---------------------------------------------------------------- laws
def made_up(text: str) -> list[str]:
    """What was read and does not stand in the text: numbers above all."""
    read = read_notice(text)
    bare = re.sub(r"[^\w]", "", re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text))
    digits = re.sub(r"[^0-9]", "", bare)
    found = []
    if read.number is not None and re.sub(r"[^\w]", "", read.number) not in bare:
        found.append(read.number)
    if read.phone is not None and read.phone.text.removeprefix("+380").removeprefix("+") not in digits:
        found.append(read.phone.text)
    for one in read.goods:
        if not any(_spelled(amount, digits) for amount in (one.price, one.price * one.quantity)):
            found.append(f"{one.price}")
        if one.quantity != 1 and str(one.quantity) not in digits:
            found.append(f"{one.quantity}")
    if read.total is not None and not _spelled(read.total, digits):
        found.append(f"{read.total}")
    return found


def _spelled(kopecks: int, digits: str) -> bool:
    whole, rest = divmod(kopecks, 100)
    return any(
        spelled in digits
        for spelled in ([f"{whole}{rest:02}", f"{whole}{rest // 10}"] if rest else [str(whole)])
    )


FRAGMENTS = sorted(
    {piece for _, text, _ in NOTICES for line in text.splitlines() for piece in (line, *line.split())}
)
PIECES = st.one_of(
    st.sampled_from(FRAGMENTS),
    st.text(max_size=20),
    st.from_regex(r"[0-9 .,:/x\u0445-]{1,20}", fullmatch=True),
    st.sampled_from(["№", "#", ":", "\n", " x ", " шт ", " грн", "|", "İ", "ſ", "\u200b"]),
)


@settings(max_examples=600, deadline=None)
@given(pieces=st.lists(PIECES, max_size=30), between=st.sampled_from(["\n", " ", ""]))
def test_it_never_raises_and_never_makes_up_a_number(pieces: list[str], between: str) -> None:
    assert made_up(between.join(pieces)) == []


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_at_all_is_read(text: str) -> None:
    assert made_up(text) == []
    read_number(text), read_carrier(text), read_method(text)


def test_hostile_words_in_every_place_of_a_notice_are_read() -> None:
    luck = random.Random(1)
    for word in HOSTILE:
        for _, text, _ in NOTICES:
            lines = text.splitlines()
            at = luck.randrange(len(lines))
            lines[at] = lines[at].replace(": ", f": {word[:200]} ", 1)
            assert made_up("\n".join(lines)) == []


def test_a_very_long_text_is_read_in_good_time() -> None:
    """What is quadratic in a line of 4096 letters would hold the worker for minutes: the suite's time limit says so."""
    for unit in ("1 ", "123 456 ", "x ", "а: ", "№", "Чайник 2 х ", "замовлення ", "+", "((", "*", "  "):
        assert made_up(unit * (8000 // len(unit))) == []


def test_titles_stand_in_the_text_to_the_letter() -> None:
    for _, text, _ in NOTICES:
        lines = " ".join(tidied(line) for line in text.splitlines())
        assert [one.title for one in read_notice(text).goods if one.title not in lines] == []
