# A buyer who writes more than a shop can read.

buyer-late-too_fast = Слишком много сообщений за минуту: это уже не передано. Подождите минуту и напишите, пожалуйста, всё одним сообщением.
