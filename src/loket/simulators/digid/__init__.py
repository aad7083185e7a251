"""An OpenID Connect provider in the role of a broker for DigiD."""
