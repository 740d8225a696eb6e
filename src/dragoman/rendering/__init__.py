"""Records for people to read: in the terminal (``pretty``) and as Markdown (``markdown``)."""
