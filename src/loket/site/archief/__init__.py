"""Pages for the record manager, below beheer: what is due, lists, destruction, transfer."""
