"""Parse the command line, run the command, and report any error as one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kjtui.cli.parser import parse
from kjtui.cli.request import RequestError, discard_unwritten, refuse, store_of
from kjtui.files.atomic_write import ExistsError, ExportError, reason_of
from kjtui.languages import LanguageError, tr
from kjtui.record.storage import StoreError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run kjtui and return its exit code."""
    try:
        command, options = parse(sys.argv[1:] if arguments is None else arguments)
        if options.page is not None:  # started by `kjtui serve`
            from kjtui.web.confinement import restrict

            restrict(store_of(options))
        return command.run(options)
    except ExistsError as error:
        return refuse(tr("{error} (--force overwrites it)", error=error))
    except (StoreError, ExportError, RequestError, LanguageError) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return 130
    except MemoryError:
        return refuse(tr("not enough memory"))
    except OSError as error:  # standard output is closed, or the disk is full
        discard_unwritten(sys.stdout)
        return refuse(tr("cannot write: {reason}", reason=reason_of(error)))
