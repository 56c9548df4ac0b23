# Goods that have waited for days: the buyer's answers and what the shop hears of them.

buyer-collect = ✅ Заберу
buyer-postpone = 🗓 Перенести
buyer-refuse = 🙅 Відмовляюсь
buyer-postpone-1 = Завтра
buyer-postpone-2 = Післязавтра
buyer-postpone-3 = Через 3 дні
buyer-postpone-text = №{ $number }: до якого дня потримати замовлення? Виберіть або напишіть одним повідомленням. Ми передамо прохання магазину.
buyer-refuse-sure = №{ $number }: відмовляєтесь від замовлення? Ми скажемо магазину; саму відмову оформлюють у пункті видачі.
buyer-refuse-yes = Так, відмовляюсь
buyer-wished-collect = №{ $number }: дякуємо! Магазин знає, що ви заберете замовлення.
buyer-wished-postpone = №{ $number }: прохання передано магазину. Відповідь прийде сюди.
buyer-wished-postpone-until = №{ $number }: передали магазину прохання потримати замовлення до { $day }. Якщо так не вийде, магазин напише вам тут.
buyer-wished-refuse = №{ $number }: передали магазину, що ви відмовляєтесь. Якщо передумаєте, натисніть «Заберу».
buyer-late-not_waiting = №{ $number }: зараз замовлення не чекає на вас у пункті видачі. Стан: { $status }.
buyer-late-day_past = №{ $number }: цей день уже настав. Виберіть, будь ласка, інший.

card-wish-buyer_collect = ✅ Покупець: забере
card-wish-buyer_postpone = 🗓 Покупець просить потримати замовлення
card-wish-until = 🗓 Покупець просить потримати замовлення до { $day }
card-wish-buyer_refuse = 🙅 Покупець: відмовляється

notice-wish-buyer_collect = ✅ №{ $number }: покупець передумав і забере замовлення.
notice-wish-buyer_postpone = 🗓 №{ $number }: покупець просить потримати замовлення й пише:
notice-wish-until = 🗓 №{ $number }: покупець просить потримати замовлення до { $day }. Домовтеся з перевізником, а якщо не вийде, напишіть покупцеві.
notice-wish-buyer_refuse = 🙅 №{ $number }: покупець відмовляється від замовлення. Відмову оформлять у пункті видачі, статус змінюйте після неї.

event-buyer_collect = забере замовлення
event-buyer_postpone = просить потримати замовлення
event-buyer_refuse = відмовляється від замовлення
