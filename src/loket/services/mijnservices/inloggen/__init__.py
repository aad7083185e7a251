"""Letting citizens and companies in: by which means, as whom, and until when."""
