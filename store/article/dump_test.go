package article
import ("testing";"os";"fmt")
func TestDump(t *testing.T){ f:=os.Getenv("DUMP"); if f=="" {return}; d,_:=os.ReadFile(f); fmt.Println(dump(Parse(Input{ID:"x/2020-01-02-foo.md",Data:d})))}
