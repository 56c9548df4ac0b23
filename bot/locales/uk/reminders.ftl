# What the clock says to sellers: reminders, terms, digests of what is due.

## Titles of the cards that a reminder brings
card-title-untouched = ⏰ №{ $number } · минуло { $step } із { $term } робочого часу, а замовлення ще ніхто не взяв
card-title-untouched-over = 🚨 №{ $number } · минули всі { $term } робочого часу, а замовлення ще ніхто не взяв
card-title-overnight = ⏰ №{ $number } · до кінця доби від надходження лишилося { $step } робочого часу, а замовлення ще ніхто не взяв
card-title-overnight-over = 🚨 №{ $number } · минула доба від надходження, а замовлення ще ніхто не взяв
card-title-opening = ☀️ №{ $number } · надійшло, поки магазин був зачинений
card-title-days_off = ⚠️ №{ $number } · попереду вихідні, а замовлення ще ніхто не взяв
card-title-contact = 📞 №{ $number } · минуло { $step } із { $term } робочого часу, а з покупцем ще не зв'язалися
card-title-contact-over = 🚨 №{ $number } · минули всі { $term } робочого часу, а з покупцем ще не зв'язалися
card-title-first_contact = 📞 №{ $number } · { $step } у роботі, а з покупцем ще не зв'язалися
card-title-outcome = ⏰ №{ $number } · минуло { $step } із { $term } робочого часу, а замовлення ще не підтверджено
card-title-outcome-over = 🚨 №{ $number } · минули всі { $term } робочого часу, а замовлення ще не підтверджено
card-title-call_again = 📞 №{ $number } · час передзвонити: минулого разу покупець не відповів
card-title-dispatch = 📦 №{ $number } · минуло { $step } із { $term } робочого часу, а замовлення ще не відправлено
card-title-dispatch-over = 🚨 №{ $number } · минули всі { $term } робочого часу, а замовлення ще не відправлено
card-title-cabinet = ⏰ №{ $number } · у кабінеті ще не змінено, минуло { $step } із { $term }: майданчик рахує час за кабінетом
card-title-cabinet-over = 🚨 №{ $number } · у кабінеті ще не змінено, минули всі { $term }: майданчик рахує час за кабінетом
card-title-payment = 💳 №{ $number } · оплати немає вже { $days ->
    [one] { $days } день
    [few] { $days } дні
   *[many] { $days } днів
}: нагадайте покупцеві або скасуйте замовлення
card-title-at_point = 📭 №{ $number } · третій день у пункті видачі: зв'яжіться з покупцем
card-title-snoozed = ⏰ №{ $number } · ви просили нагадати

## The clock on a card
card-also-due = ❗️ А ще: { $what }
card-shop-clock = { $shop } · станом на { $now }
card-clock = ⏱ минуло { $passed } із { $term } { $hours } · надійшло { $arrived }
card-clock-over = 🔴 минуло { $passed } із { $term } { $hours } · надійшло { $arrived }
card-days-off = ⚠️ Попереду вихідні: нагадування мовчать до { $opens }, але таймер майданчика може йти й тоді
hours-shop = робочого часу
hours-daytime = робочого часу без ночі
hours-open_days = без вихідних
hours-calendar = без перерв

## Many reminders for one chat: one message with a line each
digest-reminder = ⏰ №{ $number } · { $total } · { $shop } · { $what }
digest-held = веде { $name }
digest-no-call = 🔕 не передзвонювати
digest-title-reminders = ⏰ { $count ->
    [one] { $count } замовлення чекає на вас
    [few] { $count } замовлення чекають на вас
   *[many] { $count } замовлень чекають на вас
}
digest-title-morning = ☀️ { $count ->
    [one] { $count } замовлення надійшло, поки магазин був зачинений
    [few] { $count } замовлення надійшли, поки магазин був зачинений
   *[many] { $count } замовлень надійшли, поки магазин був зачинений
}
digest-title-days-off = ⚠️ Попереду вихідні, а таймер майданчика може йти й тоді. { $count ->
    [one] { $count } замовлення ще ніхто не взяв
    [few] { $count } замовлення ще ніхто не взяв
   *[many] { $count } замовлень ще ніхто не взяв
}
due-untouched = ще ніхто не взяв
due-overnight = ще ніхто не взяв
due-opening = нове
due-days_off = ще ніхто не взяв
due-contact = з покупцем ще не зв'язалися
due-first_contact = з покупцем ще не зв'язалися
due-outcome = ще не підтверджено
due-call_again = передзвонити покупцеві
due-dispatch = ще не відправлено
due-cabinet = у кабінеті ще не змінено
due-payment = оплати ще немає
due-at_point = третій день у пункті видачі
due-snoozed = ви просили нагадати
until-untouched = взяти до { $at }
until-overnight = взяти до { $at }
until-contact = зв'язатися до { $at }
until-first_contact = зв'язатися до { $at }
until-outcome = підтвердити до { $at }
until-dispatch = відправити до { $at }
until-cabinet = у кабінеті до { $at }
until-over = термін минув { $at }

## Take all
button-take-all = ✋ Беру все ({ $count })
taken-title = ✋ Взято { $count } із { $all }
taken-line = ✋ №{ $number } · { $total } · «{ $status }»
taken-not = №{ $number } · { $total } · не взято: «{ $status }»
taken-not-held = №{ $number } · { $total } · не взято: «{ $status }», веде { $holder }

## Remind me again
button-later = ⏰ Нагадати пізніше
snooze-15 = 15 хв
snooze-30 = 30 хв
snooze-60 = 1 год
snooze-0 = До відкриття
ask-later = №{ $number }: коли нагадати?
snoozed = Нагадаємо { $at }
snoozed-about = №{ $number } · { snoozed }
refused-never_opens = У графіку магазину найближчих двох років немає робочих годин.
refused-bad_steps = Так нагадувати не можна: до п'яти чисел за зростанням, у хвилинах, не більше за сам термін.
