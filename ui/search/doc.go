// Package search is the pane of the full-text search: a prompt and the articles
// whose text answers it, with the text around the best match. It knows rows and
// what is typed; it knows nothing of how articles are found, and asks for that by
// intents. Start reading at Model.Update.
package search
