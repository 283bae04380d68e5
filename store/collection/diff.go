package collection

import (
	"strings"

	"carrel/store/article"
)

// Known is a file as it was when it was read last.
type Known struct {
	ID article.ID
	Stamp
}

// Move is a file that has another name now.
type Move struct {
	From article.ID
	File
}

// Changes is how a folder differs from what is known of it. Each list is in the
// order of the ids.
type Changes struct {
	Added, Changed []File
	// Moved are files that vanished under one name and appeared under another,
	// with the same inode, size and time.
	Moved   []Move
	Removed []article.ID
}

// Len is the number of changes.
func (c Changes) Len() int {
	return len(c.Added) + len(c.Changed) + len(c.Moved) + len(c.Removed)
}

// Diff compares what is known with what a walk has found. Both are in the order
// of their ids.
func Diff(known []Known, found []File) Changes {
	var c Changes
	var gone []Known
	for len(known) > 0 || len(found) > 0 {
		order := -1
		switch {
		case len(known) == 0:
			order = 1
		case len(found) > 0:
			order = strings.Compare(string(known[0].ID), string(found[0].ID))
		}
		switch {
		case order < 0:
			gone, known = append(gone, known[0]), known[1:]
		case order > 0:
			c.Added, found = append(c.Added, found[0]), found[1:]
		default:
			if !known[0].Same(found[0].Stamp) {
				c.Changed = append(c.Changed, found[0])
			}
			known, found = known[1:], found[1:]
		}
	}
	c.pair(gone)
	return c
}

// pair finds those of the added files that are the same as files that are gone.
func (c *Changes) pair(gone []Known) {
	byInode := map[uint64]int{}
	for i, k := range gone {
		if k.Inode != 0 {
			byInode[k.Inode] = i
		}
	}
	moved := map[int]bool{}
	added := c.Added[:0:0]
	for _, f := range c.Added {
		if i, ok := byInode[f.Inode]; ok && !moved[i] && gone[i].Same(f.Stamp) {
			moved[i] = true
			c.Moved = append(c.Moved, Move{From: gone[i].ID, File: f})
			continue
		}
		added = append(added, f)
	}
	c.Added = added
	for i, k := range gone {
		if !moved[i] {
			c.Removed = append(c.Removed, k.ID)
		}
	}
}

// Same tells whether a file is in the same state.
func (s Stamp) Same(t Stamp) bool {
	return s.Size == t.Size && s.Inode == t.Inode && s.ModTime.Equal(t.ModTime)
}
