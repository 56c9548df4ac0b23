# An order by hand.

event-create = створено вручну

## Questions
draft-ask-shop = 🆕 Нове замовлення. Для якого магазину?
draft-ask-number = 🆕 Надішліть номер замовлення. Або перешліть чи вставте сповіщення цілком: решту заповнимо самі.
draft-ask-name = 👤 Як звати покупця? Прізвище та ім'я.
draft-ask-phone = 📞 Телефон покупця? Напишіть номер або надішліть контакт.
draft-ask-goods = 📦 Які товари? Кожен з нового рядка: назва, кількість, ціна. Наприклад: Чайник 2 х 640
draft-ask-goods-more = 📦 Надішліть ще товари або натисніть «Далі».
draft-ask-carrier = 🚚 Як доставляємо?
draft-ask-address = 📍 Куди? Місто та відділення або адреса.
draft-ask-method = 💳 Як платить покупець?
draft-ask-paid = 💳 Уже оплачено?
draft-ask-no_call = 🔕 Покупець просив не передзвонювати?
draft-ask-recipient = 👥 Хто отримує посилку, якщо не покупець? Прізвище та ім'я.
draft-ask-comment = 💬 Що просив покупець? Напишіть коментар до замовлення.
draft-question = №{ $number } · { $question }
draft-now = Зараз: { $value }

## Buttons
draft-button-invent = 🎲 Придумати номер
draft-button-keep = ▶️ Лишити як є
draft-button-next = ▶️ Далі
draft-button-drop = 🗑 Прибрати останній
draft-button-clear = 🗑 Прибрати
draft-button-create = ✅ Створити
draft-button-leave = ✖️ Не створювати
draft-button-offer-yes = ✅ Так, створити
draft-button-offer-no = ✖️ Ні
draft-paid-yes = ✅ Так, оплачено
draft-paid-no = ⏳ Ні, чекаємо
draft-no_call-yes = 🔕 Так, не дзвонити
draft-no_call-no = 📞 Ні, можна дзвонити
draft-fix-number = ✏️ Виправити номер
draft-fix-name = ✏️ Виправити ім'я
draft-fix-phone = ✏️ Виправити телефон
draft-fix-goods = ✏️ Виправити товари
draft-fix-carrier = ✏️ Виправити доставку
draft-fix-address = ✏️ Виправити адресу
draft-fix-method = ✏️ Виправити оплату
draft-fix-paid = ✏️ Виправити стан оплати
draft-fix-no_call = ✏️ Виправити дзвінок
draft-fix-recipient = ✏️ Виправити отримувача
draft-fix-comment = ✏️ Виправити коментар

## The whole shown back
draft-title = 🆕 Нове замовлення · { $shop }
draft-number = № { $number }
draft-number-invented = № придумаємо самі
draft-person = 👤 { $name }
draft-phone = 📞 { $phone }
draft-total-differs = ⚠️ У тексті сума { $told }, а за товарами { $total }. Перевірте ціни.
draft-no_call-said = 🔕 Не передзвонювати
draft-call-said = 📞 Можна дзвонити
draft-sure = Усе так? Натисніть «Створити».
draft-press = Натисніть «Створити» або виправте потрібне.

## Answers
draft-bad-number = Не схоже на номер замовлення. Напишіть його латиницею й цифрами, наприклад 812345678.
draft-bad-words = Тут немає слів. Напишіть, будь ласка, текстом.
draft-bad-phone = Не схоже на телефон. Напишіть номер повністю, наприклад 067 123 45 67.
draft-bad-choice = Такого варіанта немає. Натисніть одну з кнопок.
draft-bad-too_long = Задовго: вміщується до { $most } знаків. Напишіть коротше, будь ласка.
draft-only-text = Напишіть, будь ласка, текстом.
draft-going-on = Продовжуємо недописане замовлення. /cancel — покинути його.
draft-another = Це інше замовлення, а №{ $number } ще не створено. Закінчіть його або натисніть /cancel і надішліть текст ще раз.
draft-stale = Ця кнопка вже не діє. Нове замовлення: /new
draft-left = Гаразд, замовлення не створено.
draft-exists = №{ $number } уже є в магазині, ось воно. Якщо це інше замовлення, надішліть інший номер. /cancel — вийти.
draft-existed = №{ $number } уже є в магазині: нового не створено, ось воно.
draft-created = №{ $number } створено
draft-nowhere = Створювати замовлення у вашому магазині можуть власник і менеджер. Попросіть їх.
draft-offer = Створити замовлення з цього тексту?

## Goods
goods-bad-unreadable = Не зрозуміли «{ $fragment }». Напишіть назву, кількість і ціну, наприклад: Чайник 2 х 640
goods-bad-ambiguous = Не зрозуміли, де кількість, а де ціна: «{ $fragment }». Напишіть, наприклад: Чайник 2 х 640
goods-bad-too_long = Назва задовга: «{ $fragment }». Вміщується до 300 знаків.
goods-bad-too_much = Перевірте числа: «{ $fragment }». Кількість від 1 до 100000, ціна до 1000000000.
goods-bad-too_many = Забагато товарів: в одному замовленні до 100 позицій.
