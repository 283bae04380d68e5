package article
import ("testing";"fmt")
func TestDbg(t *testing.T){ l:=partLines(); i:=15; s:=l[i]+"\n"+l[(i*7+3)%len(l)]+"\n\nText\n\n"+l[(i*5+1)%len(l)]+"\n\nText"; fmt.Printf("%q\n",s); fmt.Println(dump(parse(Input{ID:"x.md",Data:[]byte(s)},1<<30))); fmt.Println(dump(parse(Input{ID:"x.md",Data:[]byte(s)},8)))}
