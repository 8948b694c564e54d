"""Changes made by editors: pins, the local lexicon, and notes on queries; each change is recorded."""
