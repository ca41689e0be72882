"""Keeping a record safe: to files and back, with a trial of every backup."""

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from db.backup import frozen
from db.engine import scratch
from db.erasing import last_redaction, note_scrubbed
from db.rebuilding import Beside, Rebuilt, is_empty, rebuild
from db.session import reading, transaction
from db.tables import Article, ArticleSketch
from db.upgrade import upgrade
from db.verification import Verified, verify
from forecasts import clock
from forecasts.errors import InvalidInput
from forecasts.exchange import record_files
from forecasts.exchange.record_files import Parts
from forecasts.reading.neighbours import sketch
from forecasts.redactions import Since, record_again
from forecasts.services.acts import key_of
from forecasts.views.exported import head, parts, tables

MEMBERS = frozenset(
    {record_files.MANIFEST, record_files.LOG, record_files.NAMES, record_files.WORDS}
    | {record_files.CHECKPOINTS, record_files.QUESTIONS, record_files.FORECASTS}
    | {record_files.UNSCORED}
)
SAME_TIME = (1980, 1, 1, 0, 0, 0)  # of every member, so that the same record gives the same file


@dataclass(frozen=True, slots=True)
class Restored:
    """The log as it was restored, and how many erasures were recorded after it."""

    size: int
    root: bytes
    again: int


def export_record(engine: Engine, folder: Path) -> Rebuilt:
    """Write the record into a folder that is new or empty, whole or not at all.

    Raises InvalidInput if something stands there already, or a file cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput("folder", folder, "something is there already")
    with _naming_files("folder", folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
            part = Path(beside) / "record"
            part.mkdir()
            with frozen(engine) as still, reading(still) as session:
                size, root = head(session)
                record_files.write_record(
                    part, parts(session), tables(session), size=size, root=root
                )
            part.replace(folder)
    return Rebuilt(size, root)


def import_record(
    engine: Engine, folder: Path, *, since: Since | None = None, by: str = ""
) -> Restored:
    """Restore an exported record, with its log, into an empty database, whole or not at all.

    What was erased ``since`` never comes into the database; that it was erased is recorded again,
    by the login ``by``.

    Raises InvalidInput if the database is not empty or the files are not as they were written.
    """
    gone = since or Since()
    manifest, found = record_files.read_record(folder)
    with _naming_files("record", folder), transaction(engine) as session:
        connection = session.connection()
        if not is_empty(connection):
            where = engine.url.render_as_string(hide_password=True)
            raise InvalidInput("database", where, "is not empty; restore into a new one")
        rebuilt = rebuild(connection, found.bodies, _beside(found, gone))
        _add_sketches(session)
        if rebuilt.size != manifest.size or (rebuilt.size and rebuilt.root != manifest.root):
            raise ValueError("its log has another root than its manifest says")
        again = record_again(session, gone, by=by, now=clock.now())
        note_scrubbed(session, last_redaction(session), clock.now())
    return Restored(rebuilt.size, rebuilt.root, again)


def _beside(found: Parts, gone: Since) -> Beside:
    """What stands beside the log, without what was erased."""
    words, handles = gone.commitments, gone.handles
    return Beside(
        {
            one.handle: (one.handle,) * 2 if one.handle in handles else (one.name, one.login)
            for one in found.names
        },
        (
            (one.commitment, *((None, None) if one.commitment in words else (one.salt, one.text)))
            for one in found.words
        ),
        ((one.size, one.note, one.made_us) for one in found.checkpoints),
    )


def _add_sketches(session: Session) -> None:
    """What follows from the articles' texts is worked out again: the log does not hold it."""
    lacking = select(col(Article.id)).where(
        col(Article.id).not_in(select(col(ArticleSketch.article_id)))
    )
    for key in session.scalars(lacking).all():
        article = session.get_one(Article, key)
        session.add(ArticleSketch(article_id=key_of(article), sketch=sketch(article.text)))
        session.flush()
        session.expunge_all()  # texts are long, and none is needed twice


def back_up(engine: Engine, file: Path) -> Verified:
    """Write a backup into a new file; returns the verification of the copy restored from it.

    The same file serves both databases, and restores into either. It is the exported record in
    one file: that needs no program of PostgreSQL's on this machine, and the log inside shows
    that nothing was lost. Every backup is tried: restored into a database of its own, verified.

    Raises InvalidInput if the file exists or the backup cannot be restored.
    """
    if file.exists():
        raise InvalidInput("file", file, "exists already; a backup is never replaced")
    with _naming_files("file", file), TemporaryDirectory(dir=file.parent, prefix=".bak") as beside:
        folder, packed = Path(beside) / "record", Path(beside) / "packed"
        written = export_record(engine, folder)
        _pack(folder, packed)
        with unpacked(packed) as again, scratch(Path(beside) / "trial.db") as trial:
            upgrade(trial)
            import_record(trial, again)
            outcome = verify(trial)
        if outcome.size != written.size or (written.size and outcome.root != written.root):
            raise ValueError("what was restored from it is not what was written into it")
        packed.replace(file)
    return outcome


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder of a record: ``path`` itself, or the contents of the backup that it is."""
    if path.is_dir():
        yield path
        return
    with TemporaryDirectory(prefix="forecast-desk-") as folder:
        try:
            with zipfile.ZipFile(path) as packed:
                for name in packed.namelist():
                    if name not in MEMBERS:
                        raise InvalidInput("file", path, f"is no backup: it holds {name[:40]!r}")
                packed.extractall(folder)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
            raise InvalidInput("file", path, "is no backup, or not a whole one") from error
        except OSError as error:
            raise InvalidInput("file", path, error.strerror or str(error)) from error
        yield Path(folder)


def _pack(folder: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "x", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.iterdir()):
            member = zipfile.ZipInfo(path.name, SAME_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, packed.open(member, "w", force_zip64=True) as target:
                while chunk := source.read(2**20):
                    target.write(chunk)
    with file.open("rb+") as written:
        os.fsync(written.fileno())


@contextmanager
def _naming_files(field: str, path: Path) -> Iterator[None]:
    """Turn a fault of the files inside into a refusal that names them."""
    try:
        yield
    except OSError as error:
        raise InvalidInput(field, path, error.strerror or str(error)) from error
    except record_files.UNREADABLE as error:
        raise InvalidInput(field, path, str(error)) from error
