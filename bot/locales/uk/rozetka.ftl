### ROZETKA's own names of its statuses, `rozetka-state-<key of models/workflows/rozetka.py>`.
### The words of the rules for sellers where they have them (docs/rules.md 1.3 and 1.8.1), otherwise those of
### the Seller API's list of statuses. The number is the API's. Needed in no other language.

## What the shop sets, and the ends

# 1
rozetka-state-new = Нове замовлення
# 26
rozetka-state-in_work = Обробляється менеджером
# 47
rozetka-state-no_contact = Не вдалося зв'язатися вперше
# 2
rozetka-state-confirmed = Дані підтверджені. Очікує відправлення
# 55
rozetka-state-payment_wait = Очікує отримання оплати
# 3
rozetka-state-handed_over = Передано в службу доставки
# 61
rozetka-state-handover_planned = Заплановано передачу перевізникові
# 4
rozetka-state-delivering = Доставляється
# 5
rozetka-state-waiting = Чекає в пункті самовивозу
# 6
rozetka-state-received = Отримано
# 11
rozetka-state-not_collected = Не забрав посилку
# 12
rozetka-state-refused = Відмовився від товару
# 7
rozetka-state-expired = Не оброблено продавцем протягом дня
# 45
rozetka-state-buyer_cancelled = Скасовано покупцем

## What the platform, its call centre and the carriers set

# 52
rozetka-state-one_click = Нове замовлення за 1 клік
# 53
rozetka-state-awaits_client = Очікує підтвердження клієнтом
# 79
rozetka-state-awaits_call_centre = Очікує модерації КЦ
# 27
rozetka-state-needs_completion = Вимагає доукомплектації
# 46
rozetka-state-restored = Відновлено при продзвоні
# 48
rozetka-state-no_contact_2 = Обробляється менеджером (не вдалося зв'язатися 2-й раз)
# 70
rozetka-state-call_again_old = Планується повторний дзвінок
# 54
rozetka-state-processed_automatically = Опрацьовано автоматично
# 15
rozetka-state-bad_ttn = Некоректний ТТН
# 56
rozetka-state-packed_by_carrier = Комплектується перевізником
# 57
rozetka-state-delivery_planned = Заплановано доставку
# 80
rozetka-state-awaited_from_seller = Чекає на отримання від Продавця
# 81
rozetka-state-accepted_from_seller = Прийнятий від Продавця
# 58
rozetka-state-handed_over_poland = Передано до служби доставки в Польщі
# 59
rozetka-state-customs = На митному контролі
# 60
rozetka-state-handed_over_ukraine = Передано до служби доставки в Україні
# 62
rozetka-state-pickup_date_changed = Змінено дату видачі
# 63
rozetka-state-processed_by_carrier = Обробляється службою доставки
# 64
rozetka-state-to_recipient_city = Доставляється в місто отримувача
# 65
rozetka-state-in_recipient_city = Перебуває в місті отримувача
# 66
rozetka-state-in_recipient_city_2 = Перебуває в місті отримувача
# 67
rozetka-state-with_courier = Видано кур'єру в місті отримувача
# 69
rozetka-state-delivery_changed = Змінено дату чи адресу доставки
# 82
rozetka-state-distribution_centre = Знаходиться у РЦ
# 73
rozetka-state-queued_for_pickup = У черзі на отримання
# 74
rozetka-state-reserve_ends_today = Сьогодні закінчується термін резерву
# 76
rozetka-state-waiting_locker = Очікує клієнта у почтоматі
# 78
rozetka-state-pickup_time_changed = Змінено час видачі
# 68
rozetka-state-received_partly = Отримано частково
# 87
rozetka-state-done_term_over = Виконано. Минув термін обробки

## Cancelled: the name is the reason

# no number: the source says only that the order is cancelled
rozetka-state-cancelled = Скасовано
# 40
rozetka-state-changed_mind = Скасування. Клієнт передумав
# 50
rozetka-state-not_paid = Скасування. Замовлення не оплачено
# 42
rozetka-state-out_of_stock = Немає в наявності
# 18
rozetka-state-no_contact_cancelled = Не вдалося зв'язатися
# 28
rozetka-state-bad_contacts = Неправильні контактні дані
# 17
rozetka-state-payment_terms = Не влаштовують умови оплати
# 37
rozetka-state-prepayment_refused = Передоплата не влаштовує
# 33
rozetka-state-delivery_cost = Умови доставки не влаштовують
# 20
rozetka-state-not_suitable = Товар не підходить за характеристиками
# 38
rozetka-state-quality = Не влаштовує товар
# 29
rozetka-state-price_wrong = Ціна змінилася
# 43
rozetka-state-defect = Брак
# 49
rozetka-state-duplicate = Повторне замовлення
# 10
rozetka-state-dispatch_overdue = Відправлення протерміновано
# 13
rozetka-state-by_admin = Скасовано Адміністратором
# 16
rozetka-state-out_of_stock_or_defect = Немає в наявності / брак
# 19
rozetka-state-returned = Замовлення повернено
# 24
rozetka-state-delivery_terms = Скасування. Не влаштовує доставка
# 25
rozetka-state-test_order = Тестове замовлення
# 30
rozetka-state-reserve_over = Закінчився термін резерву
# 31
rozetka-state-replaced = Скасування. Створено дублююче замовлення
# 32
rozetka-state-regrouping = Скасування. Не влаштовує розгрупування замовлення
# 34
rozetka-state-carrier_unsuitable = Скасування. Не влаштовує перевізник, спосіб доставки
# 35
rozetka-state-delivery_time = Скасування. Не влаштовує термін доставки
# 36
rozetka-state-wants_invoice = Скасування. Клієнт хоче безготівкову оплату. У продавця немає такої можливості
# 39
rozetka-state-characteristics = Скасування. Не підійшли характеристики товару (колір, розмір)
# 41
rozetka-state-bought_elsewhere = Скасування. Придбав на іншому сайті
# 44
rozetka-state-fake = Скасування. Фейкове замовлення
# 51
rozetka-state-credit_refused = У кредиті відмовлено
# 71
rozetka-state-goods_returned = Скасування. Товар повернувся
# 72
rozetka-state-money_returned = Скасування. Здійснено повернення коштів
# 75
rozetka-state-by_call_centre = Скасування. Скасовано КЦ
# 77
rozetka-state-bank_refused = Скасування. Відмовлено банком
# 83
rozetka-state-to_be_returned = Буде повернено відправнику
# 84
rozetka-state-at_return_point = Знаходиться у точці для повернення
# 85
rozetka-state-returned_to_seller = Повернено продавцю
# 86
rozetka-state-return_awaited = Очікується повернення товару
# 88
rozetka-state-lost = Втрачена перевізником
# 89
rozetka-state-return_to_centre = Повернення доставляється до розподільчого центру
# 90
rozetka-state-return_in_centre = Повернення знаходиться у розподільчому центрі
# 91
rozetka-state-return_on_its_way = Доставляється у точку повернення
