# In which language to be written to. The languages are named in themselves, the same everywhere.

button-language = 🌐 Язык
ask-language = 🌐 На каком языке писать вам?
language-chosen = Хорошо, теперь пишем по-русски.
language-now = ✅ { $name }
language-uk = Українська
language-ru = Русский
language-en = English
command-language = Язык
help-language = 🌐 /language — язык: Українська, Русский, English.
