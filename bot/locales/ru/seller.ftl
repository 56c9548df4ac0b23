# What sellers see and press.

## Buttons under an order's card
action-take = ✋ Беру в работу
action-take_confirm = ✋✅ Взять и подтвердить
action-confirm = ✅ Данные подтверждены
action-await_payment = 💳 Ждём оплату
action-reopen = ↩️ Вернуть в обработку
action-ship = 🚚 Ввести ТТН
action-courier = 🚗 Передано курьеру
action-ready = 📦 Готово к выдаче
action-received = 🎉 Получено
action-not_collected = 📭 Не забрал посылку
action-refused = 🙅 Отказался от товара
action-cancel = ✖️ Отменить заказ
action-no_answer = 📵 Не отвечает
action-talked = 📞 Поговорили
action-no_contact = ☎️ Не удалось связаться
action-arrive = 📬 Прибыло в отделение
action-fix_ttn = ✏️ Исправить ТТН
action-undo = ⏪ Вернуть
action-tick = ☑️ Изменено
action-agree = 🗓 Когда отправим
button-history = 🕘 История
button-write = 💬 Написать покупателю
button-link = 🔗 Ссылка для покупателя
button-back = ⬅️ Назад
button-no-ttn = ➖ ТТН нет
button-no-moment = ↩️ Как подтвердили
button-card = 📄 К заказу
button-open = 📄 №{ $number }
button-admit = ✅ Да, это наш человек
button-reject = ✖️ Нет

## What was done: the line under the press
done-take = Взято в работу
done-take_confirm = Взято и подтверждено
done-confirm = Данные подтверждены
done-await_payment = Ждём оплату
done-reopen = Возвращено в обработку
done-ship = ТТН сохранена
done-ship-bare = Отправлено без ТТН
done-courier = Передано курьеру
done-ready = Готово к выдаче
done-received = Получено
done-not_collected = Не забрал посылку
done-refused = Отказался от товара
done-cancel = Заказ отменён
done-no_answer = Записано: не отвечает
done-talked = Записано: поговорили
done-no_contact = Не удалось связаться
done-arrive = Прибыло в отделение
done-fix_ttn = ТТН исправлена
done-undo = Возвращено, как было
done-tick = Отмечено: в кабинете изменено
done-agree = Дата отправки записана
done-agree-bare = Отправка снова считается от подтверждения

## The card
card-title = 🔔 №{ $number } · «{ $status }»
card-title-quiet = №{ $number } · «{ $status }»
card-title-buyer-cancelled = ❗️ №{ $number } · покупатель отменил заказ
card-title-paid = 💳 №{ $number } · оплата: { $status }
card-title-differs = ⚠️ №{ $number } · пришли другие данные
card-shop = { $shop } · поступил { $arrived } · по состоянию на { $now }
card-repeat = 🔁 повторно: это сообщение могло прийти раньше
card-do-not-call = 🔕 Не перезванивать
card-line = • { $title } × { $quantity } — { $price }
card-more = …и ещё { $count ->
    [one] { $count } позиция
    [few] { $count } позиции
   *[many] { $count } позиций
}
card-total = Итого: { $total }
card-buyer = 👤 { $name }, { $phone }
card-phone-doubtful = ⚠️ Такого номера не бывает: проверьте цифры
card-recipient = Получатель: { $recipient }
card-delivery = 🚚 { $carrier }: { $address }
card-delivery-bare = 🚚 { $carrier }
card-payment = 💳 { $method }
card-payment-status = 💳 { $method } · { $status }
card-comment = 💬 Комментарий покупателя: { $comment }
card-pickup-high = 📈 Уровень выкупа: высокий
card-pickup-medium = 📈 Уровень выкупа: средний
card-pickup-low = 📉 Уровень выкупа: низкий
card-holder = 🙋 Ведёт: { $name }
card-ttn = 📮 ТТН { $ttn }
card-agreed = 🗓 Отправка согласована на { $at }
card-agreed-closed = 🗓 Отправка согласована на { $at } (в день { $day } магазин закрыт, поэтому ближайшее открытие)
card-reason-comment = Причина словами: { $comment }
card-differs = ⚠️ Сайт прислал этот заказ ещё раз с другими данными: сверьте с кабинетом
card-cabinet = ☝️ Измените и в кабинете: { $statuses }
card-cabinet-ttn = ☝️ Измените и в кабинете: { $statuses }, ТТН { $ttn }
card-blocked = ⛔️ Отправлять ещё нельзя: { $why }
card-no-account = 📞 Заказ сделан по телефону, без аккаунта: ТТН и данные сообщите звонком
card-buyer-none = Чата с покупателем нет: отправьте ему ссылку
card-buyer-linked = Чат с покупателем есть
card-buyer-away = 📵 Покупатель остановил бота: ТТН и данные сообщите звонком
card-buyer-confirmed = ✅ Покупатель подтвердил: «Всё верно»
card-buyer-question = ❓ У покупателя есть вопрос
card-buyer-cancelled = ✖️ Покупатель просит отменить

