"""What citizens and companies see and do, for whichever channel they come by."""
