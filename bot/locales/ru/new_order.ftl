# An order by hand.

event-create = создано вручную

## Questions
draft-ask-shop = 🆕 Новый заказ. Для какого магазина?
draft-ask-number = 🆕 Пришлите номер заказа. Или перешлите либо вставьте уведомление целиком: остальное заполним сами.
draft-ask-name = 👤 Как зовут покупателя? Фамилия и имя.
draft-ask-phone = 📞 Телефон покупателя? Напишите номер или отправьте контакт.
draft-ask-goods = 📦 Какие товары? Каждый с новой строки: название, количество, цена. Например: Чайник 2 х 640
draft-ask-goods-more = 📦 Пришлите ещё товары или нажмите «Дальше».
draft-ask-carrier = 🚚 Как доставляем?
draft-ask-address = 📍 Куда? Город и отделение или адрес.
draft-ask-method = 💳 Как платит покупатель?
draft-ask-paid = 💳 Уже оплачено?
draft-ask-no_call = 🔕 Покупатель просил не перезванивать?
draft-ask-recipient = 👥 Кто получает посылку, если не покупатель? Фамилия и имя.
draft-ask-comment = 💬 О чём просил покупатель? Напишите комментарий к заказу.
draft-question = №{ $number } · { $question }
draft-now = Сейчас: { $value }

## Buttons
draft-button-invent = 🎲 Придумать номер
draft-button-keep = ▶️ Оставить как есть
draft-button-next = ▶️ Дальше
draft-button-drop = 🗑 Убрать последний
draft-button-clear = 🗑 Убрать
draft-button-create = ✅ Создать
draft-button-leave = ✖️ Не создавать
draft-button-offer-yes = ✅ Да, создать
draft-button-offer-no = ✖️ Нет
draft-paid-yes = ✅ Да, оплачено
draft-paid-no = ⏳ Нет, ждём
draft-no_call-yes = 🔕 Да, не звонить
draft-no_call-no = 📞 Нет, можно звонить
draft-fix-number = ✏️ Исправить номер
draft-fix-name = ✏️ Исправить имя
draft-fix-phone = ✏️ Исправить телефон
draft-fix-goods = ✏️ Исправить товары
draft-fix-carrier = ✏️ Исправить доставку
draft-fix-address = ✏️ Исправить адрес
draft-fix-method = ✏️ Исправить оплату
draft-fix-paid = ✏️ Исправить состояние оплаты
draft-fix-no_call = ✏️ Исправить звонок
draft-fix-recipient = ✏️ Исправить получателя
draft-fix-comment = ✏️ Исправить комментарий

## The whole shown back
draft-title = 🆕 Новый заказ · { $shop }
draft-number = № { $number }
draft-number-invented = № придумаем сами
draft-person = 👤 { $name }
draft-phone = 📞 { $phone }
draft-total-differs = ⚠️ В тексте сумма { $told }, а по товарам { $total }. Проверьте цены.
draft-no_call-said = 🔕 Не перезванивать
draft-call-said = 📞 Можно звонить
draft-sure = Всё так? Нажмите «Создать».
draft-press = Нажмите «Создать» или исправьте нужное.

## Answers
draft-bad-number = Не похоже на номер заказа. Напишите его латиницей и цифрами, например 812345678.
draft-bad-words = Здесь нет слов. Напишите, пожалуйста, текстом.
draft-bad-phone = Не похоже на телефон. Напишите номер полностью, например 067 123 45 67.
draft-bad-choice = Такого варианта нет. Нажмите одну из кнопок.
draft-bad-too_long = Слишком длинно: помещается до { $most } знаков. Напишите короче, пожалуйста.
draft-only-text = Напишите, пожалуйста, текстом.
draft-going-on = Продолжаем недописанный заказ. /cancel — оставить его.
draft-another = Это другой заказ, а №{ $number } ещё не создан. Закончите его или нажмите /cancel и пришлите текст ещё раз.
draft-stale = Эта кнопка уже не действует. Новый заказ: /new
draft-left = Хорошо, заказ не создан.
draft-exists = №{ $number } уже есть в магазине, вот он. Если это другой заказ, пришлите другой номер. /cancel — выйти.
draft-existed = №{ $number } уже есть в магазине: новый не создан, вот он.
draft-created = №{ $number } создан
draft-nowhere = Создавать заказы в вашем магазине могут владелец и менеджер. Попросите их.
draft-offer = Создать заказ из этого текста?

## Goods
goods-bad-unreadable = Не поняли «{ $fragment }». Напишите название, количество и цену, например: Чайник 2 х 640
goods-bad-ambiguous = Не поняли, где количество, а где цена: «{ $fragment }». Напишите, например: Чайник 2 х 640
goods-bad-too_long = Название слишком длинное: «{ $fragment }». Помещается до 300 знаков.
goods-bad-too_much = Проверьте числа: «{ $fragment }». Количество от 1 до 100000, цена до 1000000000.
goods-bad-too_many = Слишком много товаров: в одном заказе до 100 позиций.
