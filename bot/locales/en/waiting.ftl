# Goods that have waited for days: the buyer's answers and what the shop hears of them.

buyer-collect = ✅ I will collect it
buyer-postpone = 🗓 Hold it longer
buyer-refuse = 🙅 I refuse it
buyer-postpone-1 = Tomorrow
buyer-postpone-2 = The day after tomorrow
buyer-postpone-3 = In 3 days
buyer-postpone-text = №{ $number }: until which day should the order be held? Choose, or write in one message. We will pass it on to the shop.
buyer-refuse-sure = №{ $number }: do you refuse the order? We will tell the shop; the refusal itself is done at the pickup point.
buyer-refuse-yes = Yes, I refuse it
buyer-wished-collect = №{ $number }: thank you! The shop knows that you will collect the order.
buyer-wished-postpone = №{ $number }: your request has been passed on to the shop. The answer will come here.
buyer-wished-postpone-until = №{ $number }: the shop has been asked to hold the order until { $day }. If that is not possible, the shop will write to you here.
buyer-wished-refuse = №{ $number }: the shop has been told that you refuse it. If you change your mind, press “I will collect it”.
buyer-late-not_waiting = №{ $number }: the order is not waiting for you at a pickup point now. Status: { $status }.
buyer-late-day_past = №{ $number }: that day has come already. Please choose another.

card-wish-buyer_collect = ✅ Buyer: will collect it
card-wish-buyer_postpone = 🗓 The buyer asks to hold the order
card-wish-until = 🗓 The buyer asks to hold the order until { $day }
card-wish-buyer_refuse = 🙅 Buyer: refuses it

notice-wish-buyer_collect = ✅ №{ $number }: the buyer has changed their mind and will collect the order.
notice-wish-buyer_postpone = 🗓 №{ $number }: the buyer asks to hold the order and writes:
notice-wish-until = 🗓 №{ $number }: the buyer asks to hold the order until { $day }. Arrange it with the carrier, and if that does not work, write to the buyer.
notice-wish-buyer_refuse = 🙅 №{ $number }: the buyer refuses the order. The refusal is done at the pickup point, change the status after it.

event-buyer_collect = will collect the order
event-buyer_postpone = asks to hold the order
event-buyer_refuse = refuses the order
