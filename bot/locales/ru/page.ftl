# The page behind a buyer's link.

page-title = Ваш заказ
page-order = Заказ №{ $number }
page-shop = Магазин «{ $shop }», { $platform }
page-line = { $title } × { $quantity } — { $price }
page-telegram = Открыть в Telegram
page-viber = Открыть в Viber
page-why =
    { $where ->
        [telegram] Нажмите «Старт» в чате:
        [viber] Нажмите «Получать сообщения здесь» в чате:
       *[both] Нажмите в чате «Старт» (Telegram) или «Получать сообщения здесь» (Viber):
    } там подтвердите заказ, получите номер ТТН и сможете спросить магазин. Без звонков и регистрации.
page-type = Откройте в Telegram бота магазина и отправьте ему это сообщение:
page-nothing = Ссылка не действует
page-nothing-do = Возможно, магазин уже прислал новую. Попросите её у магазина.
page-too-many = Слишком много запросов
page-too-many-do = Подождите минуту и откройте ссылку ещё раз.
