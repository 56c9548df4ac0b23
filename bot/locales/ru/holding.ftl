# Who holds an order.

button-hand = 🤝 Передать коллеге
button-take-over = 🙋 Взять себе
button-colleague = { $name } · { $role }
ask-colleague = 🤝 №{ $number }: кому передать? Сейчас ведёт { $name }.
no-colleague = 🤝 №{ $number }: передать сейчас некому. Пригласите коллегу: /settings.
handed = №{ $number }: теперь ведёт { $name }
event-hand_over = дальше ведёт
card-title-handed_to = 🤝 №{ $number } · теперь ведёте вы
card-handed-by = Передаёт { $name }. Напоминания об этом заказе будут приходить вам.
notice-handed-from = 🤝 №{ $number }: теперь ведёт { $name } (передаёт { $by }). Напоминания о нём вам больше не будут приходить.
notice-taken-from = 🤝 №{ $number }: теперь вместо вас ведёт { $name }. Напоминания о нём вам больше не будут приходить.
digest-handed_to = 🤝 №{ $number } · { $total } · { $shop } · теперь ведёте вы
digest-handed_from = 🤝 №{ $number } · { $total } · { $shop } · ведёте уже не вы
refused-nobody_holds = Заказ сейчас никто не ведёт. Нажмите «Беру в работу».
refused-not_a_colleague = Этот человек уже не может вести заказы магазина. Выберите другого.
