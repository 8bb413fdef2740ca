"""The blocks that several pages share: records to headings, tables, cards and lists."""
