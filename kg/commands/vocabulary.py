"""The vocabulary's own tools: check, import, align, candidates, accept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.commands.options import (
    STORE,
    CsvOption,
    EndpointOption,
    JsonOption,
    StoreOption,
    VocabularyOption,
    form_of,
    opened,
)
from kg.printing import Form, out, print_json, print_rows, say

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer()
vocab = typer.Typer(
    help="Check the vocabulary, import others beside it, and decide on candidates.",
    no_args_is_help=True,
)
app.add_typer(vocab, name="vocab")

SHOWN: Final = 20
"""Rows set aside that are shown one by one; JSON has them all."""
EscoOption = Annotated[
    Path | None, typer.Option("--esco", help="ESCO's skills, to hold alignments against.")
]
OnetOption = Annotated[
    list[Path],
    typer.Option(
        "--onet", help="O*NET's Technology Skills.txt and Occupation Data.txt; several times."
    ),
]


@vocab.command(epilog="Example: kg vocab check my.ttl --esco skills_en.csv")
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Your own files, beside ours.")] = None,
    esco: EscoOption = None,
    onet: OnetOption = [],  # noqa: B006 # the framework copies it
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Check our vocabulary and your files: labels, tree, kinds, order, alignments. Exit 1: faults.

    A label of yours that stands on one of ours too is no fault: yours counts. Without --esco and
    --onet it is not checked that what is aligned with exists.
    """
    from nlp.patterns import table
    from ontology.check import Finding, check_files
    from ontology.identifiers import esco_identifiers, onet_identifiers

    form = form_of(as_json=as_json, as_csv=as_csv)
    held = [others.identifiers() for others in onet_identifiers(onet)] if onet else []
    found = check_files(
        files or [],
        disambiguated={row["label"] for row in table("ambiguous") if row["entity"] == "SKILL"},
        esco=esco_identifiers(esco).identifiers() if esco else None,
        onet=frozenset().union(*held) if onet else None,
    )
    faults = [one for one in found if one.is_fault]
    columns = ("file", "concept", "rule", "message", "remedy")
    if form is Form.TABLE:
        if faults:
            print_rows(columns, _cells(faults, columns), form)
    else:
        print_rows((*columns, "fault"), _cells(found, (*columns, "is_fault")), form)
    for name, given in (("esco", esco), ("onet", onet)):
        if not given:
            say(f"alignments with {name.upper()}: not held against its file; give it with --{name}")
    notes: list[Finding] = [one for one in found if not one.is_fault]
    if notes:
        say(f"{len(notes)} labels of yours are ours too, where yours count; --json lists them")
    if faults:
        raise typer.Exit(1)
    say("valid: nothing is wrong with the vocabulary")


