### GLOBUS.TOP's own names of its statuses, `globus-state-<key of models/workflows/globus.py>`, word for word as its
### rules for sellers have them; two slips of its page are put right (docs/rules.md 1.8.1). Needed in no other language.

globus-state-new = Нове замовлення
globus-state-in_work = Прийнято до обробки
globus-state-no_contact = Не вдалося зв'язатися
globus-state-confirmed = Підтверджено, комплектується
globus-state-delivering = Доставляється
globus-state-waiting = Очікує покупця
globus-state-received = Отримано
globus-state-refused = Покупець відмовився
globus-state-buyer_cancelled = Покупець скасував
# One name, two statuses: the term to react is over, and nobody came for the goods (C18)
globus-state-expired = Час сплинув
globus-state-not_collected = Час сплинув
globus-state-cancelled = Скасовано

## Reasons of «Скасовано», in their groups

globus-group-not_suited = Клієнта не влаштовує
globus-reason-delivery_time = термін доставки
globus-reason-delivery_cost = вартість доставки
globus-reason-delivery_method = спосіб доставки
globus-reason-payment_method = спосіб оплати
globus-reason-price = ціна
globus-reason-manufacturer = виробник товару
globus-reason-quality = якість товару
globus-reason-characteristics = не підійшли характеристики

globus-group-client = Клієнт
globus-reason-found_other_goods = знайшов інший товар
globus-reason-found_other_seller = знайшов іншого продавця
globus-reason-found_on_other_site = знайшов цей товар на іншому сайті
globus-reason-changed_mind = передумав

globus-group-other = Інше
globus-reason-wrong_description = некоректні характеристики або опис товару
globus-reason-wrong_price = некоректна ціна
globus-reason-wrong_terms = некоректні умови доставки або оплати
globus-reason-out_of_stock = некоректний залишок (немає в наявності)
globus-reason-defect = бракований товар
globus-reason-other_reasons = інші причини

## «Скасовано» with its reason, in the form of G50: «Скасовано - інші причини»

globus-state-delivery_time = Скасовано - клієнта не влаштовує { globus-reason-delivery_time }
globus-state-delivery_cost = Скасовано - клієнта не влаштовує { globus-reason-delivery_cost }
globus-state-delivery_method = Скасовано - клієнта не влаштовує { globus-reason-delivery_method }
globus-state-payment_method = Скасовано - клієнта не влаштовує { globus-reason-payment_method }
globus-state-price = Скасовано - клієнта не влаштовує { globus-reason-price }
globus-state-manufacturer = Скасовано - клієнта не влаштовує { globus-reason-manufacturer }
globus-state-quality = Скасовано - клієнта не влаштовує { globus-reason-quality }
globus-state-characteristics = Скасовано - { globus-reason-characteristics }
globus-state-found_other_goods = Скасовано - клієнт { globus-reason-found_other_goods }
globus-state-found_other_seller = Скасовано - клієнт { globus-reason-found_other_seller }
globus-state-found_on_other_site = Скасовано - клієнт { globus-reason-found_on_other_site }
globus-state-changed_mind = Скасовано - клієнт { globus-reason-changed_mind }
globus-state-wrong_description = Скасовано - { globus-reason-wrong_description }
globus-state-wrong_price = Скасовано - { globus-reason-wrong_price }
globus-state-wrong_terms = Скасовано - { globus-reason-wrong_terms }
globus-state-out_of_stock = Скасовано - { globus-reason-out_of_stock }
globus-state-defect = Скасовано - { globus-reason-defect }
globus-state-other_reasons = Скасовано - { globus-reason-other_reasons }

## Where a seller's word differs from that of all marketplaces

globus-action-refused = 🙅 Покупець відмовився
globus-done-refused = Покупець відмовився
