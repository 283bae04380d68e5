package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"carrel/articles"
	"carrel/store/article"
	"carrel/store/index"
)

// varied makes a folder of articles with everything that a row may have.
func varied(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "handbook"), articles.FS); err != nil {
		t.Fatal(err)
	}
	for i := range 2 * manyFiles {
		write(t, dir, fmt.Sprintf("posts/%03d.md", i), dated(fmt.Sprint("No ", i), 1+i%28, fmt.Sprintf("words of number%d", i)))
	}
	write(t, dir, "full.md", `---
title: "Everything: \"quoted\" é 漢"
authors: [Ada Lovelace, B. É.]
date: 2021-03-04T05:06:07.123456789+05:30
tags: [one, two words]
summary: A summary.
source: https://example.org/a
lang: de-AT
aliases: [/old/full.html, Also called]
permalink: /2021/full/
slug: quite-full
---

A [link](posts/001.md), and words.
`)
	write(t, dir, "2019-05-06-by-name.md", "# By name\n")
	write(t, dir, "broken.md", "---\ntitle: [unclosed\n---\n\n```\nnever closed\n")
	write(t, dir, "plain.txt", "PLAIN\n\nwords only")
	write(t, dir, "undated.md", "lorem ipsum dolor")
	write(t, dir, "odd name#?%20.md", "odd")
	write(t, dir, "empty.md", "")
	write(t, dir, "large.md", "")
	if err := os.Truncate(filepath.Join(dir, "large.md"), 65<<20); err != nil {
		t.Fatal(err)
	}
	return dir
}

// wantSameList holds entries to be equal in every field but the summary.
func wantSameList(t *testing.T, got, want []article.Entry) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d articles, want %d", len(got), len(want))
	}
	for i := range want {
		g, w := got[i], want[i]
		if !g.Date.Equal(w.Date) || g.Date.Format(time.RFC3339Nano) != w.Date.Format(time.RFC3339Nano) {
			t.Errorf("%s: date %v, want %v", w.ID, g.Date, w.Date)
		}
		g.Date, w.Date, g.Summary, w.Summary = time.Time{}, time.Time{}, "", ""
		if !reflect.DeepEqual(g, w) {
			t.Errorf("%+v, want %+v", g, w)
		}
	}
}

// wantSummaries holds the summaries to those that the files have.
func wantSummaries(t *testing.T, s *Store) {
	t.Helper()
	entries, err := s.WithSummaries(context.Background(), s.Entries())
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		doc, err := s.Open(context.Background(), e.ID)
		if err != nil || e.Summary != doc.Summary || e.ID != s.Entries()[i].ID {
			t.Errorf("%s: summary %q, want %q, %v", e.ID, e.Summary, doc.Summary, err)
		}
	}
}

// wantSameStore holds a Store to be like one that has just read everything.
func wantSameStore(t *testing.T, s *Store, dir string) {
	t.Helper()
	fresh := open(t, dir)
	read(t, fresh)
	wantSameList(t, s.Entries(), fresh.Entries())
	if !slices.Equal(s.Skipped(), fresh.Skipped()) {
		t.Errorf("skipped %v, want %v", s.Skipped(), fresh.Skipped())
	}
	if state := s.State(); !state.Listed || !state.Complete || state.Percent != 100 {
		t.Errorf("listed %v, complete %v, %d %%", state.Listed, state.Complete, state.Percent)
	}
	for _, target := range []article.Text{"posts/007.md", "/old/full.html", "Also called", "quite-full", "/2021/full/", "https://example.org/a", "No 12", "plain"} {
		if got, want := s.Resolve("full.md", target), fresh.Resolve("full.md", target); !reflect.DeepEqual(got, want) || len(got.To) != 1 {
			t.Errorf("%s leads to %+v, want %+v", target, got, want)
		}
	}
	for _, text := range []string{"words", "number12", "title:everything", "tag:\"two words\"", "author:lovelace", "nowhere", "link -number3", "in:posts number7*"} {
		q := Question{Text: text, Limit: 1000}
		got, err := s.Search(context.Background(), q)
		want, err2 := fresh.Search(context.Background(), q)
		if err = errors.Join(err, err2); err != nil || got.Total != want.Total || !slices.Equal(hitIDs(got.Hits), hitIDs(want.Hits)) {
			t.Errorf("%q finds %d %q, want %d %q, %v", text, got.Total, hitIDs(got.Hits), want.Total, hitIDs(want.Hits), err)
		}
	}
}

func hitIDs(hits []article.Hit) []article.ID {
	var list []article.ID
	for _, h := range hits {
		list = append(list, h.Entry.ID)
	}
	slices.Sort(list)
	return list
}

