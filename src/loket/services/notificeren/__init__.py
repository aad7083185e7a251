"""From the ledger to whoever subscribed: matching, and delivering."""
