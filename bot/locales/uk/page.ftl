# The page behind a buyer's link.

page-title = Ваше замовлення
page-order = Замовлення №{ $number }
page-shop = Магазин «{ $shop }», { $platform }
page-line = { $title } × { $quantity } — { $price }
page-telegram = Відкрити в Telegram
page-viber = Відкрити у Viber
page-why =
    { $where ->
        [telegram] Натисніть «Старт» у чаті:
        [viber] Натисніть «Отримувати повідомлення тут» у чаті:
       *[both] Натисніть у чаті «Старт» (Telegram) або «Отримувати повідомлення тут» (Viber):
    } там підтвердите замовлення, отримаєте номер ТТН і зможете запитати магазин. Без дзвінків і реєстрації.
page-type = Відкрийте в Telegram бота магазину й надішліть йому це повідомлення:
page-nothing = Посилання не діє
page-nothing-do = Можливо, магазин уже надіслав нове. Попросіть його в магазину.
page-too-many = Забагато запитів
page-too-many-do = Зачекайте хвилину й відкрийте посилання ще раз.
