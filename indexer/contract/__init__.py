"""The contract as code: parameters in, its JSON out; shared by pages, API and command line."""
