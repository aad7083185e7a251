"""A stand-in for NotifyNL: it speaks the GOV.UK Notify API, version 2, and sends nothing."""
