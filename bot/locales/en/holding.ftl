# Who holds an order.

button-hand = 🤝 Hand over to a colleague
button-take-over = 🙋 Take it over
button-colleague = { $name } · { $role }
ask-colleague = 🤝 №{ $number }: hand over to whom? { $name } holds it now.
no-colleague = 🤝 №{ $number }: there is nobody to hand over to now. Invite a colleague: /settings.
handed = №{ $number }: { $name } holds it now
event-hand_over = now held by
card-title-handed_to = 🤝 №{ $number } · you hold it now
card-handed-by = Handed over by { $name }. Reminders about this order will come to you.
notice-handed-from = 🤝 №{ $number }: { $name } holds it now (handed over by { $by }). Reminders about it will not come to you any more.
notice-taken-from = 🤝 №{ $number }: { $name } holds it now instead of you. Reminders about it will not come to you any more.
digest-handed_to = 🤝 №{ $number } · { $total } · { $shop } · you hold it now
digest-handed_from = 🤝 №{ $number } · { $total } · { $shop } · you no longer hold it
refused-nobody_holds = Nobody holds this order now. Press “Take it”.
refused-not_a_colleague = This person can no longer hold the shop’s orders. Choose another.
