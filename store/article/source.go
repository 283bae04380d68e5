package article

// Source is the text of a file as its author wrote it, decoded and inert.
func Source(in Input) Text { return Clean(decode(in.Data)) }
