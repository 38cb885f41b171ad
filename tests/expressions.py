"""Every regular expression of `nlp`, found without a list that somebody could forget to extend."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from typing import Any, Final

import nlp
from nlp.anchors import Anchored, Literals

ROOT: Final = Path(nlp.__file__).parent
CALLS: Final = frozenset(
    {"compile", "sub", "subn", "split", "match", "search", "findall", "finditer", "fullmatch"}
)
"""Functions of `re` that take a pattern first."""
OURS: Final = frozenset({"Anchored", "Literals"})


@cache
def expressions() -> dict[str, re.Pattern[str]]:
    """Return the compiled patterns by name ("rules.pay_words._filler"), sorted.

    Looked for in what the modules hold, in what their cached functions without parameters return,
    and in the calls such as `re.sub(r"...", ...)` inside functions.
    """
    found: dict[str, re.Pattern[str]] = {}
    for name in _modules():
        module = importlib.import_module(name)
        short = name.removeprefix("nlp.")
        for key, value in vars(module).items():
            if getattr(value, "__module__", name) == name or not callable(value):
                for path, pattern in _patterns(value, f"{short}.{key}", set()):
                    found.setdefault(path, pattern)
        for line, literal in _inline(Path(inspect.getfile(module))):
            found[f"{short}:{line}"] = re.compile(literal)
    distinct = {(p.pattern, p.flags): name for name, p in reversed(found.items())}
    return {name: found[name] for name in sorted(distinct.values())}


def scanned() -> frozenset[str]:
    """Return the names of expressions that are looked for, not only held against one place.

    A name is "rules.pay_words._cues"; what stands in a table of expressions is taken for scanned.
    """
    found: set[str] = set()
    for path in sorted(ROOT.rglob("*.py")):
        short = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr not in ("match", "fullmatch"):
                of = node.value.func if isinstance(node.value, ast.Call) else node.value
                if isinstance(of, ast.Name):
                    found.add(f"{short}.{of.id}")
    names = expressions()
    return frozenset(name for name in names if name in found or "[" in name or ":" in name)


def hidden() -> list[str]:
    """Return the files that make an expression where `expressions` cannot find it.

    It finds those at the top level of a module, those of cached functions without parameters,
    and literal patterns.
    """
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in sorted(ROOT.rglob("*.py"))
        if path.name != "anchors.py"  # makes the expressions that others give to it
        for call, reachable in _calls(ast.parse(path.read_text("utf-8")))
        if not reachable and _literal(call) is None
    )


def _modules() -> list[str]:
    return [info.name for info in pkgutil.walk_packages(nlp.__path__, "nlp.")]


def _patterns(value: Any, path: str, seen: set[int]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns inside a value of any kind."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield path, value
    elif isinstance(value, _lru_cache_wrapper):
        if not inspect.signature(value).parameters:
            yield from _patterns(value(), path, seen)
    elif isinstance(value, Anchored):
        yield path, value.pattern
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _patterns(item, f"{path}[{key}]", seen)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for index, item in enumerate(value):
            yield from _patterns(item, f"{path}[{index}]", seen)


def _inline(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the literal patterns that functions give to `re` themselves, with their lines."""
    for call, reachable in _calls(ast.parse(path.read_text("utf-8"))):
        literal = _literal(call)
        if not reachable and literal is not None:
            yield call.lineno, literal


def _literal(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return None


def _calls(tree: ast.AST, *, reachable: bool = True) -> Iterator[tuple[ast.Call, bool]]:
    """Yield the calls that take a pattern, and whether their result can be reached from outside."""
    for node in ast.iter_child_nodes(tree):
        within = reachable
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            cached = any(isinstance(d, ast.Name) and d.id == "cache" for d in node.decorator_list)
            within = reachable and cached and not (node.args.args or node.args.kwonlyargs)
        elif isinstance(node, ast.Lambda):
            within = False
        if isinstance(node, ast.Call) and _takes_pattern(node.func):
            yield node, reachable
        yield from _calls(node, reachable=within)


def _takes_pattern(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in OURS
    return (
        isinstance(function, ast.Attribute)
        and function.attr in CALLS
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    )


def literals() -> dict[str, Literals]:
    """Return the sets of plain words by name."""
    return {
        f"{name}.{key}": value
        for name in _modules()
        for key, value in vars(importlib.import_module(name)).items()
        if isinstance(value, Literals)
    }
