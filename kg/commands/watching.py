"""The command that goes on: watch."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import (
    STORE,
    FormatOption,
    JsonOption,
    KeepContactsOption,
    MapOption,
    StoreOption,
    VocabularyOption,
    reading_options,
)
from kg.commands.set_aside import say_what_was_set_aside
from kg.interrupts import exit_code, termination_interrupts
from kg.printing import out, say
from kg.progress import watched
from kg.watching.pace import MOST, SECONDS, SETTLE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from kg.alerts.alerts import Alerts
    from kg.store import Store
    from kg.watching.intake import Intake
    from kg.watching.watch import Batch

app = typer.Typer()


@app.command(
    epilog="Examples: kg watch postings/ --match ada.yaml; tail -f feed.jsonl | kg watch - "
    "--store kg-store"
)
def watch(
    paths: Annotated[list[str], typer.Argument(help="Folders; or - for JSON lines on stdin.")],
    store: StoreOption = STORE,
    match: Annotated[
        Path | None,
        typer.Option(help="A candidate's profile (YAML): tell of each new posting that fits it."),
    ] = None,
    post: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where to post what fits, as JSON, instead of printing."),
    ] = None,
    post_anywhere: Annotated[
        bool, typer.Option("--post-anywhere", help="Allow an address that is not this machine's.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Take up what has changed in the folders, and end.")
    ] = False,
    emptied: Annotated[
        bool,
        typer.Option(
            "--emptied", help="A folder that is empty was emptied: take its postings out."
        ),
    ] = False,
    settle: Annotated[
        float, typer.Option(min=0.0, help="Seconds for which a file has to hold still.")
    ] = SETTLE,
    most: Annotated[
        int, typer.Option(min=1, help="Lines of a stream that are stored at once, at the most.")
    ] = MOST,
    seconds: Annotated[
        float, typer.Option(min=0.01, help="Seconds that a line waits for others, at the most.")
    ] = SECONDS,
    vocabulary: VocabularyOption = [],  # noqa: B006 # the framework copies it
    base: Annotated[str | None, typer.Option(help="IRI below which the data lives.")] = None,
    form: FormatOption = None,
    columns: MapOption = [],  # noqa: B006 # as above
    keep_contacts: KeepContactsOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take in what comes to folders, or out of a stream, as it comes, until it is told to stop.

    New files are read when they hold still, changed ones replaced; what is deleted leaves the
    store. What was changed while nobody watched is taken up first. A line is printed of each batch;
    with --json one object, and with --match one of each new posting that fits, with the reasons.
    Of a stream each line is a posting: played again, from anywhere, it adds nothing twice.
    """
    from kg.store import Store
    from kg.watching.intake import Intake

    is_stream = paths == ["-"]
    if "-" in paths and not is_stream:
        raise typer.BadParameter("watch folders, or the stream -, not both at once")
    if post and match is None:
        raise typer.BadParameter("--post needs --match PROFILE: it says what is posted")
    if once and is_stream:
        raise typer.BadParameter("a stream is read to its end anyway; leave --once out")
    options = reading_options(
        form or ("jsonl" if is_stream else None), columns, keep_contacts=keep_contacts
    )
    telling = _telling(match, as_json=as_json)
    alerting = _alerting(match, post, vocabulary, anywhere=post_anywhere, as_json=as_json)
    try:
        with termination_interrupts(), Store.open(store, create=True, base=base) as opened:
            alerts = alerting(opened)
            # While a stream's batch is stored Ctrl-C is held back: nobody is waited for meanwhile.
            stored = None if alerts is None else alerts.judge if is_stream else alerts.consider
            intake = Intake(
                opened,
                vocabulary=vocabulary,
                options=options,
                tell=say,
                stored=stored,
            )
            try:
                batches = _batches(
                    intake,
                    alerts,
                    paths,
                    once=once,
                    settle=settle,
                    emptied=emptied,
                    most=most,
                    seconds=seconds,
                    quiet=as_json,
                )
                with closing(batches):
                    for batch in batches:
                        telling(batch)
            finally:
                if alerts:
                    alerts.close()
    except KeyboardInterrupt as stopped:
        say("kg: stopped; what was read is stored. The same command goes on from there")
        raise typer.Exit(exit_code(stopped)) from stopped


def _batches(
    intake: Intake,
    alerts: Alerts | None,
    paths: list[str],
    *,
    once: bool,
    settle: float,
    emptied: bool,
    most: int,
    seconds: float,
    quiet: bool,
) -> Generator[Batch, None, None]:
    from kg.watching.watch import watch_folders, watch_stream

    idle = alerts.deliver_when_due if alerts else lambda: None
    if paths == ["-"]:
        yield from watch_stream(intake, sys.stdin.fileno(), most=most, seconds=seconds, idle=idle)
        return
    with watched("reading", "postings", quiet=quiet) as bar:
        batches = watch_folders(
            intake,
            [Path(path) for path in paths],
            once=once,
            settle=settle,
            emptied=emptied,
            progress=bar.count,
            watch=bar.told,
            idle=idle,
        )
        first = next(batches)
    with closing(batches):
        yield first
        say(f"kg: watching {', '.join(paths)}; Ctrl-C ends it") if not once else None
        yield from batches


def _telling(match: Path | None, *, as_json: bool) -> Callable[[Batch], None]:
    """Return what tells of a batch: on stdout, unless that is for the alerts."""
    line = out if match is None or as_json else say
    first = True

    def tell(batch: Batch) -> None:
        nonlocal first
        worth, first = batch.did_something or first or batch.lines is not None, False
        if as_json and not worth:
            return
        if as_json:
            line(json.dumps({"event": "batch", **batch.to_json()}, ensure_ascii=False))
        elif batch.did_something:
            line(f"{datetime.now().astimezone():%H:%M:%S}  {batch.report.summary()}")
        if not as_json:
            say_what_was_set_aside(batch.report, batch.report.quarantine)
        sys.stdout.flush()

    return tell


def _alerting(
    match: Path | None, post: str | None, vocabulary: list[Path], *, anywhere: bool, as_json: bool
) -> Callable[[Store], Alerts | None]:
    """Return what makes the alerts of a store; what is wrong with the profile is said before."""
    if match is None:
        return lambda _: None
    from kg.alerts.alerts import Alerts
    from kg.alerts.delivery import Posted, Printed
    from kg.alerts.profile import read_profile
    from ontology import load

    def write(line: str) -> None:
        out(line)
        sys.stdout.flush()

    seeker = read_profile(match, load(vocabulary))
    delivery = Posted(post, anywhere=anywhere) if post else Printed(write, as_json=as_json)
    return lambda store: Alerts(store, seeker, delivery, say)
