"""Text only: what an article claims about the future, who claims it and how sure they are.

``documents`` turns a file into text, ``parsing`` into sentences. ``hedges``, ``chances`` and
``foretelling`` propose statements by how they are worded, and ``filters`` object to those that
foretell nothing; ``acceptance`` weighs both, and the clauses that no rule knows, by a model learned
from marked articles. ``speakers`` and ``horizons`` say whose a statement is and by when.
``statements`` does all this for an article; ``drafting`` makes a question of one statement.
"""
