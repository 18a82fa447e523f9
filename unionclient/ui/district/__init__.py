"""The district's window: what was handed in, who may hand in, the sums, what only all streets together show, reports and sending down."""
