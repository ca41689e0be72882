"""Text only: what an article claims about the future, who claims it and how sure they are."""
