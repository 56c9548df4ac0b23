# In which language to be written to. The languages are named in themselves, the same everywhere.

button-language = 🌐 Мова
ask-language = 🌐 Якою мовою писати вам?
language-chosen = Гаразд, тепер пишемо українською.
language-now = ✅ { $name }
language-uk = Українська
language-ru = Русский
language-en = English
command-language = Мова
help-language = 🌐 /language — мова: Українська, Русский, English.
