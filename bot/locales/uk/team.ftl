# A shop's team, and what each member decides alone.

button-team = 👥 Команда
button-own = 👤 Мої налаштування

## The team
team-title = 👥 Команда · { $shop }
team-count = У команді { $count ->
    [one] { $count } людина
    [few] { $count } людини
   *[many] { $count } людей
}. 🟢 на зміні, ⚪️ не на зміні.
team-on = 🟢 { $name } · { $role }
team-off = ⚪️ { $name } · { $role }
team-you = це ви
team-away = 📵 не отримує повідомлень
team-waiting = 👋 { $name } · { $role } · чекає на ваше рішення
team-uncovered = ⚠️ Зараз на зміні нікого, хто міг би взяти замовлення, тому дзвонить усім.
team-invites = Ці запрошення ще діють. Натисніть, щоб відкликати:
team-no-invites = Відкритих запрошень немає.
member-nameless = Без імені
button-member = { $name } · { $role }
button-let-in = ✅ { $name }
button-invite = ➕ Запросити людину
button-invites = ✉️ Відкриті запрошення: { $count }
button-team-before = ◀️ Попередні
button-team-after = Наступні ▶️

## One member
member-title = 👤 { $name } · { $role }
member-shop = Магазин «{ $shop }», у команді з { $since }
member-on = 🟢 На зміні
member-off = ⚪️ Не на зміні
member-signature = ✍️ Підпис для покупців: { $name }
member-away = 📵 Не отримує повідомлень: { $why }. Попросіть цю людину відкрити бота й натиснути «Старт».
member-gone = Цієї людини в команді вже немає.
member-in = { $name }: додано до магазину.
member-out = { $name }: не додано.
button-role = 🔁 Змінити роль
button-remove = 🗑 Прибрати з команди
button-remove-yes = Так, прибрати
button-owner-yes = Так, зробити власником
ask-role = Яку роль дати?
ask-owner = { $name }: зробити власником магазину «{ $shop }»? Власник змінює налаштування й команду і може прибрати з неї будь-кого, зокрема вас.
ask-remove = { $name }: прибрати з команди магазину «{ $shop }»? Доступ зникне одразу, а замовлення, які веде ця людина, знову нагадуватимуть усім.
member-removed = { $name }: прибрано з команди.
role-set = { $name }: тепер { $role }.
role-line = • { $role }: { $about }
role-about-owner = усе, а також налаштування магазину й команда
role-about-manager = веде замовлення від початку до кінця, пише покупцям
role-about-packer = пакує й відправляє, вводить ТТН, пише покупцям
role-about-observer = лише дивиться, нічого не змінює
refused-last_owner = Це єдиний власник магазину, без нього нікому керувати командою й налаштуваннями. Спершу зробіть власником ще когось.

## Invites
ask-invite-role = Кого запрошуєте?
invite-title = ✉️ Перешліть цій людині текст нижче ({ $role })
invite-text = Вас запрошують до магазину «{ $shop }» ({ $role }). { $way } Посилання діє 24 години, для однієї людини.
invite-telegram = Відкрийте { $link } і натисніть «Старт».
invite-viber = Відкрийте { $link } у Viber і натисніть «Отримувати повідомлення тут».
invite-either = Відкрийте { $telegram } і натисніть «Старт», або { $viber } у Viber і натисніть «Отримувати повідомлення тут».
invite-after = Коли людина відкриє посилання, ми спитаємо вас, чи це саме вона.
invite-unknown = Адреса бота ще невідома. Людина ({ $role }) може написати боту протягом 24 годин: /start { $start }
invite-revoked = Запрошення відкликано, за ним уже ніхто не зайде.
button-revoke = 🗑 { $role }, до { $until }
refused-too_many_invites = Уже десять запрошень відкрито. Відкличте зайві, потім запросіть знову.

