"""One module per command, with its options and its action. ``run`` returns the exit code."""

COMMANDS = {
    "index": 'Index articles from JSONL files, folders, pages or standard input ("-").',
    "sync": "Update the sources named in the settings.",
    "sources": "List the sources named in the settings with their last run, counts and problems.",
    "import-check": "Preview the first articles of a path or source as they would be indexed, with all warnings; writes nothing.",
    "crawl": "Crawl a site: index new and changed pages, remove deleted ones.",
    "search": "Search the index.",
    "suggest": "Complete a query.",
    "related": "List the articles related to an article.",
    "show": "Show an article.",
    "remove": "Remove articles by id, or all articles of a source.",
    "reextract": "Read attachments again: failed ones, scans that need OCR, or files by name.",
    "directive": "Show who cites a document and whether it is in force.",
    "directives": "List documents that are cited but that no article contains.",
    "extract": "Read a file as attachments are read.",
    "citations": "Find the documents cited in a text on standard input.",
    "segment": "Segment text from standard input into words, in the format of pyvi.",
    "evaluate": "Measure the ranking on a set of queries with known answers.",
    "serve": "Serve the web pages and the API.",
    "write": "Write articles pushed over HTTP into the index, until stopped.",
    "publish": "Publish copies of the writer's files for the other machines, until stopped.",
    "follow": "Fetch copies of the writer's files as they change, until stopped.",
    "keys": "Create, list and revoke API keys.",
    "alerts": "List, send and remove alerts: saved searches whose new results are sent by email or to a webhook.",
    "report": "Report frequent queries, queries without results, and proposals to improve them.",
    "pin": "Pin articles to a query, so that they come first.",
    "unpin": "Remove the pins of a query.",
    "pins": "List the articles pinned to queries.",
    "stats": "Show counts and sizes of the catalog and the index.",
    "doctor": "Check that this machine and the data directory are fit for the service.",
    "verify": "Check everything in the data directory for damage, and say how to repair it.",
    "rebuild": "Build a new index from the catalog, check it, and switch to it.",
    "backup": "Back up the catalog, the attachments and the settings into a folder or file; the service may keep running.",
    "restore": "Restore the data directory from a backup.",
    "promote": "Make this machine the writer, in place of one that is gone or to be replaced.",
    "copy-files": "Copy the attachments to a new place: into an object store, or back to the data directory.",
    "completion": "Print the completion script for a shell.",
}
"""Name -> summary, in the order of the help. The help lists all commands without importing them; :func:`module_of` gives the
module."""
WRITING = {
    "index", "sync", "crawl", "remove", "reextract", "keys", "alerts", "pin", "unpin", "rebuild", "restore", "copy-files",
}  # fmt: skip
"""Commands that change the data directory or what belongs to it, so that only the writer may run them. ``write`` and ``publish``
check that themselves, since they wait for an object store that does not answer."""


def module_of(command: str) -> str:
    """Return the name of the module of a command."""
    return f"indexer.commands.{command.replace('-', '_')}"
