# In which language to be written to. The languages are named in themselves, the same everywhere.

button-language = 🌐 Language
ask-language = 🌐 Which language should we write to you in?
language-chosen = Fine, from now on we write in English.
language-now = ✅ { $name }
language-uk = Українська
language-ru = Русский
language-en = English
command-language = Language
help-language = 🌐 /language: Українська, Русский, English.
