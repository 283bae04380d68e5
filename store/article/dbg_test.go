package article
import ("testing";"fmt";"strings")
func TestDbg(t *testing.T){ var r region; s:="</textarea >\n~~~\n\n~~~\n\nText"; blank:=false; for l:=range strings.Lines(s) { r.see(l,blank); blank=isBlank(l); fmt.Printf("%q %+v\n",l,r)}; fmt.Printf("%q\n",cutParts(s,1)) }
