# What the people who run the bot see.

letter-dead = ⚠️ Оновлення { $update } не вдалося обробити: { $error }. Зберігаємо його 48 годин.
letter-dead-again = ⚠️ Оновлення { $update } знову не вдалося обробити: { $error }. Зберігаємо його 48 годин від надходження.
letter-again = ⏳ Обробляємо оновлення { $update } ще раз.
letter-done = ✔️ Оновлення { $update } оброблено.
letter-closed = Оновлення { $update } закрито без обробки.
letter-gone = Оновлення { $update } вже немає: його зберігали 48 годин.
button-letter-again = 🔁 Повторити
button-letter-close = Закрити
toast-letter-again = Обробляємо ще раз. Результат буде в цьому повідомленні.
toast-letter-closed = Закрито
toast-letter-gone = Цього оновлення вже немає: його зберігали 48 годин.
toast-letter-settled = З цим оновленням уже впоралися.

restored-title = ♻️ Бот працює з резервної копії: { $at }
restored-gap = Що сталося після цього, бот не знає. Звірте замовлення з кабінетом: нові могли не потрапити сюди, а старі змінитися.
restored-untold = { $count ->
    [one] { $count } старе сповіщення не надсилаємо: можливо, його вже бачили.
    [few] { $count } старі сповіщення не надсилаємо: можливо, їх уже бачили.
   *[many] { $count } старих сповіщень не надсилаємо: можливо, їх уже бачили.
}
restored-orders = { $more ->
    [0] Замовлення: { $orders }.
   *[other] Замовлення: { $orders } і ще { $more }.
}
restored-look = Усі замовлення: /orders
why-restored = можливо, надіслано до відновлення з копії
