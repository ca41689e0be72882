"""Words of likelihood at a verb or an adverb: "will", "is unlikely to", "a tall order"."""
