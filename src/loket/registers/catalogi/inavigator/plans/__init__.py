"""What an import would make in the Catalogi register, part by part."""
