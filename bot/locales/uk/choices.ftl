# What an owner chooses beside hours: texts for buyers, the buyer's confirmation, API keys, one bell instead of two.

button-texts = 💬 Тексти покупцеві
button-confirming = ✅ Підтвердження покупцем
button-keys = 🔑 Ключі API
button-one-bell = 🔕 Щоб не дзвонило двічі

## Texts for buyers
settings-texts = Що бот пише покупцеві. Натисніть, щоб подивитися або написати своїми словами. ✏️ — ваш текст.
settings-text-seen = 👀 Покупець побачить:
settings-text-will-see = 👀 Покупець побачить:
settings-text-none = Зараз нічого не додаємо.
settings-text-sure = Зберегти?
settings-text-saved = ✅ Збережено. Так писатимемо від наступного повідомлення.
button-text-usual = ↩️ Як було
button-copy-text = 📋 Скопіювати теперішній
text-greeting = Привітання
text-shipped = Відправлено
text-courier = Кур'єр виїхав
text-ready = Готово до видачі
text-arrived = Прибуло
text-waiting = Чекає третій день
text-cancelled = Скасовано магазином
text-closing = Останній рядок
text-when-greeting = перший рядок запитання «Все правильно?». Далі йдуть товари, сума, доставка й кнопки.
text-when-shipped = коли ви ввели ТТН. Без ТТН пишемо звичайними словами.
text-when-courier = коли ви натиснули «Передано кур'єру».
text-when-ready = коли ви натиснули «Готово до видачі».
text-when-arrived = коли посилка прибула у відділення.
text-when-waiting = коли замовлення чекає третій день, у відділенні чи у вашому пункті видачі.
text-when-cancelled = коли ви скасували замовлення. Ваш коментар додамо наступним рядком.
text-when-closing = у кінці повідомлень про відправлення та прибуття.
ask-text = { $name }: надішліть новий текст одним повідомленням, до { $most } знаків.
ask-text-facts = У дужках — те, що бот підставить сам:
ask-text-fact = • { $fact } — { $what }
ask-text-first = ❗️ { $fact } має лишитися в першому рядку.
ask-text-must = ❗️ { $fact } теж має лишитися.
ask-text-no-adverts = ❗️ Без посилань, телефонів і реклами інших: майданчик це забороняє.
ask-text-now = Зараз: { $text }
fact-number = номер замовлення
fact-shop = назва магазину
fact-platform = майданчик
fact-ttn = номер ТТН
fact-carrier = служба доставки
fact-day = день відправлення
fact-total = сума
fact-point = де чекає
fact-reason = причина скасування
sample-number = 812345678
sample-point = Київ, Відділення №4
text-bad-empty = Тут немає тексту. Надішліть, що має прочитати покупець.
text-bad-too_long = Задовго: { $units } знаків, можна до { $most }. Надішліть коротший текст.
text-bad-braces = Дужка без пари біля «{ $fragment }». Пишіть назву в дужках з обох боків, наприклад { "{" }номер{ "}" }. Надішліть текст ще раз.
text-bad-unknown = Не знаємо, що підставити замість «{ $fragment }». Можна: { $may }. Надішліть текст ще раз.
text-bad-not_here = { $fact } у цьому тексті підставити нічого. Можна: { $may }. Надішліть текст ще раз.
text-bad-private = «{ $fragment }» підставляти не можна: повідомлення може прочитати чужа людина, якій дісталося посилання. Можна: { $may }. Надішліть текст ще раз.
text-bad-missing = У тексті немає { $fact }, а без цього покупець не зрозуміє, про що мова. Додайте й надішліть ще раз.
text-bad-number_first = { "{" }номер{ "}" } має стояти в першому рядку: за ним покупець упізнає замовлення. Надішліть текст ще раз.
text-bad-too_many = Забагато підстановок: можна до { $most }. Приберіть зайві й надішліть ще раз.
text-bad-contact = «{ $fragment }» схоже на посилання або контакт. Майданчик забороняє вести покупців кудись іще. Приберіть і надішліть ще раз.

## The buyer's confirmation
settings-confirming = Коли покупець просив не передзвонювати й натиснув «Все вірно», бот може сам поставити «{ $status }». Вам прийде сповіщення, в історії буде, що це зробив покупець.
settings-confirming-cabinet = У кабінеті статус міняєте ви: бот нагадуватиме, доки не натиснете «Змінено».
settings-confirming-is-on = Зараз: <b>увімкнено</b>
settings-confirming-is-off = Зараз: <b>вимкнено</b>, статус міняєте ви.
button-confirming-on = ✅ Увімкнути
button-confirming-off = ✖️ Вимкнути
settings-sellers-confirm = { $platform }: підтверджує продавець після дзвінка покупцеві, тому статус міняєте ви. «Все вірно» від покупця бот покаже в картці.
refused-sellers_confirm = На цьому майданчику підтверджує продавець.
notice-buyer-confirmed-moved = ✅ №{ $number }: покупець підтвердив, статус змінено на «{ $status }». Дзвонити не треба.
notice-also-in-cabinet = ☝️ Змініть і в кабінеті: що саме, скаже картка замовлення.

