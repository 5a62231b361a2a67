"""The reference pages in ``docs/`` say what the program has: no more, no less."""

import re

import click
import pytest

from scraper.archive import open_archive
from scraper.cli import cli
from tests.readme import read, table_rows


def program_commands(group=cli, path="district-archive"):
    """Yield each command's usage line and the command."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from program_commands(command, f"{path} {name}")
        else:
            context = click.Context(command)
            arguments = [
                piece
                for parameter in command.params
                if isinstance(parameter, click.Argument)
                for piece in parameter.get_usage_pieces(context)
            ]
            yield " ".join([f"{path} {name}", *arguments]), command


COMMANDS = dict(program_commands())


def described():
    """Each heading of the reference that is a command, with the rows of its table."""
    parts = re.split(r"^## ", read("docs/commands.md"), flags=re.MULTILINE)[1:]
    return {part.splitlines()[0]: table_rows(part) for part in parts}


def option_name(cell: str) -> str:
    return cell.strip("`").split()[0]


def test_every_command_is_described():
    assert list(described()) and set(described()) == set(COMMANDS)


@pytest.mark.parametrize("usage", COMMANDS)
def test_every_option_is_described(usage):
    options = {
        option.opts[0]: option
        for option in COMMANDS[usage].params
        if isinstance(option, click.Option)
    }
    rows = {option_name(row[0]): row for row in described()[usage]}
    assert set(rows) == set(options)
    for name, option in options.items():
        takes_value = " " in rows[name][0]
        assert takes_value != option.is_flag, name
        if option.show_default and not option.is_flag:
            assert rows[name][2] == f"`{option.default}`", name
        if option.envvar:
            assert f"`{option.envvar}`" in rows[name][1], name


def test_every_table_and_column_is_described(tmp_path):
    with open_archive(tmp_path / "archive.db") as archive:
        schema = {
            table.name: [column.name for column in table.columns]
            for table in archive.db.tables
            if not table.name.startswith(("_", "articles_fts"))
        }
    written = {
        row[0].strip("`"): re.findall(r"`(\w+)`", row[2])
        for row in table_rows(read("docs/data.md"))
    }
    assert written == schema


def test_the_changelog_is_in_the_format_it_names():
    text = read("CHANGELOG.md")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    for heading in headings[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading)
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
