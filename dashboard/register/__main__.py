"""`python -m dashboard.register`: make, fill, back up and restore the register."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import structlog
import typer
from sqlalchemy.exc import SQLAlchemyError

from dashboard.register import accounts, archive, demo, export_import, passwords, seed
from dashboard.register.availability import is_of_the_register, reason_of
from dashboard.register.errors import ArchiveRejected, FileTrouble, RegisterError, RegisterUnavailable
from dashboard.register.facts import read_facts
from dashboard.register.measures import PLANS_DIR
from dashboard.register.permissions import PUBLIC, command
from dashboard.register.store import Register, migrate, open_register, register_url
from dashboard.register.time_limits import COMMANDS, at_most

cli = typer.Typer(no_args_is_help=True, help="The register of plans, priorities and recommendations (REGISTER_URL).")


@contextmanager
def _register() -> Iterator[Register]:
    try:
        register = open_register(register_url())
        try:
            with at_most(COMMANDS.writing):
                yield register
        finally:
            register.close()
    except RegisterError as error:
        _end(error)
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        _end(
            RegisterUnavailable(reason_of(error)) if is_of_the_register(error) else RegisterUnavailable(f"REGISTER_URL: {error}")
        )
    except OSError as error:
        _end(FileTrouble(f"{error.strerror or error}: {error.filename or 'the register'}"))


def _end(error: RegisterError) -> NoReturn:
    typer.secho(str(error), fg="red", err=True)
    raise typer.Exit(error.exit_code) from error


def _now() -> datetime:
    return datetime.now(UTC)


@cli.command()
def init() -> None:
    """Make the tables, or bring them up to date. Nothing held is lost."""
    with _register() as register:
        migrate(register, "head")
        typer.echo("The register is ready.")


@cli.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Option(prompt=True)],
    name: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[
        str,
        typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, envvar="REGISTER_ADMIN_PASSWORD"),
    ],
) -> None:
    """Make the first administrator. The password is asked for, or read from REGISTER_ADMIN_PASSWORD."""
    with _register() as register:
        register.require_ready()
        chosen = passwords.chosen(password)
        with register.writing() as session:
            administrator = accounts.create_first_administrator(
                session, command("create-admin"), email=email, name=name, password=chosen, now=_now()
            )
        typer.echo(f"{administrator.name} can sign in as {administrator.email}.")


@cli.command("seed")
def seed_facts(folder: Path = PLANS_DIR) -> None:
    """Load the facts on the public record. Loading again changes nothing."""
    with _register() as register:
        register.require_ready()
        facts = read_facts(folder)
        with register.writing() as session:
            done = seed.seed(session, facts, now=_now())
        typer.echo(f"{done.added} added, {done.corrected} corrected.")


@cli.command("demo")
def demo_entries() -> None:
    """Fill every borough with made-up entries, each marked Example (`./serve --demo` gives them expected ranges too)."""
    with _register() as register:
        register.require_ready()
        with register.writing() as session:
            added = demo.fill(session, now=_now(), range_of=None)
        typer.echo(f"{added} entries added, each marked Example.")


@cli.command()
def backup(path: Path) -> None:
    """Write a complete backup, drafts and accounts included. Keep it as safe as the register."""
    with _register() as register:
        archive_made = archive.backup(register, path, now=_now())
        typer.echo(f"{archive_made.rows} rows written to {path}.")


@cli.command()
def restore(path: Path) -> None:
    """Put a backup back into a new, empty register. No site may have it open."""
    with _register() as register:
        restored = archive.restore(register, path)
        typer.echo(f"{restored.rows} rows of {restored.made_at:%-d %B %Y %H:%M} UTC restored. Everyone must sign in again.")


@cli.command("export")
def export_records(path: Path) -> None:
    """Write the public record as JSON: no drafts, no accounts."""
    with _register() as register:
        register.require_ready()
        with register.reading() as session:
            document = export_import.export(session, PUBLIC, now=_now())
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        typer.echo(f"Written to {path}.")


@cli.command("import")
def import_records(path: Path) -> None:
    """Add what an export holds and this register lacks. A record that differs stops it; nothing is then changed."""
    with _register() as register:
        register.require_ready()
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ArchiveRejected(f"{path.name} is not an export of a register: {error}") from error
        with register.writing() as session:
            done = export_import.take_in(session, document, now=_now())
        typer.echo(f"{done.added} added, {done.unchanged} here already.")


@cli.command("audit")
def audit_entries(path: Path) -> None:
    """Write the public audit as CSV, one row a changed field."""
    with _register() as register:
        register.require_ready()
        with register.reading() as session:
            path.write_text(export_import.audit_csv(session, PUBLIC), encoding="utf-8")
        typer.echo(f"Written to {path}.")


def main() -> None:
    """Run the command; what it logs goes to standard error, out of the way of what it says."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    cli()


if __name__ == "__main__":
    main()
