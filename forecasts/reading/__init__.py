"""Text only: what an article claims about the future, who claims it and how sure they are.

``documents`` turns a file into text, ``parsing`` into sentences. ``hedges``, ``chances`` and
``foretelling`` propose statements by how they are worded, ``filters`` refuse what foretells
nothing; ``speakers`` and ``horizons`` say whose a statement is and by when. ``statements`` does
all this for an article; ``drafting`` makes a question of one statement.
"""
