"""Destruction and transfer of what is due: over zaken, documents, besluiten and the ledger."""
