"""What those who look after the site change: pins, words of their own, what was done about queries; each change is kept."""
