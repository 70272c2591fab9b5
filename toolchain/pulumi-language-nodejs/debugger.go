package main

import (
	"context"
	"fmt"
	"net"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/structpb"
)

// debugger makes Node.js wait for a debugger (`pulumi up --attach-debugger`). A nil debugger does nothing.
type debugger struct {
	port int
}

func newDebugger(wanted bool) (*debugger, error) {
	if !wanted {
		return nil, nil
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("no free port for the debugger: %w", err)
	}
	defer listener.Close()
	return &debugger{port: listener.Addr().(*net.TCPAddr).Port}, nil
}

func (debug *debugger) nodeArgs() []string {
	if debug == nil {
		return nil
	}
	return []string{
		fmt.Sprintf("--inspect-brk=127.0.0.1:%d", debug.port),
		"--inspect-publish-uid=http", // not on stderr, which would show as a diagnostic of the program
	}
}

// announce tells the engine, and by it the user's editor, where to attach.
func (debug *debugger) announce(ctx context.Context, engineAddress, name string, pid int) error {
	if debug == nil {
		return nil
	}
	config, err := structpb.NewStruct(map[string]any{
		"name":             name,
		"type":             "node",
		"request":          "attach",
		"port":             debug.port,
		"processId":        pid,
		"continueOnAttach": true,
		"skipFiles":        []any{"<node_internals>/**"},
	})
	if err != nil {
		return err
	}
	connection, err := grpc.NewClient(engineAddress,
		grpc.WithTransportCredentials(insecure.NewCredentials()), rpcutil.GrpcChannelOptions())
	if err != nil {
		return fmt.Errorf("could not reach the engine to start debugging: %w", err)
	}
	defer connection.Close()
	_, err = pulumirpc.NewEngineClient(connection).StartDebugging(ctx, &pulumirpc.StartDebuggingRequest{
		Config:  config,
		Message: fmt.Sprintf("on process id %d, 127.0.0.1:%d", pid, debug.port),
	})
	if err != nil {
		return fmt.Errorf("the engine could not start debugging: %w", err)
	}
	return nil
}
