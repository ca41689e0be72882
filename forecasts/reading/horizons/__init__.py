"""By when: the wording of a horizon and the calendar days it spans."""
