"""The data flows of MijnServices (requirements M-F1 to M-F40 and M-X1 to M-X4), each as a test."""
