# What an owner chooses beside hours: texts for buyers, the buyer's confirmation, API keys, one bell instead of two.

button-texts = 💬 Тексты покупателю
button-confirming = ✅ Подтверждение покупателем
button-keys = 🔑 Ключи API
button-one-bell = 🔕 Чтобы не звонило дважды

## Texts for buyers
settings-texts = Что бот пишет покупателю. Нажмите, чтобы посмотреть или написать своими словами. ✏️ — ваш текст.
settings-text-seen = 👀 Покупатель увидит:
settings-text-will-see = 👀 Покупатель увидит:
settings-text-none = Сейчас ничего не добавляем.
settings-text-sure = Сохранить?
settings-text-saved = ✅ Сохранено. Так будем писать со следующего сообщения.
button-text-usual = ↩️ Как было
button-copy-text = 📋 Скопировать нынешний
text-greeting = Приветствие
text-shipped = Отправлено
text-courier = Курьер выехал
text-ready = Готово к выдаче
text-arrived = Прибыло
text-waiting = Ждёт третий день
text-cancelled = Отменено магазином
text-closing = Последняя строка
text-when-greeting = первая строка вопроса «Всё правильно?». Дальше идут товары, сумма, доставка и кнопки.
text-when-shipped = когда вы ввели ТТН. Без ТТН пишем обычными словами.
text-when-courier = когда вы нажали «Передано курьеру».
text-when-ready = когда вы нажали «Готово к выдаче».
text-when-arrived = когда посылка прибыла в отделение.
text-when-waiting = когда заказ ждёт третий день, в отделении или в вашем пункте выдачи.
text-when-cancelled = когда вы отменили заказ. Ваш комментарий добавим следующей строкой.
text-when-closing = в конце сообщений об отправке и прибытии.
ask-text = { $name }: пришлите новый текст одним сообщением, до { $most } знаков.
ask-text-facts = В скобках — то, что бот подставит сам:
ask-text-fact = • { $fact } — { $what }
ask-text-first = ❗️ { $fact } нужно оставить в первой строке.
ask-text-must = ❗️ { $fact } тоже нужно оставить.
ask-text-no-adverts = ❗️ Без ссылок, телефонов и чужой рекламы: площадка это запрещает.
ask-text-now = Сейчас: { $text }
fact-number = номер заказа
fact-shop = название магазина
fact-platform = площадка
fact-ttn = номер ТТН
fact-carrier = служба доставки
fact-day = день отправки
fact-total = сумма
fact-point = где ждёт
fact-reason = причина отмены
sample-number = 812345678
sample-point = Киев, Отделение №4
text-bad-empty = Здесь нет текста. Пришлите то, что должен прочитать покупатель.
text-bad-too_long = Слишком длинно: { $units } знаков, можно до { $most }. Пришлите текст короче.
text-bad-braces = Скобка без пары возле «{ $fragment }». Пишите название в скобках с обеих сторон, например { "{" }номер{ "}" }. Пришлите текст ещё раз.
text-bad-unknown = Не знаем, что подставить вместо «{ $fragment }». Можно: { $may }. Пришлите текст ещё раз.
text-bad-not_here = { $fact } в этом тексте подставить нечем. Можно: { $may }. Пришлите текст ещё раз.
text-bad-private = «{ $fragment }» подставлять нельзя: сообщение может прочитать чужой человек, которому досталась ссылка. Можно: { $may }. Пришлите текст ещё раз.
text-bad-missing = В тексте нет { $fact }, а без этого покупатель не поймёт, о чём речь. Добавьте и пришлите ещё раз.
text-bad-number_first = { "{" }номер{ "}" } должен стоять в первой строке: по нему покупатель узнаёт заказ. Пришлите текст ещё раз.
text-bad-too_many = Слишком много подстановок: можно до { $most }. Уберите лишние и пришлите ещё раз.
text-bad-contact = «{ $fragment }» похоже на ссылку или контакт. Площадка запрещает уводить покупателей. Уберите и пришлите ещё раз.

## The buyer's confirmation
settings-confirming = Когда покупатель просил не перезванивать и нажал «Всё верно», бот может сам поставить «{ $status }». Вам придёт уведомление, в истории будет, что это сделал покупатель.
settings-confirming-cabinet = В кабинете статус меняете вы: бот будет напоминать, пока не нажмёте «Изменено».
settings-confirming-is-on = Сейчас: <b>включено</b>
settings-confirming-is-off = Сейчас: <b>выключено</b>, статус меняете вы.
button-confirming-on = ✅ Включить
button-confirming-off = ✖️ Выключить
settings-sellers-confirm = { $platform }: подтверждает продавец после звонка покупателю, поэтому статус меняете вы. «Всё верно» от покупателя бот покажет в карточке.
refused-sellers_confirm = На этой площадке подтверждает продавец.
notice-buyer-confirmed-moved = ✅ №{ $number }: покупатель подтвердил, статус изменён на «{ $status }». Звонить не нужно.
notice-also-in-cabinet = ☝️ Измените и в кабинете: что именно, подскажет карточка заказа.

