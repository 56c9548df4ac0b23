# What the people who run the bot see.

letter-dead = ⚠️ Обновление { $update } не удалось обработать: { $error }. Храним его 48 часов.
letter-dead-again = ⚠️ Обновление { $update } снова не удалось обработать: { $error }. Храним его 48 часов от поступления.
letter-again = ⏳ Обрабатываем обновление { $update } ещё раз.
letter-done = ✔️ Обновление { $update } обработано.
letter-closed = Обновление { $update } закрыто без обработки.
letter-gone = Обновления { $update } уже нет: оно хранилось 48 часов.
button-letter-again = 🔁 Повторить
button-letter-close = Закрыть
toast-letter-again = Обрабатываем ещё раз. Результат будет в этом сообщении.
toast-letter-closed = Закрыто
toast-letter-gone = Этого обновления уже нет: оно хранилось 48 часов.
toast-letter-settled = С этим обновлением уже справились.

restored-title = ♻️ Бот работает из резервной копии: { $at }
restored-gap = Что случилось после этого, бот не знает. Сверьте заказы с кабинетом: новые могли не попасть сюда, а старые измениться.
restored-untold = { $count ->
    [one] { $count } старое уведомление не отправляем: возможно, его уже видели.
    [few] { $count } старых уведомления не отправляем: возможно, их уже видели.
   *[many] { $count } старых уведомлений не отправляем: возможно, их уже видели.
}
restored-orders = { $more ->
    [0] Заказы: { $orders }.
   *[other] Заказы: { $orders } и ещё { $more }.
}
restored-look = Все заказы: /orders
why-restored = возможно, отправлено до восстановления из копии
