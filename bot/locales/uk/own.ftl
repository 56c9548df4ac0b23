### The plain own shop's names of its statuses, `own-state-<key of models/workflows/own.py>`.

own-state-new = Нове
own-state-in_work = В роботі
own-state-no_contact = Не вдалося зв'язатися
own-state-confirmed = Підтверджено
own-state-payment_wait = Чекаємо оплату
own-state-handed_over = Передано перевізнику
own-state-delivering = У дорозі
own-state-waiting = Чекає на покупця
own-state-received = Отримано
own-state-not_collected = Не забрали
own-state-refused = Від товару відмовилися
own-state-buyer_cancelled = Покупець скасував

## Cancelled: the name is the reason

own-state-cancelled = Скасовано
own-state-changed_mind = Покупець передумав
own-state-not_paid = Замовлення не оплачено
own-state-out_of_stock = Немає в наявності
own-state-no_contact_cancelled = Немає зв'язку з покупцем
own-state-duplicate = Повторне замовлення
own-state-other_reason = Інша причина
