"""The portal of citizens: MijnServices on screen, without rules of its own."""
