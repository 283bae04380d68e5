package article

import (
	"fmt"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		return
	}
	d, _ := os.ReadFile(f)
	fmt.Println(dump(Parse(Input{ID: "x/2020-01-02-foo.md", Data: d})))
}
