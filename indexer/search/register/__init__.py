"""The documents as a register: all that articles bear or cite, by type, year, issuer and status."""
