# A buyer who writes more than a shop can read.

buyer-late-too_fast = Too many messages within a minute: this one was not passed on. Please wait a minute and write everything in one message.
