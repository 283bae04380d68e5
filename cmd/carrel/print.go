package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"carrel/store/article"
	"carrel/ui/edge"
)

// printer writes lines through the edge to a stream.
type printer struct {
	*bufio.Writer
	err error
}

func newPrinter(w io.Writer, policy edge.Policy) *printer {
	return &printer{Writer: bufio.NewWriter(edge.New(w, policy))}
}

func (p *printer) printf(format string, args ...any) {
	if _, err := fmt.Fprintf(p.Writer, format, args...); err != nil && p.err == nil {
		p.err = err
	}
}

func (p *printer) flush() error {
	if p.err != nil {
		return p.err
	}
	return p.Flush()
}

// jsonLines writes one object a line. Characters that could drive a terminal
// are escaped, so that the output is safe on a screen and loses nothing.
type jsonLines struct{ *printer }

func newJSON(w io.Writer) jsonLines { return jsonLines{newPrinter(w, edge.Plain)} }

func (j jsonLines) write(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	line := b.Bytes()
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		if article.Inert(r) {
			j.Write(line[:n])
		} else if r >= 0x10000 {
			j.printf(`\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		} else {
			j.printf(`\u%04x`, r)
		}
		line = line[n:]
	}
	return j.err
}

// entryFields are what list prints of an article as JSON.
type entryFields struct {
	ID       string         `json:"id"`
	Title    article.Text   `json:"title"`
	Authors  []article.Text `json:"authors"`
	Date     *time.Time     `json:"date"`
	Tags     []article.Text `json:"tags"`
	Summary  article.Text   `json:"summary"`
	Words    int            `json:"words"`
	Minutes  int            `json:"minutes"`
	Kind     article.Kind   `json:"kind"`
	Source   article.Text   `json:"source"`
	Warnings []warningJSON  `json:"warnings"`
}

type warningJSON struct {
	Line int          `json:"line,omitempty"`
	Text article.Text `json:"text"`
}

func entryJSON(e article.Entry) entryFields {
	f := entryFields{
		ID: string(e.ID), Title: e.Title, Authors: orEmpty(e.Authors), Tags: orEmpty(e.Tags), Summary: e.Summary,
		Words: e.Words, Minutes: e.Minutes(), Kind: e.Kind, Source: e.Source, Warnings: []warningJSON{},
	}
	if e.DateSource != article.NoDate {
		f.Date = &e.Date
	}
	for _, w := range e.Warnings {
		f.Warnings = append(f.Warnings, warningJSON(w))
	}
	return f
}

// orEmpty makes a list that JSON shows as [] and not as null.
func orEmpty(list []article.Text) []article.Text {
	if list == nil {
		return []article.Text{}
	}
	return list
}
