"""The same graph on Apache Spark: the same extractor and quads, on as many machines as it takes.

The road: files (`sources`) -> postings read and numbered into parts (`reading`) -> each part's
quads and tables (`making`) -> copies grouped (`sketching`, `components`, `grouping`) -> what the
graph needs besides (`besides`). `build` drives it. Every step leaves a mark when it is whole, so
that a build that was ended goes on where it was. `tables` opens what was written for Spark SQL.

What runs on the executors stands in functions of these modules: cloudpickle sends their names.
"""
