package index

import (
	"fmt"
	"net/url"
	"strings"
)

// schemaVersion is raised with every change of the schema, of the encoding of
// rows, of the folding of words and of what the parser takes from a file: an
// index of another version is made anew.
const schemaVersion = 1

// applicationID tells Carrel's files from other SQLite files: "Carl" in ASCII.
const applicationID = 0x4361726c

// schema are the tables.
//
// article has the whole head of every article; list has the same rows without
// their summaries, many to a blob and in the order of the list, so that 100,000
// of them are read in a moment. list belongs to one state of the other tables,
// and is passed over if they have moved on: meta has the numbers of both states.
//
// text is the inverted index. It keeps no text (content=”), and its tokenizer
// only parts the words that package query has folded and parted already: so the
// words that are found and the words that are marked are the same by
// construction. The body is the first column because that one costs least.
//
// opening has the beginnings of all words of an article, each once and without
// its places: a short prefix is then one word to look up, where FTS5 would have
// to merge thousands.
const schema = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE article(doc INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, head BLOB NOT NULL);
CREATE TABLE link(doc INTEGER PRIMARY KEY, links BLOB NOT NULL);
CREATE TABLE skipped(path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL, inode INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE list(n INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE word(word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE text USING fts5(body, title, headings, tags, author, content='', contentless_delete=1, tokenize='ascii');
CREATE VIRTUAL TABLE opening USING fts5(openings, content='', contentless_delete=1, tokenize='ascii', detail=none);
INSERT INTO text(text, rank) VALUES('hashsize', 8000000);
`

// weights are what a word weighs in each of the columns of text (bm25): title over
// headings over tags and authors over body. They are far apart and small, because
// bm25 hardly tells many occurrences from very many.
const weights = "0.5, 8, 2, 1.2, 1.2"

// What meta has: the collection, the states of the tables and of the list, and
// the length of the list.
const (
	keyCollection = "collection"
	keyChange     = "change"
	keyListed     = "listed"
	keyCount      = "count"
)

// dsn is the address of a database for the driver, with the settings of a
// connection: WAL lets others read while one writes, where the file system can
// do that; NORMAL may lose the last commits in a power cut, which costs an index
// nothing but the time to make them again.
func dsn(file string, memory, network, write bool) string {
	pragmas := []string{"busy_timeout(5000)", "temp_store(MEMORY)", "synchronous(NORMAL)"}
	switch {
	case memory:
		pragmas = append(pragmas, "journal_mode(MEMORY)")
	case network:
		pragmas = append(pragmas, "journal_mode(DELETE)")
	default:
		pragmas = append(pragmas, "journal_mode(WAL)")
	}
	if write {
		// Pages that a transaction changed leave the memory when this is full.
		pragmas = append(pragmas, "cache_size(-8000)")
	} else {
		pragmas = append(pragmas, "query_only(1)")
	}
	if memory {
		file += "?vfs=memdb"
	} else {
		file = (&url.URL{Path: file}).EscapedPath() + "?"
	}
	return fmt.Sprintf("file:%s&_pragma=%s", file, strings.Join(pragmas, "&_pragma="))
}
