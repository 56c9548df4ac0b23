# A shop's team, and what each member decides alone.

button-team = 👥 Команда
button-own = 👤 Мои настройки

## The team
team-title = 👥 Команда · { $shop }
team-count = В команде { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
}. 🟢 на смене, ⚪️ не на смене.
team-on = 🟢 { $name } · { $role }
team-off = ⚪️ { $name } · { $role }
team-you = это вы
team-away = 📵 не получает сообщений
team-waiting = 👋 { $name } · { $role } · ждёт вашего решения
team-uncovered = ⚠️ Сейчас на смене никого, кто мог бы взять заказ, поэтому звонит всем.
team-invites = Эти приглашения ещё действуют. Нажмите, чтобы отозвать:
team-no-invites = Открытых приглашений нет.
member-nameless = Без имени
button-member = { $name } · { $role }
button-let-in = ✅ { $name }
button-invite = ➕ Пригласить человека
button-invites = ✉️ Открытые приглашения: { $count }
button-team-before = ◀️ Предыдущие
button-team-after = Следующие ▶️

## One member
member-title = 👤 { $name } · { $role }
member-shop = Магазин «{ $shop }», в команде с { $since }
member-on = 🟢 На смене
member-off = ⚪️ Не на смене
member-signature = ✍️ Подпись для покупателей: { $name }
member-away = 📵 Не получает сообщений: { $why }. Попросите этого человека открыть бота и нажать «Старт».
member-gone = Этого человека в команде уже нет.
member-in = { $name }: теперь в магазине.
member-out = { $name }: доступ не открыт.
button-role = 🔁 Изменить роль
button-remove = 🗑 Убрать из команды
button-remove-yes = Да, убрать
button-owner-yes = Да, сделать владельцем
ask-role = Какую роль дать?
ask-owner = { $name }: сделать владельцем магазина «{ $shop }»? Владелец меняет настройки и команду и может убрать из неё кого угодно, в том числе вас.
ask-remove = { $name }: убрать из команды магазина «{ $shop }»? Доступ исчезнет сразу, а о заказах, которые ведёт этот человек, бот снова будет напоминать всем.
member-removed = { $name }: больше не в команде.
role-set = { $name }: теперь { $role }.
role-line = • { $role }: { $about }
role-about-owner = всё, а также настройки магазина и команда
role-about-manager = ведёт заказы от начала до конца, пишет покупателям
role-about-packer = упаковывает и отправляет, вводит ТТН, пишет покупателям
role-about-observer = только смотрит, ничего не меняет
refused-last_owner = Это единственный владелец магазина, без него некому управлять командой и настройками. Сначала сделайте владельцем ещё кого-то.

## Invites
ask-invite-role = Кого приглашаете?
invite-title = ✉️ Перешлите этому человеку текст ниже ({ $role })
invite-text = Вас приглашают в магазин «{ $shop }» ({ $role }). { $way } Ссылка действует 24 часа, для одного человека.
invite-telegram = Откройте { $link } и нажмите «Старт».
invite-viber = Откройте { $link } в Viber и нажмите «Получать сообщения здесь».
invite-either = Откройте { $telegram } и нажмите «Старт», или { $viber } в Viber и нажмите «Получать сообщения здесь».
invite-after = Когда человек откроет ссылку, мы спросим вас, он ли это.
invite-unknown = Адрес бота ещё неизвестен. Человек ({ $role }) может написать боту в течение 24 часов: /start { $start }
invite-revoked = Приглашение отозвано, по нему уже никто не зайдёт.
button-revoke = 🗑 { $role }, до { $until }
refused-too_many_invites = Уже десять приглашений открыто. Отзовите лишние, потом пригласите снова.

