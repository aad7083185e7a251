"""The MijnServices API: what a citizen or company sees and does, in whichever app or portal."""
