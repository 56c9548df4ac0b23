# What the people who run the bot see.

letter-dead = ⚠️ Update { $update } could not be handled: { $error }. We keep it for 48 hours.
letter-dead-again = ⚠️ Update { $update } could not be handled again: { $error }. We keep it for 48 hours after it came.
letter-again = ⏳ Handling update { $update } once more.
letter-done = ✔️ Update { $update } is handled.
letter-closed = Update { $update } is closed without being handled.
letter-gone = Update { $update } is gone: it was kept for 48 hours.
button-letter-again = 🔁 Try again
button-letter-close = Close
toast-letter-again = Trying once more. This message will show the result.
toast-letter-closed = Closed
toast-letter-gone = This update is gone: it was kept for 48 hours.
toast-letter-settled = This update has been dealt with already.

restored-title = ♻️ The bot runs from a backup: { $at }
restored-gap = The bot does not know what happened after that. Compare the orders with the cabinet: new ones may be missing here, old ones may have changed.
restored-untold = { $count ->
    [one] { $count } old notice is not sent: it may have been seen already.
   *[other] { $count } old notices are not sent: they may have been seen already.
}
restored-orders = { $more ->
    [0] Orders: { $orders }.
   *[other] Orders: { $orders } and { $more } more.
}
restored-look = All orders: /orders
why-restored = may have been sent before the restore
