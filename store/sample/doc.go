// Package sample makes collections of articles that nobody has written, for
// benchmarks and tests: a hundred thousand posts are too many to keep beside the
// source, and what is measured on them has to be the same everywhere and every
// time. It is no part of the program.
//
// An article depends on the seed, its number and the number of articles only, so
// that each can be made alone. What matters for an index and a list is like that
// of real posts: how lengths and words are distributed (most articles are short,
// few words are most of the text), that the words of a subject come together,
// front matter, links that lead to other articles, code, and a few languages.
// What the sentences say does not matter, and is nothing.
//
// Start reading at article.go; words.go has the vocabulary, body.go the blocks,
// queries.go what people may look for.
package sample
