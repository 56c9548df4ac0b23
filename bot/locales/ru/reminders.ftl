# What the clock says to sellers: reminders, terms, digests of what is due.

## Titles of the cards that a reminder brings
card-title-untouched = ⏰ №{ $number } · прошло { $step } из { $term } рабочего времени, а заказ ещё никто не взял
card-title-untouched-over = 🚨 №{ $number } · прошли все { $term } рабочего времени, а заказ ещё никто не взял
card-title-overnight = ⏰ №{ $number } · до конца суток от поступления осталось { $step } рабочего времени, а заказ ещё никто не взял
card-title-overnight-over = 🚨 №{ $number } · прошли сутки от поступления, а заказ ещё никто не взял
card-title-opening = ☀️ №{ $number } · поступил, пока магазин был закрыт
card-title-days_off = ⚠️ №{ $number } · впереди выходные, а заказ ещё никто не взял
card-title-contact = 📞 №{ $number } · прошло { $step } из { $term } рабочего времени, а с покупателем ещё не связались
card-title-contact-over = 🚨 №{ $number } · прошли все { $term } рабочего времени, а с покупателем ещё не связались
card-title-first_contact = 📞 №{ $number } · { $step } в работе, а с покупателем ещё не связались
card-title-outcome = ⏰ №{ $number } · прошло { $step } из { $term } рабочего времени, а заказ ещё не подтверждён
card-title-outcome-over = 🚨 №{ $number } · прошли все { $term } рабочего времени, а заказ ещё не подтверждён
card-title-call_again = 📞 №{ $number } · пора перезвонить: в прошлый раз покупатель не ответил
card-title-dispatch = 📦 №{ $number } · прошло { $step } из { $term } рабочего времени, а заказ ещё не отправлен
card-title-dispatch-over = 🚨 №{ $number } · прошли все { $term } рабочего времени, а заказ ещё не отправлен
card-title-cabinet = ⏰ №{ $number } · в кабинете ещё не изменено, прошло { $step } из { $term }: площадка считает время по кабинету
card-title-cabinet-over = 🚨 №{ $number } · в кабинете ещё не изменено, прошли все { $term }: площадка считает время по кабинету
card-title-payment = 💳 №{ $number } · оплаты нет уже { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}: напомните покупателю или отмените заказ
card-title-at_point = 📭 №{ $number } · третий день в пункте выдачи: свяжитесь с покупателем
card-title-snoozed = ⏰ №{ $number } · вы просили напомнить

## The clock on a card
card-also-due = ❗️ А ещё: { $what }
card-shop-clock = { $shop } · по состоянию на { $now }
card-clock = ⏱ прошло { $passed } из { $term } { $hours } · поступил { $arrived }
card-clock-over = 🔴 прошло { $passed } из { $term } { $hours } · поступил { $arrived }
card-days-off = ⚠️ Впереди выходные: напоминания молчат до { $opens }, но таймер площадки может идти и тогда
hours-shop = рабочего времени
hours-daytime = рабочего времени без ночи
hours-open_days = без выходных
hours-calendar = без перерывов

## Many reminders for one chat: one message with a line each
digest-reminder = ⏰ №{ $number } · { $total } · { $shop } · { $what }
digest-held = ведёт { $name }
digest-no-call = 🔕 не перезванивать
digest-title-reminders = ⏰ { $count ->
    [one] { $count } заказ ждёт вас
    [few] { $count } заказа ждут вас
   *[many] { $count } заказов ждут вас
}
digest-title-morning = ☀️ { $count ->
    [one] { $count } заказ поступил, пока магазин был закрыт
    [few] { $count } заказа поступили, пока магазин был закрыт
   *[many] { $count } заказов поступили, пока магазин был закрыт
}
digest-title-days-off = ⚠️ Впереди выходные, а таймер площадки может идти и тогда. { $count ->
    [one] { $count } заказ ещё никто не взял
    [few] { $count } заказа ещё никто не взял
   *[many] { $count } заказов ещё никто не взял
}
due-untouched = ещё никто не взял
due-overnight = ещё никто не взял
due-opening = новый
due-days_off = ещё никто не взял
due-contact = с покупателем ещё не связались
due-first_contact = с покупателем ещё не связались
due-outcome = ещё не подтверждён
due-call_again = перезвонить покупателю
due-dispatch = ещё не отправлен
due-cabinet = в кабинете ещё не изменено
due-payment = оплаты ещё нет
due-at_point = третий день в пункте выдачи
due-snoozed = вы просили напомнить
until-untouched = взять до { $at }
until-overnight = взять до { $at }
until-contact = связаться до { $at }
until-first_contact = связаться до { $at }
until-outcome = подтвердить до { $at }
until-dispatch = отправить до { $at }
until-cabinet = в кабинете до { $at }
until-over = срок прошёл { $at }

## Take all
button-take-all = ✋ Беру всё ({ $count })
taken-title = ✋ Взято { $count } из { $all }
taken-line = ✋ №{ $number } · { $total } · «{ $status }»
taken-not = №{ $number } · { $total } · не взят: «{ $status }»
taken-not-held = №{ $number } · { $total } · не взят: «{ $status }», ведёт { $holder }

## Remind me again
button-later = ⏰ Напомнить позже
snooze-15 = 15 мин
snooze-30 = 30 мин
snooze-60 = 1 ч
snooze-0 = К открытию
ask-later = №{ $number }: когда напомнить?
snoozed = Напомним { $at }
snoozed-about = №{ $number } · { snoozed }
refused-never_opens = В графике магазина на ближайшие два года нет рабочих часов.
refused-bad_steps = Так напоминать нельзя: до пяти чисел по возрастанию, в минутах, не больше самого срока.
