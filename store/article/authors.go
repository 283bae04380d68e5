package article

import "strings"

// authors takes the first of its fields that has any. An item of a list is one
// author. A string may name several, see splitAuthors.
func (f fields) authors() []string {
	for _, name := range authorFields() {
		var list []string
		if s, ok := f[name].(string); ok {
			list = splitAuthors(s)
		} else {
			list = listOf(f[name], titleOf)
		}
		var out []string
		for _, author := range list {
			if author = wikiLabel(author); author != "" {
				out = append(out, author)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// splitAuthors parts a byline: at semicolons if there are any; else at commas,
// at " and " and at " & ".
//
// "Jun Kwon, Utica College" may be two authors or one with an employer; nothing
// in the string tells. It is parted, because that shows the same: authors are
// listed with commas between them. A degree or "Jr." stays with its name, and a
// group ("The Core and Library Teams") is not parted at its conjunction.
func splitAuthors(s string) []string {
	s = strings.TrimSpace(s)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	if strings.Contains(s, ";") {
		return strings.SplitN(s, ";", maxNames)
	}
	if len(s) < 4 || !strings.EqualFold(s[:4], "the ") {
		s = strings.NewReplacer(" and ", ",", " & ", ",").Replace(s)
	}
	var out []string
	for _, part := range strings.SplitN(s, ",", maxNames) {
		if part = strings.TrimSpace(part); len(out) > 0 && isSuffix(part) {
			out[len(out)-1] += ", " + part
		} else {
			out = append(out, part)
		}
	}
	return out
}

// isSuffix tells what follows a name behind a comma from another name.
func isSuffix(s string) bool {
	switch strings.ToLower(strings.ReplaceAll(s, ".", "")) {
	case "jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "inc", "ltd", "llc":
		return true
	}
	return false
}
