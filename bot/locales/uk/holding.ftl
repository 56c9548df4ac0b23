# Who holds an order.

button-hand = 🤝 Передати колезі
button-take-over = 🙋 Взяти собі
button-colleague = { $name } · { $role }
ask-colleague = 🤝 №{ $number }: кому передати? Зараз веде { $name }.
no-colleague = 🤝 №{ $number }: передати зараз нікому. Запросіть колегу: /settings.
handed = №{ $number }: тепер веде { $name }
event-hand_over = далі веде
card-title-handed_to = 🤝 №{ $number } · тепер ведете ви
card-handed-by = Передає { $name }. Нагадування про це замовлення приходитимуть вам.
notice-handed-from = 🤝 №{ $number }: тепер веде { $name } (передає { $by }). Нагадування про нього вам більше не приходитимуть.
notice-taken-from = 🤝 №{ $number }: тепер замість вас веде { $name }. Нагадування про нього вам більше не приходитимуть.
digest-handed_to = 🤝 №{ $number } · { $total } · { $shop } · тепер ведете ви
digest-handed_from = 🤝 №{ $number } · { $total } · { $shop } · ведете вже не ви
refused-nobody_holds = Замовлення зараз ніхто не веде. Натисніть «Беру в роботу».
refused-not_a_colleague = Ця людина вже не може вести замовлення магазину. Виберіть іншу.
