"""A stand-in for clamd, the virus scanner: it speaks INSTREAM and knows the EICAR test only."""
