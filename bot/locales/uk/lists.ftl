# Lists of orders, search, what can be typed, menus and help.

## The lists
lists-title = 📋 Замовлення
lists-open = Відкритих: { $count } · станом на { $now }
lists-none = Відкритих замовлень немає. Щойно надійде нове, воно задзвонить тут.
lane-burning = 🔥 Горять
lane-new = 🔔 Нові
lane-mine = 🙋 Мої
lane-in_work = 🛠 В роботі
lane-to_send = 📦 До відправлення
lane-unpaid = 💳 Чекають оплати
lane-on_way = 🚚 В дорозі
lane-at_point = 📬 На пункті видачі
lane-held = 🙋 Веде { $name }
lane-nobody = 🤷 Ніхто не веде
lane-count = { $lane } · { $count }
list-page = сторінка { $page } з { $pages }
list-now = станом на { $now }
list-row = { $at }. <b>№{ $number }</b> · { $total }
list-opener = { $at } · №{ $number }
list-pickup-high = 📈 забір високий
list-pickup-medium = 📈 забір середній
list-pickup-low = 📉 забір низький
list-status = «{ $status }»
list-cabinet = ☝️ змініть у кабінеті
list-shop = «{ $shop }»
list-buyer = 👤 { $name }
empty-burning = 👌 Нічого не горить: усе встигаємо.
empty-new = 👌 Нових немає: усе взято в роботу.
empty-mine = За вами зараз нічого немає. Візьміть нове: «Беру в роботу».
empty-in_work = В роботі нічого немає.
empty-to_send = 👌 Усе відправлено.
empty-unpaid = 👌 Ніхто не затримує оплату.
empty-on_way = У дорозі нічого немає.
empty-at_point = 👌 На пунктах видачі нічого не лежить.
empty-held = Тут уже порожньо.
button-refresh = 🔄 Оновити
button-lists = 📋 До списків
button-holders = 👥 Хто що веде
button-shop-all = 🏬 Магазин: усі
button-shop-one = 🏬 Магазин: { $shop }
button-all-shops = 🏬 Усі магазини
button-page-back = ◀️
button-page-on = ▶️
holders-title = 👥 Хто що веде
holders-none = Відкритих замовлень немає.
holder-of = { $name } ({ $shop })
lists-which-shop = З якого магазину показати замовлення?

## Search
found-title = 🔎 «{ $text }» · знайдено { $count }
found-title-most = 🔎 «{ $text }» · показуємо { $count } найновіших, допишіть щось, щоб знайти точніше
found-nothing = Не зрозуміли повідомлення й нічого не знайшли за «{ $text }». Щоб знайти замовлення, надішліть його номер або кінець номера (від 4 цифр), телефон чи ім'я покупця. Щоб щось зробити, напишіть номер і слово: №123 беру. Списки: /orders, підказка: /help.
found-nothing-number = 🔎 «{ $text }»: такого замовлення немає. Перевірте номер: потрібен увесь або щонайменше 4 останні цифри.
found-stale = Цей пошук застарів. Надішліть, що шукаєте, ще раз.

## What can be typed where buttons do not come through
typed-which = Є кілька замовлень із номером «{ $number }». Яке з них?
typed-which-button = №{ $number } · { $shop }
typed-words = №{ $number } · «{ $status }». Не зрозуміли «{ $said }». Напишіть номер і слово: { $words }.
typed-words-none = №{ $number } · «{ $status }». Зараз із цим замовленням нічого робити не треба.
typed-word = «{ $word }»
typed-stale = Цей вибір уже не діє. Напишіть номер і слово ще раз.
ttn-offer = Схоже на ТТН ({ $carrier }). Записати { $ttn } у замовлення №{ $number }?
ttn-offer-button = 🚚 Так, записати в №{ $number }
ttn-several = Схоже на ТТН. На відправлення чекає кілька замовлень, тож допишіть номер: ттн { $number } { $ttn }

## Not understood
not-understood = Не зрозуміли повідомлення. Щоб знайти замовлення, надішліть його номер, телефон або ім'я покупця. Щоб щось зробити, напишіть номер і слово: №123 беру. Списки: /orders, підказка: /help.

## Menus
command-orders = Списки замовлень
command-new = Додати замовлення
command-settings = Налаштування
command-help = Що вміє бот
command-cancel = Вийти з діалогу
command-start = Мої замовлення
command-stop = Не надсилати повідомлень
command-forget = Видалити мої дані

## Help
help-packer = 📦 Ви пакуєте: замовлення до відправлення чекають у /orders. Натисніть «Ввести ТТН» і надішліть номер.
help-observer = 👀 Ви спостерігаєте: бачите замовлення та їхній стан, але не змінюєте їх і не бачите даних покупців.
help-lists = 📋 /orders — списки: нові, що горить, ваші, до відправлення, в дорозі. Найближчий термін угорі.
help-search = 🔎 Пошук: надішліть номер замовлення або його кінець, телефон чи ім'я покупця.
help-search-number = 🔎 Пошук: надішліть номер замовлення або його кінець.
help-typed = ⌨️ Кнопки не проходять? Напишіть номер і слово: «№123 беру», «№123 підтверджено», «ттн 123 20450000000001», «№123 нагадати 30», «№123 скасувати передумав». Вистачить і початку слова.
help-typed-packer = ⌨️ Кнопки не проходять? Напишіть номер і слово: «ттн 123 20450000000001», «№123 готово», «№123 нагадати 30». Вистачить і початку слова.
help-new = ➕ /new — додати замовлення вручну.
help-cancel = /cancel — вийти з діалогу.
help-buyer = 🛍 Ваші покупки: кнопки під повідомленням підтверджують замовлення, ставлять запитання магазину або скасовують. Номер ТТН надійде сюди. /start — ваші замовлення, /stop — не надсилати повідомлень, /forget — видалити ваші дані.
