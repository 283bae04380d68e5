package article

// Range is a part of a text: the bytes from Start up to End.
type Range struct{ Start, End int }

// Match is a part of a document's text that answers a query.
type Match struct {
	// Block is the index of a top-level block, Offset where the match begins in
	// its flattened text (see Block.Flat), Len its length in bytes.
	Block, Offset, Len int
}

// Hit is an article that a search has found.
type Hit struct {
	Entry Entry
	// TitleMarks are the matches in Entry.Title, in order.
	TitleMarks []Range
	// Excerpt is the text around the best match, on one line, with "…" where it
	// is cut; the beginning of the article if the text has none; empty while it is
	// not known.
	Excerpt Text
	// Marks are the matches in Excerpt, in order.
	Marks []Range
	// Count is the number of matches in the text; Looked tells that Excerpt, Marks
	// and Count are known.
	Count  int
	Looked bool
	// Place is where the article opens: at the first match that Excerpt shows, zero
	// if it shows none.
	Place Place
	// Rank orders hits: the higher, the better. It compares within one search only.
	Rank float64
}
