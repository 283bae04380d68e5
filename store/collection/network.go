package collection

// unknownKind stands for a file system that could not be told from others.
const unknownKind = "unknown"

// OnNetwork tells whether a folder, which must exist, lies on a file system that
// other computers may change too, or that a program of the user provides; and
// which kind it is of. There changes are not told of reliably, nor do locks and
// shared memory work as databases need them. A folder of which it cannot be told
// counts as one, of the kind "unknown".
func OnNetwork(dir string) (kind string, ok bool) {
	kind = networkKind(dir)
	return kind, kind != ""
}
