"""MijnTaken: what portals of others show a citizen or company of what is to be done."""
