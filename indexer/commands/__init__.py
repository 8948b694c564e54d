"""One module a command: its options and what it does. ``run`` returns the exit code."""

COMMANDS = {
    "index": 'Index articles from JSONL files, folders, pages, or JSONL on stdin ("-").',
    "sync": "Bring the sources of the settings up to date.",
    "sources": "List the sources of the settings with their last run, counts and problems.",
    "import-check": "Show the first articles of a place or a source as they would be indexed, with every warning; nothing is written.",
    "crawl": "Crawl a site: index what is new and changed, remove what is gone for good.",
    "search": "Search the index.",
    "suggest": "Show how a beginning may go on.",
    "related": "Show the articles related to one.",
    "show": "Show one article.",
    "remove": "Remove articles by id, or all of a source.",
    "reextract": "Read attachments again: what failed, what waits for OCR, or files by name.",
    "directive": "Show who cites a document, what it cites, and whether it still holds.",
    "directives": "List the documents that articles cite but that no article holds.",
    "extract": "Read one file the way attachments are read.",
    "citations": "Find the documents that a text on stdin cites.",
    "segment": "Segment text from standard input into words, as pyvi writes it.",
    "evaluate": "Judge the ranking on a set of queries with known answers.",
    "serve": "Serve the pages and the API.",
    "write": "Write what was pushed over HTTP into the index, until stopped.",
    "keys": "Create, list and revoke the keys of programs.",
    "alerts": "List, send and remove alerts: saved searches whose news goes out by mail or to programs.",
    "report": "Tell what is searched, what finds nothing and how that could be mended.",
    "pin": "Pin articles to a query: they come first.",
    "unpin": "Take back what was pinned to a query.",
    "pins": "List the articles that are pinned to queries.",
    "stats": "Count what is in the catalog and the index.",
    "doctor": "Look whether this machine and the data directory are fit for the service.",
    "verify": "Read everything in the data directory: find what is damaged, and say what mends it.",
    "rebuild": "Build the index anew from the catalog beside the one in use, check it, and switch.",
    "backup": "Copy the catalog, the attachments and the settings into a folder or a file, while others read and write.",
    "restore": "Make the data directory of a backup: checked, with its index, then moved in.",
    "copy-files": "Copy the attachments to where they are kept from now on: into an object store, or back to the data directory.",
    "completion": "Print the completion of this command line for a shell.",
}
"""Name -> summary, in the order of the help, which names all without importing any; :func:`module_of` has the rest."""


def module_of(command: str) -> str:
    """Return the name of the module of a command."""
    return f"indexer.commands.{command.replace('-', '_')}"
