"""Words of likelihood that are nouns or numbers: "little chance of", "60 %", "Likelihood: low"."""
