// Command carrel reads collections of articles in a terminal.
package main

import (
	"context"
	"os"
)

func main() {
	os.Exit(run(context.Background(), system(), os.Args[1:]))
}
