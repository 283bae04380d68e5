package markdown

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carrel/store/article"
	"carrel/ui/theme"
)

// posts is a real collection beside the repository.
const posts = "../../../shared/collections/rust-blog"

func TestRealPostsAreLaidOutWhole(t *testing.T) {
	if _, err := os.Stat(posts); err != nil {
		t.Skip("the collection is not here")
	}
	r := marked(theme.Options{Dark: true})
	n := 0
	err := filepath.WalkDir(posts, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		if n++; n%5 != 1 {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, b := range article.Parse(article.Input{ID: "post.md", Data: data}).Blocks {
			for _, width := range []int{72, 33} {
				if err := examine(r, b, width); err != nil {
					t.Errorf("%s at %d columns: %v", path, width, err)
				}
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Fatalf("%d posts: %v", n, err)
	}
}