told-confirm_request = Запрос «Всё верно?»
told-shipped = ТТН покупателю
told-ttn_changed = Новая ТТН покупателю
told-courier_left = Покупателю о курьере
told-ready_for_pickup = Покупателю о выдаче
told-arrived = Покупателю о прибытии
told-still_waiting = Напоминание покупателю
told-order_cancelled = Покупателю об отмене
told-seller_wrote = Ваше сообщение
told-line = { $what }: { $state }
told-state-queued = ⏳ в очереди
told-state-sending = ⏳ отправляется
told-state-sent = ✔️ отправлено { $at }
told-state-delivered = ✔️ доставлено { $at }
told-state-seen = 👁 прочитано { $at }
told-state-failed = ❌ не отправлено: { $why }
told-state-held = ❌ не отправлено: { $why }
told-state-skipped = отменено: { $why }

why-no_chat = нет чата с покупателем
why-no_recipient = некому отправить
why-blocked = человек остановил бота
why-undone = вы вернули действие
why-outdated = уже не актуально
why-handled = уже обработано
why-ttn_changed = ТТН исправлена
why-member_joined = отправлено новому сотруднику
why-not_a_member = уже не работает в магазине
why-kicked = бот удалён из чата
why-deactivated = учётная запись удалена
why-unsettled = не удаётся записать, что отправлено
why-chat_not_found = чата нет
why-unreachable = мессенджер не доставляет
why-too_long_unsent = мессенджер не отвечал больше суток
why-refused = мессенджер отказал
why-unauthorised = у бота нет доступа к мессенджеру
why-quota = закончились деньги или бесплатные сообщения мессенджера
why-no_device = на устройстве нет мессенджера, который это покажет

payment-cash_on_delivery = наложенный платёж
payment-card = карта
payment-invoice = счёт
payment-credit = кредит
payment-status-not_required = предоплата не нужна
payment-status-pending = ожидается
payment-status-paid = оплачено
payment-status-held = сумма заблокирована
payment-status-expired = срок действия истёк
payment-status-cancelled = отменена
payment-status-refunded = возвращена

carrier-nova_poshta = Новая почта
carrier-meest = Meest
carrier-ukrposhta = Укрпочта
carrier-rozetka = Доставка ROZETKA
carrier-justin = Justin
carrier-own = Курьер магазина
carrier-pickup = Самовывоз

