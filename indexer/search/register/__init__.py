"""The register of documents: all that articles bear or cite, by type, year, issuer and status."""
