# A buyer who writes more than a shop can read.

buyer-late-too_fast = Забагато повідомлень за хвилину: це вже не передано. Зачекайте хвилину й напишіть, будь ласка, усе одним повідомленням.
