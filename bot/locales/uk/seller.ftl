# What sellers see and press.

## Buttons under an order's card
action-take = ✋ Беру в роботу
action-take_confirm = ✋✅ Взяти й підтвердити
action-confirm = ✅ Дані підтверджено
action-await_payment = 💳 Чекаємо оплату
action-reopen = ↩️ Повернути в обробку
action-ship = 🚚 Ввести ТТН
action-courier = 🚗 Передано кур'єру
action-ready = 📦 Готово до видачі
action-received = 🎉 Отримано
action-not_collected = 📭 Не забрав посилку
action-refused = 🙅 Відмовився від товару
action-cancel = ✖️ Скасувати замовлення
action-no_answer = 📵 Не відповідає
action-talked = 📞 Поговорили
action-no_contact = ☎️ Не вдалося зв'язатися
action-arrive = 📬 Прибуло у відділення
action-fix_ttn = ✏️ Виправити ТТН
action-undo = ⏪ Повернути
action-tick = ☑️ Змінено
action-agree = 🗓 Коли відправимо
button-history = 🕘 Історія
button-write = 💬 Написати покупцю
button-link = 🔗 Посилання для покупця
button-back = ⬅️ Назад
button-no-ttn = ➖ ТТН немає
button-no-moment = ↩️ Як підтвердили
button-card = 📄 До замовлення
button-open = 📄 №{ $number }
button-admit = ✅ Так, це наша людина
button-reject = ✖️ Ні

## What was done: the line under the press
done-take = Взято в роботу
done-take_confirm = Взято й підтверджено
done-confirm = Дані підтверджено
done-await_payment = Чекаємо оплату
done-reopen = Повернуто в обробку
done-ship = ТТН збережено
done-ship-bare = Відправлено без ТТН
done-courier = Передано кур'єру
done-ready = Готово до видачі
done-received = Отримано
done-not_collected = Не забрав посилку
done-refused = Відмовився від товару
done-cancel = Замовлення скасовано
done-no_answer = Записано: не відповідає
done-talked = Записано: поговорили
done-no_contact = Не вдалося зв'язатися
done-arrive = Прибуло у відділення
done-fix_ttn = ТТН виправлено
done-undo = Повернуто, як було
done-tick = Позначено: у кабінеті змінено
done-agree = Дату відправки записано
done-agree-bare = Відправка знову рахується від підтвердження

## The card
card-title = 🔔 №{ $number } · «{ $status }»
card-title-quiet = №{ $number } · «{ $status }»
card-title-buyer-cancelled = ❗️ №{ $number } · покупець скасував замовлення
card-title-paid = 💳 №{ $number } · оплата: { $status }
card-title-differs = ⚠️ №{ $number } · надійшли інші дані
card-shop = { $shop } · надійшло { $arrived } · станом на { $now }
card-repeat = 🔁 повторно: це повідомлення могло прийти раніше
card-do-not-call = 🔕 Не передзвонювати
card-line = • { $title } × { $quantity } — { $price }
card-more = …і ще { $count ->
    [one] { $count } позиція
    [few] { $count } позиції
   *[many] { $count } позицій
}
card-total = Разом: { $total }
card-buyer = 👤 { $name }, { $phone }
card-phone-doubtful = ⚠️ Такого номера не буває: перевірте цифри
card-recipient = Отримувач: { $recipient }
card-delivery = 🚚 { $carrier }: { $address }
card-delivery-bare = 🚚 { $carrier }
card-payment = 💳 { $method }
card-payment-status = 💳 { $method } · { $status }
card-comment = 💬 Коментар покупця: { $comment }
card-pickup-high = 📈 Рівень забору: високий
card-pickup-medium = 📈 Рівень забору: середній
card-pickup-low = 📉 Рівень забору: низький
card-holder = 🙋 Веде: { $name }
card-ttn = 📮 ТТН { $ttn }
card-agreed = 🗓 Відправка домовлена на { $at }
card-agreed-closed = 🗓 Відправка домовлена на { $at } (у день { $day } магазин зачинений, тож найближче відкриття)
card-reason-comment = Причина словами: { $comment }
card-differs = ⚠️ Сайт надіслав це замовлення ще раз з іншими даними: звірте з кабінетом
card-cabinet = ☝️ Змініть і в кабінеті: { $statuses }
card-cabinet-ttn = ☝️ Змініть і в кабінеті: { $statuses }, ТТН { $ttn }
card-blocked = ⛔️ Відправляти ще не можна: { $why }
card-no-account = 📞 Замовлення зроблено телефоном, без акаунта: ТТН і дані повідомте дзвінком
card-buyer-none = Чату з покупцем немає: надішліть йому посилання
card-buyer-linked = Чат з покупцем є
card-buyer-away = 📵 Покупець зупинив бота: ТТН і дані повідомте дзвінком
card-buyer-confirmed = ✅ Покупець підтвердив: «Все вірно»
card-buyer-question = ❓ Покупець має запитання
card-buyer-cancelled = ✖️ Покупець просить скасувати

