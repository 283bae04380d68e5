// Package browse is the list of articles and its filter: fuzzy words, and the
// conditions of package query. The list knows rows, a selection and a prompt;
// ranking is a function of an immutable Corpus that the root runs outside of the
// loop. It reads no article and decides nothing about what opens. Start reading at
// Model.Update for the list and at Corpus.Rank for the filter.
package browse