## API keys
settings-keys = 🔑 Ключи, с которыми сайт или программа передаёт сюда заказы. Самих ключей мы не храним, только их отпечаток.
settings-no-keys = 🔑 Ключей нет: сайт не может передавать сюда заказы. Создайте ключ и впишите его в настройки сайта.
key-line = • №{ $number }: создан { $made }, последний раз использован { $used }
key-line-unused = • №{ $number }: создан { $made }, ещё не использовался
key-made = 🔑 Новый ключ №{ $number }. Скопируйте сейчас: второй раз показать его не сможем.
key-how = Впишите ключ в настройки сайта и нажмите «Скрыть». Никому его не пересылайте: с ним можно читать и добавлять заказы.
key-sure = Отозвать ключ №{ $number }? Сайт, в котором он записан, сразу не сможет передавать заказы.
key-sure-last = ❗️ Это последний ключ: заказы с сайта больше не будут приходить.
key-revoked = ✅ Ключ №{ $number } отозван, он уже не действует.
button-new-key = ➕ Новый ключ
button-copy-key = 📋 Скопировать ключ
button-hide-key = 🙈 Скрыть
button-revoke-key = 🗑 Отозвать №{ $number }
button-revoke-yes = Да, отозвать
refused-too_many_keys = Ключей уже десять. Отзовите те, что не используются.

## One bell instead of two
one-bell-title = Чтобы не звонило дважды
one-bell = { $marketplace ->
    [rozetka] ROZETKA и сама уведомляет о каждом заказе: в кабинете, письмом, в sms или Viber. Отключите sms и Viber в своём кабинете; где именно, подскажет ваш менеджер ROZETKA.
   *[other] { $platform } и сам уведомляет о каждом заказе письмом: владельца и ответственного за заказ. Настройте почту так, чтобы эти письма приходили без звука.
}
one-bell-spare = Письма не отключайте: они запасные, если мессенджер не будет работать.
one-bell-done = ✅ Сделано { $day }
button-one-bell-done = ✅ Сделано

## What may be changed in an order
card-editable = ✏️ Изменить состав или доставку в кабинете можно только сейчас, в «{ $status }»
card-not-editable = ✏️ Изменить состав или доставку в кабинете можно только в «{ $status }»

button-sms = ✉️ SMS
settings-sms = Кого не нашёл мессенджер, тому бот пишет SMS со ссылкой на заказ. Каждое стоит по тарифу TurboSMS, поэтому сутки ограничены.
settings-sms-today = Сегодня отправлено: <b>{ $count }</b>
settings-sms-cap = Сейчас: не больше <b>{ $cap }</b> в сутки. Дальше — почта или звонок.
settings-sms-is-off = Сейчас: <b>без SMS</b>. Кого не нашёл мессенджер, тому напишет почта или позвоните вы.
button-sms-cap = До { $cap }
button-sms-off = ✖️ Без SMS

button-mailbox = 📧 Почта магазина
settings-mailbox = Сюда бот пишет, только когда в чате нет никого из магазина, кто прочтёт: все остановили бота или вышли из команды. Данных покупателей в письмах нет.
settings-mailbox-saved = ✅ Сохранено.
settings-mailbox-none = Сейчас: <b>не указана</b>
settings-mailbox-is = Сейчас: <b>{ $mail }</b>
button-mailbox-type = ✏️ Указать почту
button-mailbox-drop = 🗑 Убрать
ask-mailbox = Отправьте адрес почты магазина, напр. shop@example.com
refused-bad_mail = Не похоже на адрес почты. Отправьте, напр., shop@example.com (до 64 знаков).
mailbox-order = { $shop }: { $kind ->
        [new_order] новый заказ №{ $number }
        [untouched] заказ №{ $number } никто не взял
        [morning] заказ №{ $number } ждёт начала дня
        [buyer_asked] покупатель спрашивает о заказе №{ $number }
        [buyer_cancelled] покупатель отменил заказ №{ $number }
        [cancel_requested] покупатель просит отменить заказ №{ $number }
        [call_buyer] позвоните покупателю заказа №{ $number }
       *[other] новость о заказе №{ $number }
    }
mailbox-shop = { $shop }: новость для владельца магазина
mailbox-why = В чате бота нет никого из магазина, кто это прочтёт, поэтому пишем на почту. Откройте чат с ботом и нажмите «Старт»: дальше сообщения снова будут приходить туда.
