// Package index keeps what Carrel knows of a collection in one SQLite file, so
// that a list, a search and a link need no article file: the catalogue of
// articles in a compact form, the words of their text (FTS5), and their links.
//
// The index is derived from the files alone and may be deleted at any time. It
// knows nothing of folders, of ranking by date, or of screens, and it trusts
// nothing that it reads back: what cannot be understood is ErrDamaged, and then
// the caller has it made anew.
//
// Start reading at index.go for the way in, schema.go for the tables, record.go
// for what is written of an article, and search.go for what is asked.
package index
