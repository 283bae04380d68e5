// Package query is the language in which articles are looked for: what was typed
// becomes a Query, text becomes Tokens, and a Finder says where the one stands in
// the other and which passage shows it best. It reads no file and knows neither
// the index nor the list; both ask it, so that a word means the same to all.
// Nothing that people type is an error, and no text takes more than time in
// proportion to its length. Start reading at query.go for the language, token.go
// for what a word is, find.go and look.go for the finding.
package query
