package main

import (
	"sync"

	"google.golang.org/grpc"
)

// lockedStream lets a child's stdout and stderr, which are copied at the same time, share one gRPC stream.
type lockedStream[Message any] struct {
	grpc.ServerStream
	lock sync.Mutex
	send func(*Message) error
}

func (stream *lockedStream[Message]) Send(message *Message) error {
	stream.lock.Lock()
	defer stream.lock.Unlock()
	return stream.send(message)
}
