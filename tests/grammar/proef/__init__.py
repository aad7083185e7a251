"""Two registers that only tests know: one in each dialect, with every word of the grammar."""
