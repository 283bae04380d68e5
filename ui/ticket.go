package ui

import "context"

// Ticket is the identity of one request in flight. An answer carries the ticket
// of its question; one with an old ticket is dropped before anything else is
// looked at. The zero Ticket is no request.
type Ticket struct {
	number int
	cancel context.CancelFunc
}

// open tells whether an answer is being waited for.
func (t Ticket) open() bool { return t.cancel != nil }

// next cancels the request in flight and returns the ticket of a new one with
// its context.
func (t Ticket) next(parent context.Context) (Ticket, context.Context) {
	t.stop()
	ctx, cancel := context.WithCancel(parent)
	return Ticket{number: t.number + 1, cancel: cancel}, ctx
}

// done ends the request; its number stays, so that a late answer is recognised.
func (t Ticket) done() Ticket {
	t.stop()
	return Ticket{number: t.number}
}

func (t Ticket) stop() {
	if t.cancel != nil {
		t.cancel()
	}
}