told-confirm_request = Запит «Все вірно?»
told-shipped = ТТН покупцю
told-ttn_changed = Новий ТТН покупцю
told-courier_left = Покупцю про кур'єра
told-ready_for_pickup = Покупцю про видачу
told-arrived = Покупцю про прибуття
told-still_waiting = Нагадування покупцю
told-order_cancelled = Покупцю про скасування
told-seller_wrote = Ваше повідомлення
told-line = { $what }: { $state }
told-state-queued = ⏳ у черзі
told-state-sending = ⏳ надсилається
told-state-sent = ✔️ надіслано { $at }
told-state-delivered = ✔️ доставлено { $at }
told-state-seen = 👁 прочитано { $at }
told-state-failed = ❌ не надіслано: { $why }
told-state-held = ❌ не надіслано: { $why }
told-state-skipped = скасовано: { $why }

why-no_chat = немає чату з покупцем
why-no_recipient = нікому надіслати
why-blocked = людина зупинила бота
why-undone = ви повернули дію
why-outdated = уже не актуально
why-handled = уже опрацьовано
why-ttn_changed = ТТН виправлено
why-member_joined = надіслано новому співробітнику
why-not_a_member = уже не працює в магазині
why-kicked = бота видалено з чату
why-deactivated = обліковий запис видалено
why-unsettled = не вдається записати, що надіслано
why-chat_not_found = чату немає
why-unreachable = месенджер не доставляє
why-too_long_unsent = месенджер не відповідав понад добу
why-refused = месенджер відмовив
why-unauthorised = бот не має доступу до месенджера
why-quota = закінчилися гроші або безплатні повідомлення месенджера
why-no_device = на пристрої немає месенджера, який це покаже

payment-cash_on_delivery = накладений платіж
payment-card = картка
payment-invoice = рахунок
payment-credit = кредит
payment-status-not_required = передоплата не потрібна
payment-status-pending = очікується
payment-status-paid = оплачено
payment-status-held = сума заблокована
payment-status-expired = термін дії закінчився
payment-status-cancelled = скасовано
payment-status-refunded = повернено

carrier-nova_poshta = Нова пошта
carrier-meest = Meest
carrier-ukrposhta = Укрпошта
carrier-rozetka = Доставка ROZETKA
carrier-justin = Justin
carrier-own = Кур'єр магазину
carrier-pickup = Самовивіз

