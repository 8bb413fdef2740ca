"""How well the judging does: false alarms where nothing changed, power where something did, past verdicts, past ranges."""
