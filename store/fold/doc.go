// Package fold knows in which form characters are compared when people look for
// something: canonically decomposed (Unicode NFD) without the marks, in lower
// case, with a few letters spelled out. It knows single characters only; what a
// word is, and in which order words rank, is for its callers to say. Start
// reading at Decompose, KindOf and Append, which are used in this order.
package fold
