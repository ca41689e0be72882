"""What views answer with and charts draw: plain frozen values, no rows, no sessions.

Probabilities are shares in [0, 1]; instants are aware datetimes in UTC. A binary
question's single probability is that of "yes".
"""
