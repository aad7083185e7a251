"""Moving in: what another ZGW installation holds, taken over with its keys and its past."""
