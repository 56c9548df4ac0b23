# Goods that have waited for days: the buyer's answers and what the shop hears of them.

buyer-collect = ✅ Заберу
buyer-postpone = 🗓 Перенести
buyer-refuse = 🙅 Отказываюсь
buyer-postpone-1 = Завтра
buyer-postpone-2 = Послезавтра
buyer-postpone-3 = Через 3 дня
buyer-postpone-text = №{ $number }: до какого дня подержать заказ? Выберите или напишите одним сообщением. Мы передадим просьбу магазину.
buyer-refuse-sure = №{ $number }: отказываетесь от заказа? Мы скажем магазину; сам отказ оформляют в пункте выдачи.
buyer-refuse-yes = Да, отказываюсь
buyer-wished-collect = №{ $number }: спасибо! Магазин знает, что вы заберёте заказ.
buyer-wished-postpone = №{ $number }: просьба передана магазину. Ответ придёт сюда.
buyer-wished-postpone-until = №{ $number }: передали магазину просьбу подержать заказ до { $day }. Если так не получится, магазин напишет вам здесь.
buyer-wished-refuse = №{ $number }: передали магазину, что вы отказываетесь. Если передумаете, нажмите «Заберу».
buyer-late-not_waiting = №{ $number }: сейчас заказ не ждёт вас в пункте выдачи. Состояние: { $status }.
buyer-late-day_past = №{ $number }: этот день уже наступил. Выберите, пожалуйста, другой.

card-wish-buyer_collect = ✅ Покупатель: заберёт
card-wish-buyer_postpone = 🗓 Покупатель просит подержать заказ
card-wish-until = 🗓 Покупатель просит подержать заказ до { $day }
card-wish-buyer_refuse = 🙅 Покупатель: отказывается

notice-wish-buyer_collect = ✅ №{ $number }: покупатель передумал и заберёт заказ.
notice-wish-buyer_postpone = 🗓 №{ $number }: покупатель просит подержать заказ и пишет:
notice-wish-until = 🗓 №{ $number }: покупатель просит подержать заказ до { $day }. Договоритесь с перевозчиком, а если не получится, напишите покупателю.
notice-wish-buyer_refuse = 🙅 №{ $number }: покупатель отказывается от заказа. Отказ оформят в пункте выдачи, статус меняйте после него.

event-buyer_collect = заберёт заказ
event-buyer_postpone = просит подержать заказ
event-buyer_refuse = отказывается от заказа