## Why something cannot be done
refused-final = Заказ уже закрыт, изменить статус нельзя.
refused-not_now = Сейчас так нельзя. Что можно, показывают кнопки под заказом.
refused-changed = Уже изменено: №{ $number } — «{ $status }».
refused-role = Ваша роль в магазине этого не позволяет. Попросите владельца или менеджера.
refused-attempts = Сначала дважды попробуйте связаться с покупателем: нажмите «Не отвечает» после каждого звонка.
refused-payment_pending = Оплата ожидается: отправлять можно только после оплаты.
refused-payment_held = Сумма только заблокирована, денег ещё нет: отправлять можно после оплаты.
refused-payment_expired = Срок оплаты истёк: отправлять можно только после оплаты.
refused-payment_cancelled = Оплата отменена: отправлять можно только после оплаты.
refused-payment_refunded = Деньги возвращены покупателю: отправлять можно только после новой оплаты.
refused-no_such_reason = Этой причины для заказа сейчас нет.
refused-no_such_status = Такого статуса на этой площадке нет.
refused-not_back = Заказ не может снова стать новым.
refused-too_late = Вернуть уже нельзя: прошло больше 10 секунд или покупателю либо площадке уже сообщено.
refused-nothing_to_tick = В кабинете всё уже отмечено.
refused-bad_ttn = Это не похоже на номер ТТН ({ $carrier }). Должно быть как { $example }. Пришлите номер ещё раз.
refused-ttn_taken = Этот номер ТТН уже стоит в заказе №{ $number }. Проверьте и пришлите другой.
refused-ttn_same = Этот номер ТТН уже записан в этом заказе. Пришлите другой.
refused-bad_moment = Не поняли, когда. Напишите день и время, например: «завтра 16:00», «10.03 14:00», «в понедельник в 9» или «через 2 часа».
refused-moment_past = Это время уже прошло. Напишите, когда отправите, например: «завтра 16:00» или «через 2 часа».
refused-moment_far = Это дальше чем через 60 дней. Напишите дату поближе, например: «завтра 16:00» или «в понедельник в 9».
blocked-payment_pending = ждём оплату, рейтинг считается
blocked-payment_held = сумма только заблокирована
blocked-payment_expired = срок оплаты истёк
blocked-payment_cancelled = оплата отменена
blocked-payment_refunded = деньги возвращены покупателю
no-access = Нет доступа или такого заказа нет.

## Questions
ask-ttn = №{ $number }: пришлите номер ТТН ({ $carrier }) одним сообщением, например { $example }.
ask-moment = №{ $number }: когда отправим, как договорились с покупателем? Выберите день (с открытия магазина) или напишите: «завтра 16:00», «10.03 14:00», «в понедельник в 9», «через 2 часа».
moment-0 = Сегодня
moment-1 = Завтра
moment-2 = Послезавтра
ask-reason = №{ $number }: почему отменяем?
ask-reason-locked = Причина «{ $reason }» откроется после двух попыток связаться.
ask-duplicate_of = №{ $number }: пришлите номер заказа, который он повторяет.
ask-message = 💬 №{ $number }: напишите сообщение покупателю. Он увидит подпись магазина.
ask-message-unlinked = 💬 №{ $number }: у покупателя ещё нет чата с ботом. Сообщение сохранится и придёт, как только он откроет ссылку.
refused-duplicate_of = Другого заказа с номером «{ $twin }» в магазине нет. Пришлите номер ещё раз.
reply-sent = 💬 №{ $number }: передаём покупателю.
ask-message-away = 💬 №{ $number }: покупатель остановил бота, сообщение не дойдёт. Лучше позвоните.
reply-kept = 💬 №{ $number }: чата с покупателем ещё нет. Сообщение сохранено, придёт, как только он откроет ссылку. Если срочно, позвоните.
reply-lost = 💬 №{ $number }: покупатель остановил бота, сообщение не отправлено. Позвоните ему.
ask-comment = №{ $number }: напишите одним сообщением, почему именно. Без комментария эта причина не принимается.
dialogue-left = Хорошо, ничего не изменено.
nothing-to-cancel = Сейчас нечего отменять: вы не в диалоге.

