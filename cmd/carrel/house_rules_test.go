package main_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
	"testing"
)

// longest is the number of lines at which a file has to be parted.
const longest = 600

func TestHouseRules(t *testing.T) {
	all := house(t)
	faults := packageFaults(all)
	for _, s := range all {
		faults = append(faults, textFaults(s)...)
		faults = append(faults, fileFaults(s)...)
		faults = append(faults, nameFaults(s)...)
		faults = append(faults, globalFaults(s)...)
	}
	report(t, faults)
}

// packageFaults finds packages that do not say what they are.
func packageFaults(all []source) []string {
	documented := map[string]bool{}
	for _, s := range all {
		if !s.isTest() && strings.TrimSpace(s.file.Doc.Text()) != "" {
			documented[s.folder()] = true
		}
	}
	var faults []string
	for _, s := range all {
		if folder := s.folder(); !s.isTest() && !documented[folder] {
			documented[folder] = true // said once is enough
			faults = append(faults, s.fault(s.file.Package, "package %s has no package comment: write doc.go", folder))
		}
	}
	return faults
}

// textFaults finds text that was made inert by hand. Constants are safe, and
// need no conversion but where a type must be named.
func textFaults(s source) []string {
	local := importedAs(s, module+"/store/article")
	if s.isTest() || local == "" {
		return nil
	}
	if local == "." {
		return []string{s.fault(s.file.Package, "store/article is imported by its bare names: name it, so that its Text can be told")}
	}
	var faults []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || isLiteral(call.Args[0]) {
			return true
		}
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Text" {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == local {
				faults = append(faults, s.fault(call.Pos(), "a variable is converted to article.Text: only article.Clean and article.Line make text inert"))
			}
		}
		return true
	})
	return faults
}

// importedAs returns the name under which a file knows a package, or "".
func importedAs(s source, name string) string {
	for _, spec := range s.file.Imports {
		if spec.Path.Value != `"`+name+`"` {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return name[strings.LastIndexByte(name, '/')+1:]
	}
	return ""
}

// isLiteral tells whether e is a string that stands in the source.
func isLiteral(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return e.Kind == token.STRING
	case *ast.BinaryExpr:
		return isLiteral(e.X) && isLiteral(e.Y)
	}
	return false
}

// fileFaults finds files that are too long, and work put off in a comment.
func fileFaults(s source) []string {
	var faults []string
	if n := strings.Count(s.text, "\n"); n > longest {
		faults = append(faults, s.fault(s.file.Package, "%d lines; a file has at most %d", n, longest))
	}
	later := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME)\b`)
	for _, group := range s.file.Comments {
		for _, c := range group.List {
			if word := later.FindString(c.Text); word != "" {
				faults = append(faults, s.fault(c.Pos(), "%s: do it, or write an issue", word))
			}
		}
	}
	return faults
}

// nameFaults finds exported names without a comment, methods included.
func nameFaults(s source) []string {
	if s.isTest() {
		return nil
	}
	var faults []string
	need := func(name *ast.Ident, doc ...*ast.CommentGroup) {
		for _, d := range doc {
			if strings.TrimSpace(d.Text()) != "" {
				return
			}
		}
		if name.IsExported() {
			faults = append(faults, s.fault(name.Pos(), "%s is exported and has no comment", name.Name))
		}
	}
	for _, decl := range s.file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || exportedReceiver(d.Recv) && !isCustomary(d.Name.Name) {
				need(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					need(spec.Name, spec.Doc, d.Doc, spec.Comment)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						need(name, spec.Doc, d.Doc, spec.Comment)
					}
				}
			}
		}
	}
	return faults
}

// exportedReceiver tells whether a method belongs to an exported type.
func exportedReceiver(list *ast.FieldList) bool {
	exported := false
	ast.Inspect(list.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			exported = exported || id.IsExported()
		}
		return true
	})
	return exported
}

// isCustomary lists methods that say nothing but that the type is an error, a
// string, or something to sort.
func isCustomary(method string) bool {
	switch method {
	case "Error", "Unwrap", "Is", "As", "String", "Len", "Less", "Swap":
		return true
	}
	return false
}

// sharedValues lists the variables at package level that ui may have besides
// errors, assertions and embedded files, as "folder.name", each with the reason
// why no session can feel another through it.
func sharedValues() map[string]string {
	return map[string]string{}
}

// globalFaults finds variables that a second session could feel.
func globalFaults(s source) []string {
	if s.isTest() || !within(s.folder(), "ui") {
		return nil
	}
	var faults []string
	for _, decl := range s.file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			v := spec.(*ast.ValueSpec)
			if isEmbed(d.Doc) || isEmbed(v.Doc) {
				continue
			}
			for i, name := range v.Names {
				if name.Name == "_" || isError(v, i) || sharedValues()[s.folder()+"."+name.Name] != "" {
					continue
				}
				faults = append(faults, s.fault(name.Pos(), "%s is shared by all sessions: build it in a constructor, or list it with a reason in sharedValues", name.Name))
			}
		}
	}
	return faults
}

func isEmbed(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.HasPrefix(c.Text, "//go:embed ") {
			return true
		}
	}
	return false
}

// isError tells whether the i-th variable of v is a sentinel error.
func isError(v *ast.ValueSpec, i int) bool {
	if !strings.HasPrefix(strings.ToLower(v.Names[i].Name), "err") || i >= len(v.Values) {
		return false
	}
	call, ok := v.Values[i].(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (sel.Sel.Name == "New" || sel.Sel.Name == "Errorf")
}
