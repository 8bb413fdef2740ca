"""What is said where the register can't be read or written."""

UNREAD = "The register of priorities can’t be read just now"
UNREAD_MORE = (
    "What it holds is missing here; the figures are not touched. Nothing that was saved in it is lost: try again in a while."
)
NOT_SAVED = "This has not been confirmed as saved: the register of priorities can’t be reached just now."
NOT_SAVED_MORE = "All you typed is below. Keep this page and send it again in a while: what was kept already is not kept twice."
