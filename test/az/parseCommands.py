"""Parses command lines with Azure CLI's own argument tables, without running them.

Reads a JSON list of argument lists from the standard input, and prints a JSON list with the complaint about each, or null.
"""
import contextlib
import io
import json
import sys

from azure.cli.core import get_default_cli
from azure.cli.core.commands import _pre_command_table_create
from azure.cli.core.commands.events import EVENT_INVOKER_PRE_LOAD_ARGUMENTS

def complaint(args):
    cli = get_default_cli()
    invocation = cli.invocation_cls(
        cli_ctx=cli, parser_cls=cli.parser_cls, commands_loader_cls=cli.commands_loader_cls, help_cls=cli.help_cls
    )
    cli.invocation = invocation
    loader = invocation.commands_loader
    args = _pre_command_table_create(cli, args)
    loader.load_command_table(args)
    command = invocation._rudimentary_get_command(args)
    if command not in loader.command_table:
        return "no command " + " ".join(args[:5])
    loader.command_table = {command: loader.command_table[command]}
    loader.command_name = command
    invocation.data["command_string"] = command
    # Adds --subscription.
    cli.raise_event(EVENT_INVOKER_PRE_LOAD_ARGUMENTS, commands_loader=loader)
    try:
        loader.load_arguments(command)
    except ImportError as error:
        return f"not installed: {error}"
    invocation.parser.cli_ctx = cli
    invocation.parser.load_command_table(loader)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stderr(printed), contextlib.redirect_stdout(printed):
            invocation.parser.parse_args(args)
    except SystemExit:
        return printed.getvalue().strip() or "refused"
    return None


print(json.dumps([complaint(args) for args in json.load(sys.stdin)]))
