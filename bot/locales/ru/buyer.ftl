# What buyers see and press.

buyer-yes = ✅ Всё верно
buyer-ask = ❓ Есть вопрос
buyer-cancel = ✖️ Отменить заказ
buyer-cancel-yes = Да, отменить
buyer-cancel-no = Нет
buyer-track = 📍 Отследить посылку

buyer-intro = Ваш заказ №{ $number } принят магазином «{ $shop }» ({ $platform }). Вы просили не перезванивать, поэтому проверьте, пожалуйста:
buyer-line = • { $title } × { $quantity } — { $price }
buyer-more = …и ещё { $count ->
    [one] { $count } позиция
    [few] { $count } позиции
   *[many] { $count } позиций
}
buyer-total = 💰 Стоимость: { $total }
buyer-payment = 💳 Оплата: { $payment }
buyer-delivery = 🚚 Доставка: { $delivery }
buyer-term = 🗓 Срок доставки: { $term }
buyer-term-unknown = 🗓 Срок доставки: сообщим вместе с номером ТТН
buyer-phone = 📞 Телефон для посылки заканчивается на { $phone }
buyer-phone-doubtful = ⚠️ Такого номера не бывает. Если в нём ошибка, нажмите «Есть вопрос» и напишите правильный.
buyer-question = Всё правильно?

buyer-thanks = №{ $number }: спасибо, заказ подтверждён. Номер ТТН придёт сюда.
buyer-ask-text = №{ $number }: напишите вопрос одним сообщением, магазин ответит здесь.
buyer-asked = №{ $number }: вопрос передан магазину. Ответ придёт сюда.
buyer-cancel-sure = №{ $number }: отменить заказ?
buyer-cancelled = №{ $number }: заказ отменён. Спасибо, что сообщили.
buyer-cancel-requested = №{ $number }: посылка уже в пути. Передали магазину вашу просьбу, он свяжется с вами.
buyer-kept = №{ $number }: хорошо, заказ остаётся.
buyer-late-final = №{ $number }: заказ уже закрыт («{ $status }»).
buyer-late-on_its_way = №{ $number }: заказ уже отправлен, подтверждать не нужно.
buyer-status = №{ $number } · «{ $shop }»
    Состояние: { $status }
buyer-status-ttn = ТТН { $ttn }
buyer-no-orders = Чтобы получать сообщения о заказе, откройте ссылку от магазина.

buyer-shipped = 📮 №{ $number }: отправлено { $day }. ТТН { $ttn } ({ $carrier }).
buyer-shipped-bare = 📮 №{ $number }: отправлено { $day } ({ $carrier }). Номера для отслеживания на этот раз нет, напишем, когда заказ будет вас ждать.
buyer-ttn-changed = ✏️ №{ $number }: правильный номер ТТН { $ttn } ({ $carrier }). Предыдущий номер недействителен.
buyer-courier-left = 🚗 №{ $number }: заказ передан курьеру магазина { $day }. Он позвонит, чтобы согласовать время.
buyer-ready = 📦 №{ $number }: заказ ждёт вас в пункте выдачи: { $address }
buyer-arrived = 📬 №{ $number }: посылка прибыла и ждёт вас ({ $carrier }{ $address }). ТТН { $ttn }
buyer-arrived-bare = 📬 №{ $number }: заказ ждёт вас{ $address }
buyer-still-waiting-shop = ⏰ №{ $number }: заказ ждёт вас в пункте выдачи уже третий день. Заберите его, пожалуйста.
buyer-still-waiting = ⏰ №{ $number }: посылка ждёт вас уже третий день. Заберите её, пожалуйста, пока хранение бесплатное.
buyer-order-cancelled = ✖️ №{ $number }: магазин «{ $shop }» отменил заказ. Причина: «{ $reason }».
buyer-order-cancelled-bare = ✖️ №{ $number }: заказ в магазине «{ $shop }» отменён.
buyer-order-cancelled-comment = Комментарий магазина: { $comment }
buyer-seller-wrote = 💬 №{ $number } · { $who }:
buyer-repeat = 🔁 повторно
buyer-signature = Ваш магазин «{ $shop }»

stage-new = магазин получил заказ
stage-in_work = магазин обрабатывает заказ
stage-no_contact = магазин пытался с вами связаться
stage-confirmed = подтверждён, готовится к отправке
stage-handed_over = передан в службу доставки
stage-delivering = в пути
stage-waiting = ждёт вас
stage-received = получен
stage-refused = отказ от товара
stage-not_collected = не забран
stage-cancelled = отменён магазином
stage-buyer_cancelled = отменён вами
stage-expired = обрабатывается
