package search

// Language describes what can be searched for, for the help and the empty pane:
// what to type, and what it finds.
func Language() [][2]string {
	return [][2]string{
		{"tide wind", "articles that have all of these words"},
		{`"tide table"`, "these words next to each other"},
		{"-wind", "not those that have this word"},
		{"tide OR wind", "one of them is enough"},
		{"harb*", "words that begin like this"},
		{"title:tide", "in the title; also author: and tag:"},
		{"in:notes", "in this folder"},
		{"after:2024-05", "from May 2024 on; before:2025 ends with 2024"},
		{"lang:de", "in this language; site: from this web site"},
		{"is:unread", "all, as none is marked as read or starred"},
	}
}
