"""Alerts: each new posting that fits a candidate's profile is told of once, with the reasons.

A profile (`profile`) is held against each batch that was stored (`judge`, `kg.analysis.fitting`);
what fits goes into a box beside the store (`outbox`) and from there to whom it is told
(`delivery`). `alerts` is the loop's hold on all of it.
"""