@vocab.command("import", epilog="Example: kg vocab import csv skills.csv -o my.ttl")
def import_(
    form: Annotated[str, typer.Argument(help="onet, esco, skos or csv.")],
    file: Annotated[Path, typer.Argument(help="The file to read.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The vocabulary to write.")],
    only_new: Annotated[
        bool, typer.Option("--only-new", help="Leave out what our vocabulary has already.")
    ] = False,
    source: Annotated[str | None, typer.Option(help="IRI of where it is from.")] = None,
    licence: Annotated[str | None, typer.Option(help="IRI of its licence.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Make a vocabulary (Turtle) of another's file; `kg build --vocabulary` takes it.

    onet: "Technology Skills.txt". esco: skills_en.csv or ESCO's SKOS. skos: Turtle, N-Triples,
    RDF/XML or JSON-LD. csv: a head of label and, if you like, alias, broader and kind; several
    aliases in several rows or parted by |; broader names a label of the table or of ours.
    """
    from ontology import load
    from ontology.imports import import_file

    _refuse_to_overwrite(output)
    made = import_file(form, file, load(), source=source, licence=licence, only_new=only_new)
    output.write_text(made.turtle, encoding="utf-8")
    if as_json:
        print_json(
            {
                "file": str(output),
                "concepts": made.concepts,
                "labels": made.labels,
                "known": made.known,
                "shared": made.shared,
                "set_aside": [{"place": place, "reason": why} for place, why in made.set_aside],
            }
        )
    else:
        out(f"{output}: {made.concepts} concepts, {made.labels} labels")
    for place, why in made.set_aside[:SHOWN]:
        say(f"set aside: {place}: {why}")
    if len(made.set_aside) > SHOWN:
        say(f"set aside: {len(made.set_aside) - SHOWN} more; --json lists them")
    if made.set_aside:
        say(f"{len(made.set_aside)} set aside")
    if made.shared:
        say(f"{made.shared} alternative labels stood on several concepts; each was kept on one")
    if made.known:
        say(f"{made.known} concepts left out: ours have their preferred label")


@vocab.command(epilog="Example: kg vocab align --esco skills_en.csv -o alignments/")
def align(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write to.")],
    esco: EscoOption = None,
    onet: OnetOption = [],  # noqa: B006 # the framework copies it
) -> None:
    """Align our concepts with ESCO's and O*NET's by their labels: esco.ttl and onet.ttl.

    What readers have confirmed and rejected is in ontology/alignments/*.tsv.
    """
    from ontology import align as rules
    from ontology import load
    from ontology.identifiers import esco_identifiers, onet_identifiers

    if esco is None and not onet:
        raise ValueError("nothing to align with; give ESCO's file with --esco, O*NET's with --onet")
    vocabulary, verdicts = load(), rules.Verdicts.read()
    found: dict[str, list[rules.Alignment]] = {}
    if esco is not None:
        found["esco"] = rules.align_skills(vocabulary, esco_identifiers(esco), verdicts)
    if onet:
        technologies, occupations = onet_identifiers(onet)
        found["onet"] = [
            *rules.align_technologies(vocabulary, technologies, verdicts),
            *rules.align_roles(vocabulary, occupations, verdicts),
        ]
    output.mkdir(parents=True, exist_ok=True)
    for name, alignments in found.items():
        file = output / f"{name}.ttl"
        file.write_text(rules.write_alignments(name, alignments), encoding="utf-8")
        exact = sum(one.strength == "exactMatch" for one in alignments)
        out(f"{file}: {exact} exact, {len(alignments) - exact} close")


@vocab.command(epilog="Example: kg vocab candidates --least 3 --limit 20")
def candidates(
    least: Annotated[int, typer.Option(min=1, help="Postings that have it, at least.")] = 1,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 50,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    vocabulary: VocabularyOption = [],  # noqa: B006 # the framework copies it
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List phrases that postings ask for and no concept covers, the most wanted first.

    The score is the C-value (Frantzi et al. 2000) counted by employer: phrases that many employers
    ask for and that hang together. What --vocabulary has decided meanwhile is left out.
    """
    from kg.candidates import COLUMNS

    form = form_of(as_json=as_json, as_csv=as_csv)
    with opened(store, endpoint) as graph:
        found = graph.candidates(least=least, limit=limit, vocabulary=vocabulary)
    if form is Form.JSON:
        print_json([one.to_json() for one in found])
    else:
        print_rows(COLUMNS, [one.to_row() for one in found], form)


@vocab.command(epilog='Example: kg vocab accept "Iceberg tables" --broader Databases --kind tool')
def accept(
    label: Annotated[str, typer.Argument(help="A phrase, as `kg vocab candidates` lists it.")],
    vocabulary: Annotated[
        Path,
        typer.Option(
            "--vocabulary", envvar="KG_VOCABULARY", help="Your vocabulary's file; made if absent."
        ),
    ],
    alias_of: Annotated[
        str | None, typer.Option("--alias-of", help="The concept that it is another name of.")
    ] = None,
    broader: Annotated[
        str | None, typer.Option(help="The concept below which it becomes one of its own.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(help="certification, domain, language, method, soft or tool."),
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="It is no skill.")] = False,
    why: Annotated[str, typer.Option(help="Why it is rejected.")] = "",
    store: StoreOption = STORE,
    as_json: JsonOption = False,
) -> None:
    """Make a candidate a concept, an alias or a rejection in your own vocabulary file.

    Concepts are named by label or IRI. Where the store is there, the other spellings that its
    postings use are taken along. `kg build --vocabulary FILE` then uses the file.
    """
    from kg import acceptance

    chosen = [alias_of is not None, broader is not None or kind is not None, reject]
    if sum(chosen) != 1:
        raise typer.BadParameter(
            "say one of --alias-of CONCEPT, --broader CONCEPT (or --kind KIND), --reject"
        )
    if os.pathsep in str(vocabulary) and not vocabulary.exists():
        raise ValueError(f"{vocabulary}: several files; name with --vocabulary the one to write")
    if reject:
        decision = acceptance.reject(label, vocabulary, why)
    else:
        decision = acceptance.accept(
            label,
            vocabulary,
            alias_of=alias_of,
            broader=broader,
            kind=kind,
            spellings=_spellings(store, label),
        )
    if as_json:
        print_json(
            {
                "outcome": decision.outcome,
                "labels": list(decision.labels),
                "concept": decision.concept,
                "file": str(vocabulary),
            }
        )
        return
    labels = ", ".join(decision.labels)
    said = {
        "alias": f"{labels}: alias of {decision.concept_label}",
        "concept": f"{labels}: a concept, {decision.concept}",
        "rejection": f"{labels}: rejected",
    }
    out(f"{vocabulary}: {said[decision.outcome]}")


def _spellings(store: Path, label: str) -> list[str]:
    from kg.candidates import spellings_of

    if not store.exists():
        return []
    with opened(store) as graph:
        return spellings_of(graph.store, label)


def _refuse_to_overwrite(output: Path) -> None:
    """Refuse to put an import in the place of a file that was written otherwise."""
    if output.exists() and "`kg vocab import`" not in output.read_text(encoding="utf-8")[:1000]:
        raise ValueError(f"{output}: is there, and no import; name another file with -o")


def _cells(found: Sequence[object], columns: Sequence[str]) -> list[tuple[object, ...]]:
    return [tuple(getattr(one, column) for column in columns) for one in found]