func TestACollectionIsThereAtOnceTheNextTime(t *testing.T) {
	dir, cache := varied(t), filepath.Join(t.TempDir(), "not there yet")
	s := openWith(t, dir, cache)
	n := read(t, s).Articles
	wantSameStore(t, s, dir)
	wantSummaries(t, s)
	s.Close()
	// Nothing but the index can know that this was another text, because nothing
	// but the text has changed.
	file := filepath.Join(dir, "undated.md")
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		again := openWith(t, dir, cache)
		wantCounts(t, read(t, again), n, 0, 0, 0, 0)
		wantSameStore(t, again, dir)
		wantSummaries(t, again)
		// What is written later is written into the same index.
		write(t, dir, "another.md", strings.Repeat("another ", i+1))
		before := n
		n = read(t, again).Articles
		if k := again.State().Notice; k != "" || n != before+1-i {
			t.Errorf("%d articles, %d before, notice %q", n, before, k)
		}
		again.Close()
	}
	if err := os.WriteFile(file, []byte("# AMET CONSEC\n\n.."), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	again := openWith(t, dir, cache)
	wantCounts(t, read(t, again), n, 0, 0, 0, 0)
	q := Question{Text: "ipsum lorem", Limit: 9}
	if found, err := again.Search(context.Background(), q); err != nil || found.Total != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	for _, e := range again.Entries() {
		if e.ID == "undated.md" && e.Title != "undated" {
			t.Error("the file was read")
		}
	}
}

func TestRealPostsComeBackAsTheyWereRead(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "collections", "rust-blog")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the collection is not here")
	}
	cache := t.TempDir()
	s := openWith(t, dir, cache)
	n := read(t, s).Articles
	want := s.Entries()
	s.Close()
	again := openWith(t, dir, cache)
	wantCounts(t, read(t, again), n, 0, 0, 0, 0)
	wantSameList(t, again.Entries(), want)
	if n != 754 {
		t.Errorf("%d articles, want 754", n)
	}
}

func TestWorkThatWasBrokenOffIsGoneOnWith(t *testing.T) {
	dir, cache := varied(t), t.TempDir()
	for i := range 3 * batchFiles {
		write(t, dir, fmt.Sprintf("many/%d.md", i), "few")
	}
	added := 1 << 30
	for range 3 {
		s := openWith(t, dir, cache)
		ctx, cancel := context.WithCancel(context.Background())
		sum, err := s.Update(ctx, true, func(Progress) { cancel() })
		if !errors.Is(err, context.Canceled) || s.State().Complete {
			t.Fatalf("%v, complete %v", err, s.State().Complete)
		}
		if sum.Added >= added {
			t.Errorf("%d articles are new, after %d the last time: nothing was kept", sum.Added, added)
		}
		added = sum.Added
		cancel()
		s.Close()
	}
	s := openWith(t, dir, cache)
	if sum := read(t, s); sum.Added >= added || sum.Changed+sum.Moved+sum.Removed > 0 {
		t.Errorf("%+v after %d", sum, added)
	}
	wantSameStore(t, s, dir)
	s.Close()
	wantCounts(t, read(t, openWith(t, dir, cache)), len(s.Entries()), 0, 0, 0, 0)
}

func TestWorkThatIsGivenUpAnywhereLeavesAGoodIndex(t *testing.T) {
	dir, cache := varied(t), t.TempDir()
	for _, after := range []time.Duration{0, time.Millisecond, 5 * time.Millisecond, 15 * time.Millisecond, 30 * time.Millisecond, 60 * time.Millisecond, 100 * time.Millisecond} {
		s := openWith(t, dir, cache)
		ctx, cancel := context.WithTimeout(context.Background(), after)
		if _, err := s.Update(ctx, true, nil); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("given up after %v: %v", after, err)
		}
		cancel()
		if n := s.State().Notice; n != "" {
			t.Errorf("given up after %v: notice %q", after, n)
		}
		s.Close()
	}
	s := openWith(t, dir, cache)
	read(t, s)
	wantSameStore(t, s, dir)
}

func TestAListWithoutWordsIsMadeWholeTheNextTime(t *testing.T) {
	dir, cache := varied(t), t.TempDir()
	s := openWith(t, dir, cache)
	if _, err := s.List(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.Close()
	again := openWith(t, dir, cache)
	read(t, again)
	wantSameStore(t, again, dir)
}

func TestAnIndexThatCannotBeKeptIsSaidInOneLine(t *testing.T) {
	dir := varied(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openWith(t, dir, filepath.Join(file, "cache"))
	read(t, s)
	if n := s.State().Notice; n != "the index is not kept, because it cannot be written: not a directory" || s.Kept() {
		t.Errorf("notice %q, kept %v", n, s.Kept())
	}
	wantSameStore(t, s, dir)
}

// indexFile is the one index in a cache.
func indexFile(t *testing.T, cache string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cache, "*", "index.db"))
	if err != nil || len(files) != 1 {
		t.Fatalf("indexes %q, %v", files, err)
	}
	return files[0]
}

