"""A stand-in for the API's of KVK, with companies that do not exist."""
