"""For the API pages: Griffe, which reads the package for mkdocstrings, passes over folders without ``__init__.py``."""

from __future__ import annotations

from typing import Any

import griffe

# as in mkdocs.yml; the house lists several parameters on one line, which Griffe would warn of
DOCSTRINGS: dict[str, Any] = {"docstring_parser": griffe.Parser.google, "docstring_options": {"warnings": False}}


class PlainFolders(griffe.Extension):
    """Adds the modules of folders below a package that have no ``__init__.py``."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        """Griffe: a package has been read."""
        assert not isinstance(pkg.filepath, list)
        for folder in sorted(path.parent for path in pkg.filepath.parent.glob("*/*.py")):
            if (folder / "__init__.py").exists() or folder.name in pkg.members:
                continue
            package = griffe.Module(folder.name, filepath=[folder], parent=pkg, lines_collection=pkg.lines_collection)
            pkg.set_member(folder.name, package)
            for file in sorted(folder.glob("*.py")):
                code = file.read_text(encoding="utf-8")
                module = griffe.visit(file.stem, filepath=file, code=code, parent=package, **DOCSTRINGS)
                package.set_member(file.stem, module)
