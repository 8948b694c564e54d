"""The log of searches, without identities: written while serving, read by editors."""
