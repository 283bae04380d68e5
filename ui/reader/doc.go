// Package reader is the reading pane: one article, centred, with its masthead,
// the selected link and the progress through it. It knows where it is in the
// text; it does not know other articles, and asks for them by intents. Start
// reading at Model.Update.
package reader
