"""Real servers of Debian, started by the tests that need them, on this machine only."""