## What the team hears
notice-member-removed = Вас прибрано з команди магазину «{ $shop }». Його замовлення сюди більше не приходитимуть. Якщо це помилка, зверніться до власника.
notice-role-changed = 🔁 «{ $shop }»: ваша роль тепер — { $role } ({ $about }).
notice-team-joined = 👥 «{ $shop }»: { $name } ({ $role }) тепер у команді. Рішення власника: { $by }.
notice-team-came = 👥 «{ $shop }»: { $name } ({ $role }) тепер у команді, за запрошенням від адміністратора бота.
notice-team-refused = 👥 «{ $shop }»: { $name } до команди не додано. Рішення власника: { $by }.
notice-team-removed = 👥 «{ $shop }»: { $name } ({ $role }) більше не в команді. Рішення власника: { $by }.
notice-team-left = 👥 «{ $shop }»: { $name } ({ $role }) більше не в команді, за власним бажанням.
notice-team-role = 👥 «{ $shop }»: { $name } тепер { $role }. Рішення власника: { $by }.
event-release = замовлення більше ніхто не веде

## What a member decides alone
help-own = ⚙️ /settings — ваші зміна, звук і тихі години.
help-own-viber = ⚙️ /settings — ваша зміна та вихід із команди.
own-title = 👤 { $shop } · ви { $role }
own-saved = ✅ Збережено.
own-on = 🟢 Ви на зміні: нові замовлення й нагадування дзвонять вам.
own-off = ⚪️ Ви не на зміні: нові замовлення й нагадування дзвонять тим, хто на зміні.
own-off-uncovered = ⚪️ Ви не на зміні.
own-off-owner = Прострочене та новини команди вам як власнику приходять завжди.
own-uncovered = ⚠️ Зараз на зміні нікого, хто міг би взяти замовлення, тому дзвонить усім: жодне замовлення не має лишитися непоміченим.
own-aloud = 🔔 Звук увімкнено.
own-mute = 🔕 Звук вимкнено: усе приходить вчасно, але беззвучно.
own-quiet = 🌙 Тихі години { $span }: усе приходить вчасно, але беззвучно.
own-viber-sounds = 📱 Звук: Viber не вміє надсилати беззвучно, тож вимикайте його для цього чату в самому Viber.
own-no-quiet = 🌙 Тихих годин немає.
own-signature = ✍️ Ваш підпис для покупців: { $who }
own-left = Ви більше не в команді магазину «{ $shop }». Його замовлення сюди не приходитимуть.
button-shift-on = 🟢 Я на зміні
button-shift-off = ⚪️ Я не на зміні
button-sound-aloud = 🔔 Увімкнути звук
button-sound-mute = 🔕 Вимкнути звук
button-quiet = 🌙 Тихі години
button-unquiet = Без тихих годин
button-sign = ✍️ Мій підпис
button-unsign = Без мого імені
button-leave = 🚪 Вийти з команди
button-leave-yes = Так, вийти
ask-sign = Яким ім'ям підписувати ваші повідомлення покупцям? Надішліть його, наприклад: Олена. Покупець побачить: Олена, магазин «{ $shop }».
ask-quiet = Коли сповіщати вас без звуку? Надішліть початок і кінець, наприклад: 22:00-08:00.
typed-sign = Покупець побачить: <b>{ $value }, магазин «{ $shop }»</b>. Зберегти?
typed-quiet = { $shop }: без звуку <b>{ $value }</b>. Зберегти?
ask-leave = Вийти з команди магазину «{ $shop }»? Доступ зникне одразу, а замовлення, які ви ведете, знову нагадуватимуть усім. Повернутися можна лише за новим запрошенням.
refused-bad_signature = Підпис — це ім'я до 40 знаків, наприклад: Олена. Надішліть ще раз.
refused-bad_quiet = Початок і кінець тихих годин мають різнитися. Надішліть, наприклад: 22:00-08:00. Щоб не чути нічого, вимкніть звук.
quiet-bad-empty = Тут немає часу. Надішліть початок і кінець, наприклад: 22:00-08:00.
quiet-bad-unreadable = Не зрозуміли «{ $fragment }». Надішліть початок і кінець, наприклад: 22:00-08:00.
ask-message-signed = 💬 №{ $number }: напишіть повідомлення покупцеві. Він побачить підпис: { $who }.
buyer-signature-named = { $name }, магазин «{ $shop }»
