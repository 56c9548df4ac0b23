# A shop's settings, for its owner.

settings-title = ⚙️ { $shop } · { $platform }
settings-menu = Що налаштувати?
settings-which = ⚙️ Який магазин налаштувати?
settings-not-owner = Налаштування магазину змінює лише його власник. Попросіть власника.
settings-stale = Ця кнопка вже не діє. Відкрийте /settings ще раз.
help-owner = ⚙️ /settings — години роботи, вихідні та свята, нагадування, команда, тексти покупцеві, ключі API, ваші звук і зміна.

button-hours = 🕘 Години роботи
button-days = 🏖 Вихідні та свята
button-reminders = ⏰ Нагадування
button-change = ✏️ Змінити
button-save = ✅ Зберегти
button-again = ✏️ Ввести інакше
button-usual = ↩️ Як заведено
button-add-days = ➕ Додати дні
button-holidays = 🇺🇦 Додати державні свята
button-save-holidays = ✅ Зберегти: { $count ->
    [one] { $count } вихідний
    [few] { $count } вихідні
   *[many] { $count } вихідних
}
button-drop = 🗑 { $day }
button-earlier = ◀️ Раніше
button-later-days = Пізніше ▶️

## Hours in words; what is written here, the owner may type back
weekday-0 = Пн
weekday-1 = Вт
weekday-2 = Ср
weekday-3 = Чт
weekday-4 = Пт
weekday-5 = Сб
weekday-6 = Нд
week-run = { $first }–{ $last }
week-day = { $days } { $hours }
week-daily = щодня { $hours }
week-closed = щодня зачинено
hours-from-to = { $opens }–{ $closes }
hours-and = { " та " }
hours-always = цілодобово
hours-closed = вихідний
date = { $weekday } { $day }
day-line = { $day }: { $hours }
days-more = …і ще { $count ->
    [one] { $count } день
    [few] { $count } дні
   *[many] { $count } днів
}

## Hours
settings-hours = Години роботи: <b>{ $hours }</b>
settings-zone = Часовий пояс: { $zone }, зараз { $now }
settings-as-in-cabinet = { $marketplace ->
    [rozetka] 💡 Графік як у кабінеті ROZETKA: за ним робот рахує дві години й телефонує. Якщо там інші години, впишіть тут такі самі.
   *[other] 💡 Графік як у кабінеті { $platform }: майданчик рахує час за ним. Якщо там інші години, впишіть тут такі самі.
}
settings-night = 🌙 Магазин відчинений і вночі: терміни спливатимуть і вночі. Якщо вночі замовлень ніхто не бере, вкажіть години, коли є кому.
settings-typed = Зрозуміли так: <b>{ $what }</b>. Зберегти?
settings-saved-hours = ✅ Збережено. Нагадування вже рахуються за новими годинами.
ask-hours = Надішліть години роботи одним повідомленням, наприклад: Пн-Пт 9-18, Сб 10-15. Або: щодня 8:00-22:00, цілодобово. Вихідні та свята, які вже записано, залишаться.
hours-bad-empty = Тут немає годин. Надішліть дні та години, наприклад: Пн-Пт 9-18, Сб 10-15.
hours-bad-unreadable = Не зрозуміли «{ $fragment }». Напишіть дні та години, наприклад: Пн-Пт 9-18, Сб 10-15.
hours-bad-reversed = «{ $fragment }»: кінець раніше за початок. Якщо це нічна зміна, вона триває до 6:00 або щонайбільше 12 годин. Напишіть, наприклад: 9:00-18:00 або 20:00-8:00.
hours-bad-overlapping = { $day }: { $first } і { $second } накладаються. Напишіть один проміжок або два окремі, наприклад: 9-13 14-18.
hours-bad-never_open = За цим графіком магазин ніколи не працює. Напишіть хоча б один день із годинами, наприклад: Пн-Пт 9-18.
hours-bad-unknown_zone = Часового поясу «{ $zone }» не знаємо. Напишіть лише дні та години, наприклад: Пн-Пт 9-18.
refused-only_days = Тут лише окремі дати. Тижневі години напишіть так: Пн-Пт 9-18, Сб 10-15. Окремі дні додайте у «Вихідні та свята».

## Days off and holidays
settings-days = Попереду { $count ->
    [one] { $count } особливий день
    [few] { $count } особливі дні
   *[many] { $count } особливих днів
}. Кнопка з датою прибирає день зі списку:
settings-no-days = Особливих днів попереду немає: магазин працює за тижневим графіком.
settings-saved-days = ✅ Збережено. Нагадування вже рахуються за цими днями.
ask-days = Надішліть дні одним повідомленням, наприклад: 25.12, або 24 грудня, або 30.12-02.01. Короткий день — з годинами: 31.12 9-14.
days-typed = Зрозуміли так:
days-bad-empty = Тут немає дат. Надішліть, наприклад: 25.12 або 30.12-02.01.
days-bad-unreadable = Не зрозуміли «{ $fragment }». Напишіть дату, наприклад: 25.12, 24 грудня або 31.12 9-14.
days-bad-no_such_day = «{ $fragment }»: такого дня немає в календарі. Напишіть дату, наприклад: 25.12.
days-bad-past = «{ $fragment }»: цей день уже минув. Напишіть дату попереду, наприклад: 25.12.
days-bad-too_far = «{ $fragment }»: це далі ніж за два роки. Напишіть ближчу дату, наприклад: 25.12.
days-bad-too_long = «{ $fragment }»: проміжок має йти від ранішого дня до пізнішого й тривати щонайбільше { $most } дні. Напишіть, наприклад: 30.12-02.01.
settings-holidays = Під час воєнного стану за законом державні свята — робочі дні, тому вихідними вони стають, лише якщо ви їх позначите. Натисніть на свято, щоб позначити або зняти позначку, потім збережіть.
holiday-on = ✅ { $day } · { $name }
holiday-off = ▫️ { $day } · { $name }
refused-too_many_hours = Забагато проміжків в одному дні: можна до шести. Напишіть, наприклад: 9-13 14-18.
refused-too_many_days = Забагато особливих днів. Приберіть зайві.

## Reminders
settings-reminders = Коли нагадувати, у робочих годинах від початку терміну:
settings-limit = • { $name }: { $steps } (термін { $term }, як заведено)
settings-limit-own = • { $name }: { $steps } (термін { $term }, ваш вибір)
settings-saved-steps = ✅ Збережено. Нагадування приходитимуть у цей час.
limit-untouched = Ніхто не взяв
limit-contact = Не зв'язалися з покупцем
limit-first_contact = Перший дзвінок після взяття
limit-outcome = Не підтверджено
limit-dispatch = Не відправлено
limit-cabinet = У кабінеті не змінено
ask-steps = { $name }: коли нагадати? Термін { $term }. Надішліть до п'яти чисел: 1:00, 1:30, 2:00 або в хвилинах 60 90 120.
steps-typed = { $name }: нагадаємо, коли мине <b>{ $steps }</b>. Зберегти?
steps-bad-empty = Тут немає часу. Надішліть, наприклад: 1:00, 1:30, 2:00 або 60 90 120.
steps-bad-unreadable = Не зрозуміли «{ $fragment }». Надішліть години з хвилинами або хвилини, наприклад: 1:00, 1:30, 2:00 або 60 90 120.
steps-term = Термін { $term }. Надішліть ще раз, наприклад: 1:00, 1:30 або 60 90.
