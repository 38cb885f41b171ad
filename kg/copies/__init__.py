"""The same job twice: reposts, agencies' copies and one job in several places, found and grouped.

The road: a posting's words (`wording`) -> the job that its title names (`jobs`) and a sketch of
what it says (`sketches`) -> groups (`grouping`), each pair held against the texts (`likeness`)
-> a named graph (`store_groups`). What was computed for a posting is kept (`shelf`).
"""
