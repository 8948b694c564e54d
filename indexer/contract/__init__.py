"""The contract as code: parameters in, JSON out; shared by pages, API and command line."""
