// Package ui is the reader as a Bubble Tea program. The root Model routes: keys
// go to the focused pane, panes answer with intents, act decides on each intent,
// and commands.go does what takes time, outside of the loop. The package sees
// the world through the interface Library and does no input or output of its own.
// One Model is one session; nothing here is shared between sessions but
// documents, which do not change. Start reading at Model.Update and Model.act.
package ui
