"""What a request costs: Loket beside a bare loop that runs the same SQL, on the same data."""
