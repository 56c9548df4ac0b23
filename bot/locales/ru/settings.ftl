# A shop's settings, for its owner.

settings-title = ⚙️ { $shop } · { $platform }
settings-menu = Что настроить?
settings-which = ⚙️ Какой магазин настроить?
settings-not-owner = Настройки магазина меняет только его владелец. Попросите владельца.
settings-stale = Эта кнопка уже не действует. Откройте /settings ещё раз.
help-owner = /settings — часы работы, выходные и праздники, напоминания, тексты покупателю, ключи API.

button-hours = 🕘 Часы работы
button-days = 🏖 Выходные и праздники
button-reminders = ⏰ Напоминания
button-change = ✏️ Изменить
button-save = ✅ Сохранить
button-again = ✏️ Ввести иначе
button-usual = ↩️ Как принято
button-add-days = ➕ Добавить дни
button-holidays = 🇺🇦 Добавить гос. праздники
button-save-holidays = ✅ Сохранить: { $count ->
    [one] { $count } выходной
    [few] { $count } выходных
   *[many] { $count } выходных
}
button-drop = 🗑 { $day }
button-earlier = ◀️ Раньше
button-later-days = Позже ▶️

## Hours in words; what is written here, the owner may type back
weekday-0 = Пн
weekday-1 = Вт
weekday-2 = Ср
weekday-3 = Чт
weekday-4 = Пт
weekday-5 = Сб
weekday-6 = Вс
week-run = { $first }–{ $last }
week-day = { $days } { $hours }
week-daily = ежедневно { $hours }
week-closed = ежедневно закрыто
hours-from-to = { $opens }–{ $closes }
hours-and = { " и " }
hours-always = круглосуточно
hours-closed = выходной
date = { $weekday } { $day }
day-line = { $day }: { $hours }
days-more = …и ещё { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
}

## Hours
settings-hours = Часы работы: <b>{ $hours }</b>
settings-zone = Часовой пояс: { $zone }, сейчас { $now }
settings-as-in-cabinet = { $marketplace ->
    [rozetka] 💡 График как в кабинете ROZETKA: по нему робот считает два часа и звонит. Если там другие часы, впишите здесь такие же.
   *[other] 💡 График как в кабинете { $platform }: площадка считает время по нему. Если там другие часы, впишите здесь такие же.
}
settings-night = 🌙 Магазин открыт и ночью: сроки будут истекать и ночью. Если ночью заказы никто не берёт, укажите часы, когда есть кому.
settings-typed = Поняли так: <b>{ $what }</b>. Сохранить?
settings-saved-hours = ✅ Сохранено. Напоминания уже считаются по новым часам.
ask-hours = Пришлите часы работы одним сообщением, например: Пн-Пт 9-18, Сб 10-15. Или: ежедневно 8:00-22:00, круглосуточно. Выходные и праздники, которые уже записаны, останутся.
hours-bad-empty = Здесь нет часов. Пришлите дни и часы, например: Пн-Пт 9-18, Сб 10-15.
hours-bad-unreadable = Не поняли «{ $fragment }». Напишите дни и часы, например: Пн-Пт 9-18, Сб 10-15.
hours-bad-reversed = «{ $fragment }»: конец раньше начала. Если это ночная смена, она длится до 6:00 или не больше 12 часов. Напишите, например: 9:00-18:00 или 20:00-8:00.
hours-bad-overlapping = { $day }: { $first } и { $second } накладываются. Напишите один промежуток или два отдельных, например: 9-13 14-18.
hours-bad-never_open = По этому графику магазин никогда не работает. Напишите хотя бы один день с часами, например: Пн-Пт 9-18.
hours-bad-unknown_zone = Часового пояса «{ $zone }» не знаем. Напишите только дни и часы, например: Пн-Пт 9-18.
refused-only_days = Здесь только отдельные даты. Недельные часы напишите так: Пн-Пт 9-18, Сб 10-15. Отдельные дни добавьте в «Выходные и праздники».

## Days off and holidays
settings-days = Впереди { $count ->
    [one] { $count } особый день
    [few] { $count } особых дня
   *[many] { $count } особых дней
}. Кнопка с датой убирает день из списка:
settings-no-days = Особых дней впереди нет: магазин работает по недельному графику.
settings-saved-days = ✅ Сохранено. Напоминания уже считаются по этим дням.
ask-days = Пришлите дни одним сообщением, например: 25.12, или 24 декабря, или 30.12-02.01. Короткий день — с часами: 31.12 9-14.
days-typed = Поняли так:
days-bad-empty = Здесь нет дат. Пришлите, например: 25.12 или 30.12-02.01.
days-bad-unreadable = Не поняли «{ $fragment }». Напишите дату, например: 25.12, 24 декабря или 31.12 9-14.
days-bad-no_such_day = «{ $fragment }»: такого дня нет в календаре. Напишите дату, например: 25.12.
days-bad-past = «{ $fragment }»: этот день уже прошёл. Напишите дату впереди, например: 25.12.
days-bad-too_far = «{ $fragment }»: это дальше чем через два года. Напишите дату поближе, например: 25.12.
days-bad-too_long = «{ $fragment }»: промежуток должен идти от более раннего дня к более позднему и длиться не больше { $most } дней. Напишите, например: 30.12-02.01.
settings-holidays = Во время военного положения по закону государственные праздники — рабочие дни, поэтому выходными они становятся, только если вы их отметите. Нажмите на праздник, чтобы отметить или снять отметку, потом сохраните.
holiday-on = ✅ { $day } · { $name }
holiday-off = ▫️ { $day } · { $name }
refused-too_many_hours = Слишком много промежутков в одном дне: можно до шести. Напишите, например: 9-13 14-18.
refused-too_many_days = Слишком много особых дней. Уберите лишние.

## Reminders
settings-reminders = Когда напоминать, в рабочих часах от начала срока:
settings-limit = • { $name }: { $steps } (срок { $term }, как принято)
settings-limit-own = • { $name }: { $steps } (срок { $term }, ваш выбор)
settings-saved-steps = ✅ Сохранено. Напоминания будут приходить в это время.
limit-untouched = Никто не взял
limit-contact = Не связались с покупателем
limit-first_contact = Первый звонок после взятия
limit-outcome = Не подтверждено
limit-dispatch = Не отправлено
limit-cabinet = В кабинете не изменено
ask-steps = { $name }: когда напомнить? Срок { $term }. Пришлите до пяти чисел: 1:00, 1:30, 2:00 или в минутах 60 90 120.
steps-typed = { $name }: напомним, когда пройдёт <b>{ $steps }</b>. Сохранить?
steps-bad-empty = Здесь нет времени. Пришлите, например: 1:00, 1:30, 2:00 или 60 90 120.
steps-bad-unreadable = Не поняли «{ $fragment }». Пришлите часы с минутами или минуты, например: 1:00, 1:30, 2:00 или 60 90 120.
steps-term = Срок { $term }. Пришлите ещё раз, например: 1:00, 1:30 или 60 90.
