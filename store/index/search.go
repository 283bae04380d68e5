package index

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"carrel/store/query"
)

// Expression is what FTS5 looks for: words and phrases joined by AND, OR and
// NOT. Every word in it has been folded and stands between quotes, so that
// nothing in it is an operator by accident.
type Expression string

// Opens tells whether a term asks for the beginning of a word and is so short that
// Openings answers it. FTS5 has the answer to the others.
func Opens(t query.Term) bool {
	return t.Prefix && len(t.Words) == 1 && t.Field == query.Anywhere && utf8.RuneCountInString(t.Words[0]) <= openingLength(t.Words[0])
}

// Openings returns the numbers of all articles with a word that begins as a term
// says, in ascending order. See Opens.
func (ix *Index) Openings(ctx context.Context, t query.Term) ([]int64, error) {
	return ix.docs(ctx, "SELECT rowid FROM opening WHERE opening MATCH ?", Expression(`"`+t.Words[0]+`"`))
}

// Of returns the expression for a term that has words. Whether the term is
// negated is not part of it.
func Of(t query.Term) Expression {
	words := t.Words
	e := `"` + strings.Join(words, " ") + `"`
	if t.Prefix {
		e += " *"
	}
	switch t.Field {
	case query.Title:
		return Expression("{title} : " + e)
	case query.Author:
		return Expression("{author} : " + e)
	case query.Tag:
		return Expression("{tags} : " + e)
	}
	return Expression(e)
}

// And returns the expression for texts that answer all of several.
func And(list ...Expression) Expression { return join(list, " AND ") }

// Or returns the expression for texts that answer any of several.
func Or(list ...Expression) Expression { return join(list, " OR ") }

// Not returns the expression for texts that answer one and not the other.
func Not(yes, no Expression) Expression { return "(" + yes + ") NOT (" + no + ")" }

func join(list []Expression, with string) Expression {
	if len(list) == 1 {
		return list[0]
	}
	parts := make([]string, len(list))
	for i, e := range list {
		parts[i] = "(" + string(e) + ")"
	}
	return Expression(strings.Join(parts, with))
}

// Scored is an article that answers an expression. Of two the one with the higher
// score answers it better (bm25, see weights).
type Scored struct {
	Doc   int64
	Score float64
}

// Docs returns the numbers of all articles that answer an expression, in
// ascending order.
func (ix *Index) Docs(ctx context.Context, e Expression) ([]int64, error) {
	return ix.docs(ctx, "SELECT rowid FROM text WHERE text MATCH ?", e)
}

func (ix *Index) docs(ctx context.Context, text string, e Expression) ([]int64, error) {
	var docs []int64
	err := ix.each(ctx, text, []driver.Value{string(e)}, func(row []driver.Value) {
		docs = append(docs, number(row[0]))
	})
	return docs, err
}

// number is a number of a row; zero, which is none, if it is something else.
func number(v driver.Value) int64 {
	n, _ := v.(int64)
	return n
}

// Newest returns the highest numbers below a bound of articles that answer an
// expression, in descending order and as many as limit. It costs next to nothing
// however many there are.
func (ix *Index) Newest(ctx context.Context, e Expression, below int64, limit int) ([]int64, error) {
	var docs []int64
	args := []driver.Value{string(e), below, int64(limit)}
	err := ix.each(ctx, "SELECT rowid FROM text WHERE text MATCH ? AND rowid<? ORDER BY rowid DESC LIMIT ?", args, func(row []driver.Value) {
		docs = append(docs, number(row[0]))
	})
	return docs, err
}

// sharing is the number of articles from which on two connections share the
// ranking: below, it would take longer to meet than to do it alone.
const sharing = 5000

// Scores returns all articles that answer an expression with their scores, in no
// order. Most of the work is to look up how long each text is, so two connections
// share it.
func (ix *Index) Scores(ctx context.Context, e Expression) ([]Scored, error) {
	least, most, err := ix.bounds(ctx)
	if err != nil {
		return nil, err
	}
	if most-least < sharing {
		return ix.scores(ctx, e, 0, most+1)
	}
	middle := least + (most-least)/2
	var halves [2][]Scored
	var errs [2]error
	var both sync.WaitGroup
	for i, bounds := range [2][2]int64{{0, middle}, {middle, most + 1}} {
		both.Go(func() { halves[i], errs[i] = ix.scores(ctx, e, bounds[0], bounds[1]) })
	}
	both.Wait()
	return append(halves[0], halves[1]...), errors.Join(errs[:]...)
}

// bounds are the lowest and the highest number of an article.
func (ix *Index) bounds(ctx context.Context) (least, most int64, err error) {
	db, release, err := ix.reader()
	if err != nil {
		return 0, 0, err
	}
	defer release()
	var low, high sql.NullInt64
	err = db.QueryRowContext(ctx, "SELECT (SELECT min(doc) FROM article), (SELECT max(doc) FROM article)").Scan(&low, &high)
	return low.Int64, high.Int64, classify(err)
}

func (ix *Index) scores(ctx context.Context, e Expression, from, below int64) ([]Scored, error) {
	var found []Scored
	args := []driver.Value{string(e), from, below}
	err := ix.each(ctx, "SELECT rowid, -bm25(text, "+weights+") FROM text WHERE text MATCH ? AND rowid>=? AND rowid<?", args, func(row []driver.Value) {
		score, _ := row[1].(float64)
		found = append(found, Scored{number(row[0]), score})
	})
	return found, err
}

// each calls f for every row of a query, past database/sql: a hundred thousand
// rows of one number would cost three times as much there. The row is valid
// during the call only.
func (ix *Index) each(ctx context.Context, text string, args []driver.Value, f func([]driver.Value)) error {
	db, release, err := ix.reader()
	if err != nil {
		return err
	}
	defer release()
	conn, err := db.Conn(ctx)
	if err != nil {
		return classify(err)
	}
	defer conn.Close()
	return classify(conn.Raw(func(c any) error {
		named := make([]driver.NamedValue, len(args))
		for i, v := range args {
			named[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
		}
		q, ok := c.(driver.QueryerContext)
		if !ok {
			return driver.ErrSkip
		}
		rows, err := q.QueryContext(ctx, text, named)
		if err != nil {
			return err
		}
		defer rows.Close()
		row := make([]driver.Value, len(rows.Columns()))
		for {
			switch err := rows.Next(row); err {
			case nil:
				f(row)
			case io.EOF:
				return ctx.Err()
			default:
				return err
			}
		}
	}))
}
