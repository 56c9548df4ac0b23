# Lists of orders, search, what can be typed, menus and help.

## The lists
lists-title = 📋 Заказы
lists-open = Открытых: { $count } · по состоянию на { $now }
lists-none = Открытых заказов нет. Как только придёт новый, он прозвонит здесь.
lane-burning = 🔥 Горят
lane-new = 🔔 Новые
lane-mine = 🙋 Мои
lane-in_work = 🛠 В работе
lane-to_send = 📦 К отправке
lane-unpaid = 💳 Ждут оплаты
lane-on_way = 🚚 В пути
lane-at_point = 📬 В пункте выдачи
lane-held = 🙋 Ведёт { $name }
lane-nobody = 🤷 Никто не ведёт
lane-count = { $lane } · { $count }
list-page = страница { $page } из { $pages }
list-now = по состоянию на { $now }
list-row = { $at }. <b>№{ $number }</b> · { $total }
list-opener = { $at } · №{ $number }
list-pickup-high = 📈 выкуп высокий
list-pickup-medium = 📈 выкуп средний
list-pickup-low = 📉 выкуп низкий
list-status = «{ $status }»
list-cabinet = ☝️ измените в кабинете
list-shop = «{ $shop }»
list-buyer = 👤 { $name }
empty-burning = 👌 Ничего не горит: всё успеваем.
empty-new = 👌 Новых нет: всё взято в работу.
empty-mine = За вами сейчас ничего нет. Возьмите новый: «Беру в работу».
empty-in_work = В работе ничего нет.
empty-to_send = 👌 Всё отправлено.
empty-unpaid = 👌 Никто не задерживает оплату.
empty-on_way = В пути ничего нет.
empty-at_point = 👌 В пунктах выдачи ничего не лежит.
empty-held = Здесь уже пусто.
button-refresh = 🔄 Обновить
button-lists = 📋 К спискам
button-holders = 👥 Кто что ведёт
button-shop-all = 🏬 Магазин: все
button-shop-one = 🏬 Магазин: { $shop }
button-all-shops = 🏬 Все магазины
button-page-back = ◀️
button-page-on = ▶️
holders-title = 👥 Кто что ведёт
holders-none = Открытых заказов нет.
holder-of = { $name } ({ $shop })
lists-which-shop = Из какого магазина показать заказы?

## Search
found-title = 🔎 «{ $text }» · найдено { $count }
found-title-most = 🔎 «{ $text }» · показываем { $count } самых новых, допишите что-нибудь, чтобы найти точнее
found-nothing = Не поняли сообщение и ничего не нашли по «{ $text }». Чтобы найти заказ, пришлите его номер или конец номера (от 4 цифр), телефон или имя покупателя. Чтобы что-то сделать, напишите номер и слово: №123 беру. Списки: /orders, подсказка: /help.
found-nothing-number = 🔎 «{ $text }»: такого заказа нет. Проверьте номер: нужен весь или не меньше 4 последних цифр.
found-stale = Этот поиск устарел. Пришлите, что ищете, ещё раз.

## What can be typed where buttons do not come through
typed-which = Есть несколько заказов с номером «{ $number }». Какой из них?
typed-which-button = №{ $number } · { $shop }
typed-words = №{ $number } · «{ $status }». Не поняли «{ $said }». Напишите номер и слово: { $words }.
typed-words-none = №{ $number } · «{ $status }». Сейчас с этим заказом ничего делать не нужно.
typed-word = «{ $word }»
typed-stale = Этот выбор уже не действует. Напишите номер и слово ещё раз.
ttn-offer = Похоже на ТТН ({ $carrier }). Записать { $ttn } в заказ №{ $number }?
ttn-offer-button = 🚚 Да, записать в №{ $number }
ttn-several = Похоже на ТТН. Отправки ждут несколько заказов, поэтому допишите номер: ттн { $number } { $ttn }

## Not understood
not-understood = Не поняли сообщение. Чтобы найти заказ, пришлите его номер, телефон или имя покупателя. Чтобы что-то сделать, напишите номер и слово: №123 беру. Списки: /orders, подсказка: /help.

## Menus
command-orders = Списки заказов
command-new = Добавить заказ
command-settings = Настройки
command-help = Что умеет бот
command-cancel = Выйти из диалога
command-start = Мои заказы
command-stop = Не присылать сообщений
command-forget = Удалить мои данные

## Help
help-packer = 📦 Вы упаковываете: заказы к отправке ждут в /orders. Нажмите «Ввести ТТН» и пришлите номер.
help-observer = 👀 Вы наблюдаете: видите заказы и их состояние, но не меняете их и не видите данных покупателей.
help-lists = 📋 /orders — списки: новые, что горит, ваши, к отправке, в пути. Ближайший срок вверху.
help-search = 🔎 Поиск: пришлите номер заказа или его конец, телефон или имя покупателя.
help-search-number = 🔎 Поиск: пришлите номер заказа или его конец.
help-typed = ⌨️ Кнопки не проходят? Напишите номер и слово: «№123 беру», «№123 подтверждено», «ттн 123 20450000000001», «№123 напомнить 30», «№123 отменить передумав» (причина — как на площадке). Хватит и начала слова.
help-typed-packer = ⌨️ Кнопки не проходят? Напишите номер и слово: «ттн 123 20450000000001», «№123 готово», «№123 напомнить 30». Хватит и начала слова.
help-new = ➕ /new — добавить заказ вручную.
help-cancel = /cancel — выйти из диалога.
help-buyer = 🛍 Ваши покупки: кнопки под сообщением подтверждают заказ, задают вопрос магазину или отменяют. Номер ТТН придёт сюда. /start — ваши заказы, /stop — не присылать сообщений, /forget — удалить ваши данные.