// spoil flips a bit of a byte in each page of an index, from one byte on.
func spoil(t *testing.T, file string, from int) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := from; at < len(data); at += 4096 {
		data[at] ^= 0x40
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestADamagedIndexIsMadeAnewBeforeLong(t *testing.T) {
	dir := varied(t)
	for _, from := range []int{0, 30, 4096, 4096 + 100, 4096 + 2000, 2*4096 + 4000} {
		cache := t.TempDir()
		s := openWith(t, dir, cache)
		read(t, s)
		s.Close()
		spoil(t, indexFile(t, cache), from)
		again := openWith(t, dir, cache)
		again.Keep(context.Background())
		until(t, again, "notice", func(st State) bool { return strings.HasSuffix(string(st.Notice), "it is being made anew") })
		until(t, again, "whole list", func(st State) bool { return st.Complete && st.Percent == 100 })
		again.Update(context.Background(), true, nil) // waits for the pass that is under way
		wantSameStore(t, again, dir)
		again.Close()
		last := openWith(t, dir, cache)
		wantCounts(t, read(t, last), len(again.Entries()), 0, 0, 0, 0)
		if n := last.State().Notice; n != "" {
			t.Errorf("bytes from %d on: made anew twice: %q", from, n)
		}
		last.Close()
	}
}

// Sums find what nobody would stumble upon; without them, damage is found when
// it is read.
func TestDamageThatIsFoundInAPassIsNoError(t *testing.T) {
	dir, cache := varied(t), t.TempDir()
	s := openWith(t, dir, cache)
	read(t, s)
	s.Close()
	file := indexFile(t, cache)
	os.Remove(filepath.Join(filepath.Dir(file), "index.sums"))
	spoil(t, file, 4096+5)
	again := openWith(t, dir, cache)
	read(t, again)
	wantSameStore(t, again, dir)
}

func TestTwoCarrelsReadOneCollection(t *testing.T) {
	dir, cache := varied(t), t.TempDir()
	first, second := openWith(t, dir, cache), openWith(t, dir, cache)
	read(t, first)
	n := len(first.Entries())
	read(t, second)
	wantSameStore(t, second, dir)
	if err := second.Rebuild(context.Background()); !errors.Is(err, index.ErrReader) {
		t.Errorf("the index of another process is thrown away: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	second.Keep(ctx)
	// The second hears of what the first has written.
	write(t, dir, "new.md", dated("New", 20, "novelty"))
	read(t, first)
	until(t, second, "article that the first has indexed", func(st State) bool { return len(st.Entries) == n+1 && st.Percent == 100 })
	if found, err := second.Search(ctx, Question{Text: "novelty", Limit: 9}); err != nil || found.Total != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	// When the first has gone, the second does its work.
	first.Close()
	write(t, dir, "newer.md", dated("Newer", 21, "greater"))
	until(t, second, "article that the second has indexed", func(st State) bool { return len(st.Entries) == n+2 && st.Percent == 100 })
	if found, err := second.Search(ctx, Question{Text: "greater", Limit: 9}); err != nil || found.Total != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	second.Close()
	wantCounts(t, read(t, openWith(t, dir, cache)), n+2, 0, 0, 0, 0)
}

func TestARebuiltIndexHasEverything(t *testing.T) {
	for _, cache := range []string{"", t.TempDir()} {
		dir := varied(t)
		s := openWith(t, dir, cache)
		for range 2 {
			if err := s.Rebuild(context.Background()); err != nil {
				t.Fatal(err)
			}
			read(t, s)
			wantSameStore(t, s, dir)
		}
		s.Close()
		again := openWith(t, dir, cache)
		if err := again.Rebuild(context.Background()); err != nil {
			t.Fatal(err)
		}
		if sum := read(t, again); sum.Added != sum.Articles+1 { // one of them is too large
			t.Errorf("%+v", sum)
		}
	}
}

func TestEachCollectionHasItsOwnIndex(t *testing.T) {
	top, cache := t.TempDir(), t.TempDir()
	for _, name := range []string{"one/notes", "two/notes", "two/" + strings.Repeat("long", 20), "two/../ünï\n"} {
		dir := filepath.Join(top, name)
		write(t, dir, filepath.Base(name)[:1]+".md", dated(strings.ToUpper(name[:3]), 1, "text"))
		s := openWith(t, dir, cache)
		wantCounts(t, read(t, s), 1, 1, 0, 0, 0)
		s.Close()
	}
	left, err := os.ReadDir(cache)
	if err != nil || len(left) != 4 {
		t.Fatalf("%v, %v", left, err)
	}
	for _, e := range left {
		if strings.ContainsFunc(e.Name(), func(r rune) bool { return r > '~' || r <= ' ' }) || len(e.Name()) > 60 {
			t.Errorf("a folder is called %q", e.Name())
		}
	}
}