## Why something cannot be done
refused-final = Замовлення вже закрите, змінити статус не можна.
refused-not_now = Зараз так не можна. Що можна, показують кнопки під замовленням.
refused-changed = Вже змінено: №{ $number } — «{ $status }».
refused-role = Ваша роль у магазині цього не дозволяє. Попросіть власника або менеджера.
refused-attempts = Спершу двічі спробуйте зв'язатися з покупцем: натисніть «Не відповідає» після кожного дзвінка.
refused-payment_pending = Оплата очікується: відправляти можна лише після оплати.
refused-payment_held = Сума лише заблокована, грошей ще немає: відправляти можна після оплати.
refused-payment_expired = Термін оплати закінчився: відправляти можна лише після оплати.
refused-payment_cancelled = Оплату скасовано: відправляти можна лише після оплати.
refused-payment_refunded = Гроші повернено покупцеві: відправляти можна лише після нової оплати.
refused-no_such_reason = Цієї причини для замовлення зараз немає.
refused-no_such_status = Такого статусу на цьому майданчику немає.
refused-not_back = Замовлення не може знову стати новим.
refused-too_late = Повернути вже не можна: минуло понад 10 секунд або покупцеві чи майданчику вже повідомлено.
refused-nothing_to_tick = У кабінеті все вже позначено.
refused-bad_ttn = Це не схоже на номер ТТН ({ $carrier }). Має бути як { $example }. Надішліть номер ще раз.
refused-ttn_taken = Цей номер ТТН уже стоїть у замовленні №{ $number }. Перевірте й надішліть інший.
refused-ttn_same = Цей номер ТТН уже записано в цьому замовленні. Надішліть інший.
refused-bad_moment = Не зрозуміли, коли. Напишіть день і час, наприклад: «завтра 16:00», «10.03 14:00», «в понеділок о 9» або «через 2 години».
refused-moment_past = Цей час уже минув. Напишіть, коли відправите, наприклад: «завтра 16:00» або «через 2 години».
refused-moment_far = Це далі ніж за 60 днів. Напишіть ближчу дату, наприклад: «завтра 16:00» або «в понеділок о 9».
blocked-payment_pending = чекаємо оплату, рейтинг рахується
blocked-payment_held = сума лише заблокована
blocked-payment_expired = термін оплати закінчився
blocked-payment_cancelled = оплату скасовано
blocked-payment_refunded = гроші повернено покупцеві
no-access = Немає доступу або такого замовлення немає.

## Questions
ask-ttn = №{ $number }: надішліть номер ТТН ({ $carrier }) одним повідомленням, наприклад { $example }.
ask-moment = №{ $number }: коли відправимо, як домовилися з покупцем? Виберіть день (з відкриття магазину) або напишіть: «завтра 16:00», «10.03 14:00», «в понеділок о 9», «через 2 години».
moment-0 = Сьогодні
moment-1 = Завтра
moment-2 = Післязавтра
ask-reason = №{ $number }: чому скасовуємо?
ask-reason-locked = Причина «{ $reason }» відкриється після двох спроб зв'язатися.
ask-duplicate_of = №{ $number }: надішліть номер замовлення, яке воно повторює.
ask-message = 💬 №{ $number }: напишіть повідомлення покупцеві. Він побачить підпис магазину.
ask-message-unlinked = 💬 №{ $number }: у покупця ще немає чату з ботом. Повідомлення збережеться і надійде, щойно він відкриє посилання.
refused-duplicate_of = Іншого замовлення з номером «{ $twin }» у магазині немає. Надішліть номер ще раз.
reply-sent = 💬 №{ $number }: передаємо покупцеві.
ask-message-away = 💬 №{ $number }: покупець зупинив бота, повідомлення не дійде. Краще зателефонуйте.
reply-kept = 💬 №{ $number }: чату з покупцем ще немає. Повідомлення збережено, надійде, щойно він відкриє посилання. Якщо терміново, зателефонуйте.
reply-lost = 💬 №{ $number }: покупець зупинив бота, повідомлення не надіслано. Зателефонуйте йому.
ask-comment = №{ $number }: напишіть одним повідомленням, чому саме. Без коментаря ця причина не приймається.
dialogue-left = Гаразд, нічого не змінено.
nothing-to-cancel = Зараз нічого скасовувати: ви не в діалозі.

