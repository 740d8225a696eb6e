"""Reading: files to ``Report``s. ``text`` one report a file, ``jsonl`` one a line, ``sources`` tells which is which.

What cannot be read comes back as an ``InputError`` in place of its report, so that a bad one stops nobody.
"""