## History
history-title = 🕘 №{ $number } · история
history-line = { $at } · { $who } · { $what } → «{ $status }»
history-beside = { $at } · { $who } · { $what }
history-ttn = ТТН { $ttn }
who-seller = магазин
who-buyer = покупатель
who-carrier = перевозчик
who-marketplace = площадка
event-came = заказ поступил
event-take = взято в работу
event-take_confirm = взято и подтверждено
event-confirm = данные подтверждены
event-await_payment = ждём оплату
event-reopen = возвращено в обработку
event-ship = отправлено
event-courier = передано курьеру
event-ready = готово к выдаче
event-received = получено
event-not_collected = не забрано
event-refused = отказ от товара
event-cancel = отменено
event-no_answer = не отвечает
event-talked = поговорили
event-no_contact = не удалось связаться
event-fix_ttn = ТТН исправлена
event-first_ttn = ТТН добавлена
event-undo = действие возвращено
event-tick = в кабинете изменено
event-agree = отправка согласована на
event-not_agreed = отправка считается от подтверждения
event-buyer_confirm = «Всё верно»
event-buyer_ask = вопрос
event-buyer_cancel = отмена
event-depart = посылка в пути
event-arrive = посылка прибыла
event-follow = данные площадки

## Notices to sellers
notice-buyer-confirmed = ✅ №{ $number }: покупатель ответил «Всё верно». Звонить не нужно.
notice-buyer-asked = ❓ №{ $number }: покупатель пишет
notice-cancel-requested = ❗️ №{ $number }: покупатель просит отменить, но посылка уже в пути («{ $status }»). Свяжитесь с ним.
notice-buyer-unreachable = ⚠️ №{ $number }: покупатель остановил бота. ТТН и данные сообщите звонком: { $phone }
notice-member-asks = 👋 В магазин «{ $shop }» просится { $name } ({ $role }). Это ваш человек?
notice-member-joined = 🎉 Вас добавили в магазин «{ $shop }»: { $role }. Новые заказы будут приходить сюда.
notice-member-refused = В магазин «{ $shop }» вас не добавили.
notice-member-unreachable = ⚠️ «{ $shop }»: { $name } больше не получает сообщений ({ $why }).
notice-link-refused = ⚠️ №{ $number }: ссылку покупателя открыл кто-то ещё ({ $name }). Доступ не предоставлен; чат остался за первым. Если покупатель именно он, дайте новую: «Ссылка для покупателя».

## Many notices for one chat at once: one message with a line each
digest-title = 🔔 { $count ->
    [one] { $count } уведомление одним списком
    [few] { $count } уведомления одним списком
   *[many] { $count } уведомлений одним списком
}
digest-new_order = 🔔 №{ $number } · { $total } · { $shop }
digest-moved = №{ $number } · { $total } · { $shop } · «{ $status }»
digest-buyer_cancelled = ❗️ №{ $number } · { $total } · { $shop } · покупатель отменил
digest-order_changed = ✏️ №{ $number } · { $total } · { $shop } · изменились оплата или данные
digest-buyer_confirmed = ✅ №{ $number } · { $total } · { $shop } · покупатель ответил «Всё верно»
digest-repeat = 🔁 повторно

role-owner = владелец
role-manager = менеджер
role-packer = упаковщик
role-observer = наблюдатель

## Getting in
welcome-owner = Добро пожаловать в магазин «{ $shop }»! Вы — { $role }. Новый заказ прозвонит здесь за секунду: нажмите «Беру в работу». /help — что ещё умеет бот.
welcome-asked = Запрос отправлен владельцу магазина «{ $shop }». Как только он подтвердит, заказы будут приходить сюда.
welcome-already = Вы уже в магазине «{ $shop }»: { $role }.
admitted = { $name }: доступ в магазин открыт.
rejected = { $name }: доступ не открыт.
help-seller = Новые заказы приходят сюда карточкой с кнопками: «Беру в работу», «Данные подтверждены», «Ввести ТТН». Сроки считаются только в рабочие часы магазина.
