package article

import "time"

// ID is the stable name of an article: its path inside the collection, with
// forward slashes. It is a key for opening the file and therefore keeps the
// bytes of the name as they are; Text makes it fit for a screen.
type ID string

// Text returns the id as one inert line.
func (id ID) Text() Text { return Line(string(id)) }

// Kind is the format that an article was read from.
type Kind string

// The formats. Other kinds of file are not articles.
const (
	Markdown Kind = "markdown"
	Plain    Kind = "text"
)

// DateSource tells where an article's date was found, the most reliable first.
type DateSource uint8

// The sources of a date. A date from the file's modification time is a guess.
const (
	NoDate DateSource = iota
	DateFromField
	DateFromName
	DateFromPath
	DateFromModTime
)

// Entry is the light row that stands for an article in lists. It never holds
// the body.
type Entry struct {
	ID      ID
	Title   Text
	Authors []Text
	// Date is when the article was published, in the zone that it names; it is
	// the zero time if nothing told. DateSource says how far to trust it.
	Date       time.Time
	DateSource DateSource
	Tags       []Text
	Summary    Text
	// Source is the web address that the article was taken from, if it names one.
	Source Text
	// Lang is the language that the article names for itself, as a tag in lower
	// case such as "de" or "pt-br" (BCP 47); empty if it names none.
	Lang Text
	Kind Kind
	// Words counts the words of the body; zero until the body is parsed.
	Words    int
	Warnings []Warning
}

// WordsAMinute is the reading pace behind Entry.Minutes.
const WordsAMinute = 230

// Minutes returns the reading time in whole minutes, at least one for an
// article that has words, and zero while the words are not counted.
func (e Entry) Minutes() int { return (e.Words + WordsAMinute - 1) / WordsAMinute }

// Warning is something about a file that a reader may want to know: a broken
// front matter, an unclosed block. Line is 1-based, zero if no line is to blame.
type Warning struct {
	Line int
	Text Text
}

// Names are the ways in which links may call an article, besides its path.
type Names struct {
	// Paths are addresses on the article's own site, without the leading slash:
	// the front matter's path, permalink and url.
	Paths []string
	// Aliases are further names: site paths or titles.
	Aliases []string
	// Slug is the last part of the article's address: the field of that name, or
	// the file name without extension and date prefix.
	Slug string
	// Related are the targets that the front matter lists as related, in order.
	Related []string
}

// Head is what a list and a link resolver need to know of an article.
type Head struct {
	Entry
	Names Names
}

// Document is a parsed article. It is immutable after Parse.
type Document struct {
	Head
	Blocks  []Block
	Outline []Heading
	Links   []Link
	// Anchors are the places that a #fragment may name.
	Anchors []Anchor
	// Size is the length of all text, in the unit of Block.From: bytes of text.
	Size int
}

// Anchor is a named place of an article.
type Anchor struct {
	Name   Text
	Block  int // index in Document.Blocks
	Offset int // in the flattened text of that block
}

// BlockKind says what a block is.
type BlockKind uint8

// The kinds of block. List, Quote, Item, Table, Row and Footnote hold further blocks;
// the others hold text.
const (
	Paragraph BlockKind = iota
	HeadingBlock
	Code
	Quote
	List
	Item
	Table
	Row
	Cell
	Rule
	Footnote
	Term
	Definition
	// Title is a first heading that repeats the title of the article: the page
	// shows it in its masthead only.
	Title
)

// Block is one piece of an article. A top-level block is never unbounded:
// longer lists, tables, code and paragraphs are split, and the later pieces are
// marked Continues.
type Block struct {
	Kind BlockKind
	// Level is the level of a heading (1 to 6), the number of an Item in an
	// ordered list (zero otherwise), or the number of a Footnote.
	Level int
	// Tight: the items of this list are not parted by blank lines.
	Tight bool
	// Continues: this block goes on where the previous one was split. A part of
	// such a block may continue as well: an Item that does has had its marker.
	Continues bool
	// Task is set for an Item that begins with a checkbox.
	Task Task
	// Info is the language of Code, the anchor of a heading, or the alignment of
	// a Table (one letter a column: l, c, r or - for none).
	Info Text
	// Text is the block's own text. A newline in it is a hard line break.
	Text Text
	// Spans mark parts of Text, in order and without overlap.
	Spans []Span
	// Blocks are the parts of a block that holds further blocks.
	Blocks []Block
	// From is where the block begins in the text of the whole document, in bytes
	// of text. It is set for top-level blocks.
	From int
}

// Task is the state of a checkbox.
type Task uint8

// The states of a checkbox.
const (
	NoTask Task = iota
	OpenTask
	DoneTask
)

// Style is a set of inline styles.
type Style uint16

// The inline styles.
const (
	Emphasis Style = 1 << iota
	Strong
	CodeSpan
	Strike
	Mark
	Underline
	Sub
	Sup
	Image
	FootnoteRef
)

// Span gives the bytes Start to End of a block's Text a style, a link, or both.
type Span struct {
	Start, End uint32
	Style      Style
	// Link is one more than the index of the link in Document.Links; zero for none.
	Link int32
}

// Heading is a line of the outline.
type Heading struct {
	Level  int
	Text   Text
	Anchor Text
	Block  int // index in Document.Blocks
	// Offset is where the heading begins in the flattened text of that block;
	// it is not zero for one that stands in a quote, a list or a footnote.
	Offset int
}

// Link is a link of an article, with what makes it readable elsewhere.
type Link struct {
	// Target is what the article says: a path, an address, a #fragment.
	Target Text
	Label  Text
	// Sentence is the sentence around the link, shortened to about 240 bytes.
	Sentence Text
	// Block is the index of the top-level block that holds the link, -1 for one
	// that stands in the front matter only.
	Block int
	// Offset is where the link begins in the flattened text of that block.
	Offset int
}

// Place is a reading position that survives width, theme and restart: a
// top-level block, an offset in its flattened text (see Block.Flat), and a few
// words from there to find it again after edits.
type Place struct {
	Block  int
	Offset int
	Words  Text
}
