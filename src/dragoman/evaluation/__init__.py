"""Measuring the coder: readers of annotated data and a scorer a question.

``reports``     whole records against reports annotated by hand (``docs/codebook.md``)
``relations``   what one marked actor did to another in a sentence (PLV)
``statements``  attributions in news articles (PolNeAR)
``places``      toponyms with their points (LGL, GeoVirus)
``actors``      country and sector of a phrase or a name (NGEC's cases)

Each gives a ``Scores``: named measures that add up over reports, print as a table and write themselves as JSON.
"""