## History
history-title = 🕘 №{ $number } · історія
history-line = { $at } · { $who } · { $what } → «{ $status }»
history-beside = { $at } · { $who } · { $what }
history-ttn = ТТН { $ttn }
who-seller = магазин
who-buyer = покупець
who-carrier = перевізник
who-marketplace = майданчик
event-take = взято в роботу
event-take_confirm = взято й підтверджено
event-confirm = дані підтверджено
event-await_payment = чекаємо оплату
event-reopen = повернуто в обробку
event-ship = відправлено
event-courier = передано кур'єру
event-ready = готово до видачі
event-received = отримано
event-not_collected = не забрано
event-refused = відмова від товару
event-cancel = скасовано
event-no_answer = не відповідає
event-talked = поговорили
event-no_contact = не вдалося зв'язатися
event-fix_ttn = ТТН виправлено
event-first_ttn = ТТН додано
event-undo = дію повернуто
event-tick = у кабінеті змінено
event-agree = відправку домовлено на
event-not_agreed = відправка рахується від підтвердження
event-buyer_confirm = «Все вірно»
event-buyer_ask = запитання
event-buyer_cancel = скасування
event-depart = посилка в дорозі
event-arrive = посилка прибула
event-follow = дані майданчика
event-came = замовлення надійшло

## Notices to sellers
notice-buyer-confirmed = ✅ №{ $number }: покупець відповів «Все вірно». Дзвонити не треба.
notice-buyer-asked = ❓ №{ $number }: покупець пише
notice-cancel-requested = ❗️ №{ $number }: покупець просить скасувати, але посилка вже в дорозі («{ $status }»). Зв'яжіться з ним.
notice-buyer-unreachable = ⚠️ №{ $number }: покупець зупинив бота. ТТН і дані повідомте дзвінком: { $phone }
notice-member-asks = 👋 До магазину «{ $shop }» проситься { $name } ({ $role }). Це ваша людина?
notice-member-joined = 🎉 Вас додано до магазину «{ $shop }»: { $role }. Нові замовлення приходитимуть сюди.
notice-member-refused = До магазину «{ $shop }» вас не додано.
notice-member-unreachable = ⚠️ «{ $shop }»: { $name } більше не отримує повідомлень ({ $why }).
notice-link-refused = ⚠️ №{ $number }: посилання покупця відкрив ще хтось ({ $name }). Доступ не надано; чат лишився за першим. Якщо покупець саме він, дайте нове: «Посилання для покупця».

## Many notices for one chat at once: one message with a line each
digest-title = 🔔 { $count ->
    [one] { $count } сповіщення одним списком
    [few] { $count } сповіщення одним списком
   *[many] { $count } сповіщень одним списком
}
digest-new_order = 🔔 №{ $number } · { $total } · { $shop }
digest-moved = №{ $number } · { $total } · { $shop } · «{ $status }»
digest-buyer_cancelled = ❗️ №{ $number } · { $total } · { $shop } · покупець скасував
digest-order_changed = ✏️ №{ $number } · { $total } · { $shop } · змінено оплату або дані
digest-buyer_confirmed = ✅ №{ $number } · { $total } · { $shop } · покупець відповів «Все вірно»
digest-repeat = 🔁 повторно

role-owner = власник
role-manager = менеджер
role-packer = пакувальник
role-observer = спостерігач

## Getting in
welcome-owner = Вітаємо у магазині «{ $shop }»! Ви — { $role }. Нове замовлення задзвонить тут за секунду: натисніть «Беру в роботу». /help — що ще вміє бот.
welcome-asked = Запит надіслано власнику магазину «{ $shop }». Щойно він підтвердить, замовлення приходитимуть сюди.
welcome-already = Ви вже у магазині «{ $shop }»: { $role }.
admitted = { $name }: додано до магазину.
rejected = { $name }: не додано.
help-seller = Нові замовлення приходять сюди карткою з кнопками: «Беру в роботу», «Дані підтверджено», «Ввести ТТН». Терміни рахуються лише в робочі години магазину.
