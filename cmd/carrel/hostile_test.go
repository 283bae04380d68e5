package main

import "strings"

// attacks are what an article may try on a terminal, each with the poison in it.
func attacks() []string {
	return []string{
		"\x1b]52;c;" + poison + "\a", "\x1b]0;" + poison + "\x1b\\", "\x1bP+p" + poison + "\x1b\\", "\x1b_" + poison + "\x1b\\", "\x1b^" + poison + "\x1b\\",
		"\x1bX" + poison + "\x1b\\", "\u009d52;c;" + poison + "\u009c", "\u009b2J" + poison, "\x9b2J" + poison, "\x9f" + poison + "\x9c",
		"\x1b[2J" + poison, "\x1b[?1049l" + poison, "\x1bc" + poison, "\x07\x08" + poison, "\u202e" + poison + "\u2066", "\U000e0041" + poison,
		"&#27;]52;c;" + poison + "&#7;", "&#x1b;[2J" + poison, "&#x9b;2J" + poison, "&amp;#x9b;2J" + poison, "&#155;2J" + poison, "&#8238;" + poison,
	}
}

// hostile is an article with every attack in every place of it.
func hostile() string {
	var b strings.Builder
	b.WriteString("---\ntitle: \"Viper \\e]52;c;" + poison + "\\a\\x9b2J\\u202e " + poison + "\"\n")
	b.WriteString("authors: [\"\\e]0;" + poison + "\\a\"]\ntags: [\"\\e[2J" + poison + "\", \"\\u0085\"]\nrelated: [\"\\e]8;;file:" + poison + "\\a\"]\n---\n\n")
	for _, a := range attacks() {
		b.WriteString("## Heading " + a + " ends\n\n")
		b.WriteString("Words " + a + " *and* `code " + a + "` [label " + a + "](https://example.org/) [x](<https://example.org/?" + strings.ReplaceAll(a, poison, "q") + ">)\n\n")
		b.WriteString("[script](javascript:" + poison + ") [file](file:///" + poison + ") ![alt " + a + "](" + poison + ".png)\n\n")
		b.WriteString("| a | b |\n|---|---|\n| " + a + " | cell |\n\n")
		b.WriteString("```" + a + "\n" + a + "\n```\n\n- " + a + "\n\n> " + a + "\n\n<b>" + a + "</b>\n\n[^n]: " + a + "\n\nNote[^n].\n\n")
	}
	return b.String()
}
