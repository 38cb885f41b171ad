"""Completion in zsh: the script that `kg --install-completion` puts there."""

from __future__ import annotations

from typing import Final

from typer import _completion_shared as framework

ZSH: Final = """\
#compdef %(prog_name)s

%(complete_func)s() {
  eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" %(autocomplete_var)s=complete_zsh \\
    %(prog_name)s)
}

if [[ $funcstack[1] == _%(prog_name)s ]]; then
  %(complete_func)s "$@"
else
  compdef %(complete_func)s %(prog_name)s
fi
"""
"""The script for zsh. Installed, it is the body of the function that completes `kg`; read by
`source`, it has to name one. The framework's own does the second only, so that the first TAB in
every shell does nothing."""


def mend_zsh() -> None:
    """Have the framework give out our script for zsh."""
    framework._completion_scripts["zsh"] = ZSH  # there is no other way in
