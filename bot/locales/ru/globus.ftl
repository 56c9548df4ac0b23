### The words of GLOBUS.TOP's own buttons; its names of statuses and reasons stay Ukrainian in every language.

globus-action-refused = 🙅 Покупатель отказался
globus-done-refused = Покупатель отказался