## API keys
settings-keys = 🔑 Ключі, з якими сайт або програма передає сюди замовлення. Самих ключів ми не зберігаємо, лише їхній відбиток.
settings-no-keys = 🔑 Ключів немає: сайт не може передавати сюди замовлення. Створіть ключ і впишіть його в налаштування сайту.
key-line = • №{ $number }: створено { $made }, востаннє вжито { $used }
key-line-unused = • №{ $number }: створено { $made }, ще не вживався
key-made = 🔑 Новий ключ №{ $number }. Скопіюйте зараз: удруге показати його не зможемо.
key-how = Впишіть ключ у налаштування сайту й натисніть «Приховати». Нікому його не пересилайте: з ним можна читати й додавати замовлення.
key-sure = Відкликати ключ №{ $number }? Сайт, у якому він записаний, одразу не зможе передавати замовлення.
key-sure-last = ❗️ Це останній ключ: замовлення з сайту більше не надходитимуть.
key-revoked = ✅ Ключ №{ $number } відкликано, він уже не діє.
button-new-key = ➕ Новий ключ
button-copy-key = 📋 Скопіювати ключ
button-hide-key = 🙈 Приховати
button-revoke-key = 🗑 Відкликати №{ $number }
button-revoke-yes = Так, відкликати
refused-too_many_keys = Ключів уже десять. Відкличте ті, що не вживаються.

## One bell instead of two
one-bell-title = Щоб не дзвонило двічі
one-bell = { $marketplace ->
    [rozetka] ROZETKA і сама сповіщає про кожне замовлення: у кабінеті, листом, у sms або Viber. Вимкніть sms і Viber у своєму кабінеті; де саме, підкаже ваш менеджер ROZETKA.
   *[other] { $platform } і сам сповіщає про кожне замовлення листом: власникові та відповідальному за замовлення. Налаштуйте пошту так, щоб ці листи приходили без звуку.
}
one-bell-spare = Листи не вимикайте: вони запасні, якщо месенджер не працюватиме.
one-bell-done = ✅ Зроблено { $day }
button-one-bell-done = ✅ Зроблено

## What may be changed in an order
card-editable = ✏️ Змінити склад чи доставку в кабінеті можна лише зараз, у «{ $status }»
card-not-editable = ✏️ Змінити склад чи доставку в кабінеті можна лише в «{ $status }»

button-sms = ✉️ SMS
settings-sms = Кого не дістав месенджер, тому бот пише SMS з посиланням на замовлення. Кожне коштує за тарифом TurboSMS, тож добу обмежено.
settings-sms-today = Сьогодні надіслано: <b>{ $count }</b>
settings-sms-cap = Зараз: не більше <b>{ $cap }</b> на добу. Далі — пошта або дзвінок.
settings-sms-is-off = Зараз: <b>без SMS</b>. Кого не дістав месенджер, тому напише пошта або подзвоните ви.
button-sms-cap = До { $cap }
button-sms-off = ✖️ Без SMS

button-mailbox = 📧 Пошта магазину
settings-mailbox = Сюди бот пише, лише коли в чаті немає нікого з магазину, хто прочитає: усі зупинили бота або вийшли з команди. Даних покупців у листах немає.
settings-mailbox-saved = ✅ Збережено.
settings-mailbox-none = Зараз: <b>не вказано</b>
settings-mailbox-is = Зараз: <b>{ $mail }</b>
button-mailbox-type = ✏️ Вказати пошту
button-mailbox-drop = 🗑 Прибрати
ask-mailbox = Надішліть адресу пошти магазину, напр. shop@example.com
refused-bad_mail = Не схоже на адресу пошти. Надішліть, напр., shop@example.com (до 64 знаків).
mailbox-order = { $shop }: { $kind ->
        [new_order] нове замовлення №{ $number }
        [untouched] замовлення №{ $number } ніхто не взяв
        [morning] замовлення №{ $number } чекає на початок дня
        [buyer_asked] покупець питає про замовлення №{ $number }
        [buyer_cancelled] покупець скасував замовлення №{ $number }
        [cancel_requested] покупець просить скасувати замовлення №{ $number }
        [call_buyer] подзвоніть покупцеві замовлення №{ $number }
       *[other] новина про замовлення №{ $number }
    }
mailbox-shop = { $shop }: новина для власника магазину
mailbox-why = У чаті бота немає нікого з магазину, хто це прочитає, тому пишемо на пошту. Відкрийте чат із ботом і натисніть «Старт»: далі повідомлення знову приходитимуть туди.
