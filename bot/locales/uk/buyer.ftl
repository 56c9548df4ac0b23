# What buyers see and press.

buyer-yes = ✅ Все вірно
buyer-ask = ❓ Є запитання
buyer-cancel = ✖️ Скасувати замовлення
buyer-cancel-yes = Так, скасувати
buyer-cancel-no = Ні
buyer-track = 📍 Відстежити посилку

buyer-intro = Ваше замовлення №{ $number } прийнято магазином «{ $shop }» ({ $platform }). Ви просили не передзвонювати, тож перевірте, будь ласка:
buyer-line = • { $title } × { $quantity } — { $price }
buyer-more = …і ще { $count ->
    [one] { $count } позиція
    [few] { $count } позиції
   *[many] { $count } позицій
}
buyer-total = 💰 Вартість: { $total }
buyer-payment = 💳 Оплата: { $payment }
buyer-delivery = 🚚 Доставка: { $delivery }
buyer-term = 🗓 Термін доставки: { $term }
buyer-term-unknown = 🗓 Термін доставки: повідомимо разом з номером ТТН
buyer-phone = 📞 Телефон для посилки закінчується на { $phone }
buyer-phone-doubtful = ⚠️ Такого номера не буває. Якщо в ньому помилка, натисніть «Є запитання» й напишіть правильний.
buyer-question = Все правильно?

buyer-thanks = №{ $number }: дякуємо, замовлення підтверджено. Номер ТТН надійде сюди.
buyer-ask-text = №{ $number }: напишіть запитання одним повідомленням, магазин відповість тут.
buyer-asked = №{ $number }: запитання передано магазину. Відповідь прийде сюди.
buyer-cancel-sure = №{ $number }: скасувати замовлення?
buyer-cancelled = №{ $number }: замовлення скасовано. Дякуємо, що повідомили.
buyer-cancel-requested = №{ $number }: посилка вже в дорозі. Передали магазину ваше прохання, він зв'яжеться з вами.
buyer-kept = №{ $number }: добре, замовлення лишається.
buyer-late-final = №{ $number }: замовлення вже закрите («{ $status }»).
buyer-late-on_its_way = №{ $number }: замовлення вже відправлено, підтверджувати не треба.
buyer-status = №{ $number } · «{ $shop }»
    Стан: { $status }
buyer-status-ttn = ТТН { $ttn }
buyer-no-orders = Щоб отримувати повідомлення про замовлення, відкрийте посилання від магазину.

buyer-shipped = 📮 №{ $number }: відправлено { $day }. ТТН { $ttn } ({ $carrier }).
buyer-shipped-bare = 📮 №{ $number }: відправлено { $day } ({ $carrier }). Номера для відстеження цього разу немає, напишемо, коли замовлення чекатиме на вас.
buyer-ttn-changed = ✏️ №{ $number }: правильний номер ТТН { $ttn } ({ $carrier }). Попередній номер недійсний.
buyer-courier-left = 🚗 №{ $number }: замовлення передано кур'єру магазину { $day }. Він зателефонує, щоб узгодити час.
buyer-ready = 📦 №{ $number }: замовлення чекає на вас у пункті видачі: { $address }
buyer-arrived = 📬 №{ $number }: посилка прибула й чекає на вас ({ $carrier }{ $address }). ТТН { $ttn }
buyer-arrived-bare = 📬 №{ $number }: замовлення чекає на вас{ $address }
buyer-still-waiting-shop = ⏰ №{ $number }: замовлення чекає на вас у пункті видачі уже третій день. Заберіть його, будь ласка.
buyer-still-waiting = ⏰ №{ $number }: посилка чекає на вас уже третій день. Заберіть її, будь ласка, поки зберігання безкоштовне.
buyer-order-cancelled = ✖️ №{ $number }: магазин «{ $shop }» скасував замовлення. Причина: «{ $reason }».
buyer-order-cancelled-bare = ✖️ №{ $number }: замовлення в магазині «{ $shop }» скасовано.
buyer-order-cancelled-comment = Коментар магазину: { $comment }
buyer-seller-wrote = 💬 №{ $number } · { $who }:
buyer-repeat = 🔁 повторно
buyer-signature = Ваш магазин «{ $shop }»

stage-new = магазин отримав замовлення
stage-in_work = магазин опрацьовує замовлення
stage-no_contact = магазин намагався з вами зв'язатися
stage-confirmed = підтверджено, готується до відправлення
stage-handed_over = передано в службу доставки
stage-delivering = в дорозі
stage-waiting = чекає на вас
stage-received = отримано
stage-refused = відмова від товару
stage-not_collected = не забрано
stage-cancelled = скасовано магазином
stage-buyer_cancelled = скасовано вами
stage-expired = опрацьовується
