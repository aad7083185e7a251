"""The process model of a municipality as i-Navigator exports it (ICR 1.5), for the Catalogi."""