## What the team hears
notice-member-removed = Вас убрали из команды магазина «{ $shop }». Его заказы сюда больше не будут приходить. Если это ошибка, обратитесь к владельцу.
notice-role-changed = 🔁 «{ $shop }»: ваша роль теперь — { $role } ({ $about }).
notice-team-joined = 👥 «{ $shop }»: { $name } ({ $role }) теперь в команде. Решение владельца: { $by }.
notice-team-came = 👥 «{ $shop }»: { $name } ({ $role }) теперь в команде, по приглашению от администратора бота.
notice-team-refused = 👥 «{ $shop }»: { $name } в команду не попадает. Решение владельца: { $by }.
notice-team-removed = 👥 «{ $shop }»: { $name } ({ $role }) больше не в команде. Решение владельца: { $by }.
notice-team-left = 👥 «{ $shop }»: { $name } ({ $role }) больше не в команде, по собственному желанию.
notice-team-role = 👥 «{ $shop }»: { $name } теперь { $role }. Решение владельца: { $by }.
event-release = заказ больше никто не ведёт

## What a member decides alone
own-title = 👤 { $shop } · вы { $role }
own-saved = ✅ Сохранено.
own-on = 🟢 Вы на смене: новые заказы и напоминания звонят вам.
own-off = ⚪️ Вы не на смене: новые заказы и напоминания звонят тем, кто на смене.
own-off-uncovered = ⚪️ Вы не на смене.
own-off-owner = Просроченное и новости команды вам как владельцу приходят всегда.
own-uncovered = ⚠️ Сейчас на смене никого, кто мог бы взять заказ, поэтому звонит всем: ни один заказ не должен остаться незамеченным.
own-aloud = 🔔 Звук включён.
own-mute = 🔕 Звук выключен: всё приходит вовремя, но беззвучно.
own-quiet = 🌙 Тихие часы { $span }: всё приходит вовремя, но беззвучно.
own-mute-viber = 🔕 Звук выключен.
own-quiet-viber = 🌙 Тихие часы { $span }.
own-viber-sounds = 📱 Viber не умеет присылать без звука: выключите звук этого чата в самом Viber.
own-no-quiet = 🌙 Тихих часов нет.
own-signature = ✍️ Ваша подпись для покупателей: { $who }
own-left = Вы больше не в команде магазина «{ $shop }». Его заказы сюда не будут приходить.
button-shift-on = 🟢 Я на смене
button-shift-off = ⚪️ Я не на смене
button-sound-aloud = 🔔 Включить звук
button-sound-mute = 🔕 Выключить звук
button-quiet = 🌙 Тихие часы
button-unquiet = Без тихих часов
button-sign = ✍️ Моя подпись
button-unsign = Без моего имени
button-leave = 🚪 Выйти из команды
button-leave-yes = Да, выйти
ask-sign = Каким именем подписывать ваши сообщения покупателям? Пришлите его, например: Елена. Покупатель увидит: Елена, магазин «{ $shop }».
ask-quiet = Когда уведомлять вас без звука? Пришлите начало и конец, например: 22:00-08:00.
typed-sign = Покупатель увидит: <b>{ $value }, магазин «{ $shop }»</b>. Сохранить?
typed-quiet = { $shop }: без звука <b>{ $value }</b>. Сохранить?
ask-leave = Выйти из команды магазина «{ $shop }»? Доступ исчезнет сразу, а о заказах, которые вы ведёте, бот снова будет напоминать всем. Вернуться можно только по новому приглашению.
refused-bad_signature = Подпись — это имя до 40 знаков, например: Елена. Пришлите ещё раз.
refused-bad_quiet = Начало и конец тихих часов должны различаться. Пришлите, например: 22:00-08:00. Чтобы не слышать ничего, выключите звук.
quiet-bad-empty = Здесь нет времени. Пришлите начало и конец, например: 22:00-08:00.
quiet-bad-unreadable = Не поняли «{ $fragment }». Пришлите начало и конец, например: 22:00-08:00.
ask-message-signed = 💬 №{ $number }: напишите сообщение покупателю. Он увидит подпись: { $who }.
buyer-signature-named = { $name }, магазин «{ $shop }»
help-own = ⚙️ /settings — ваши смена, звук и тихие часы.
