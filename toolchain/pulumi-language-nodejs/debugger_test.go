package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// debuggingEngine keeps the last request to start debugging.
type debuggingEngine struct {
	pulumirpc.UnimplementedEngineServer
	started chan *pulumirpc.StartDebuggingRequest
}

func (engine *debuggingEngine) StartDebugging(
	_ context.Context, request *pulumirpc.StartDebuggingRequest,
) (*emptypb.Empty, error) {
	engine.started <- request
	return &emptypb.Empty{}, nil
}

func TestTheEngineIsToldWhereToDebug(t *testing.T) {
	t.Parallel()
	engine := &debuggingEngine{started: make(chan *pulumirpc.StartDebuggingRequest, 1)}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	server := grpc.NewServer()
	pulumirpc.RegisterEngineServer(server, engine)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)

	for name, run := range map[string]func(host pulumirpc.LanguageRuntimeClient, dir string) error{
		"Pulumi: Program (Node.js)": func(host pulumirpc.LanguageRuntimeClient, dir string) error {
			request := runRequest(t, dir, nil)
			request.AttachDebugger = true
			_, err := host.Run(deadline(t), request)
			return err
		},
		"Pulumi: Plugin (twilio)": func(host pulumirpc.LanguageRuntimeClient, dir string) error {
			request := pluginRequest(t, dir, nil)
			request.Name, request.AttachDebugger = "twilio", true
			stream, err := host.RunPlugin(deadline(t), request)
			check(t, err)
			_, err = readPlugin(stream)
			return err
		},
	} {
		dir := project(t, map[string]string{
			// Node.js would wait for a debugger.
			"node_modules/.bin/node!": "#!/bin/sh\necho \"$@\" > \"" + "$(dirname \"$0\")" + "/arguments\"\n",
			runScript:                 "",
			pluginScript:              "",
		})
		check(t, run(startHost(t, listener.Addr().String()), dir))
		config := (<-engine.started).GetConfig().AsMap()
		if config["name"] != name || config["type"] != "node" || config["request"] != "attach" {
			t.Errorf("%s: got configuration %v", name, config)
		}
		content, err := os.ReadFile(filepath.Join(dir, "node_modules", ".bin", "arguments"))
		check(t, err)
		want := []string{fmt.Sprintf("--inspect-brk=127.0.0.1:%.0f", config["port"]), "--inspect-publish-uid=http"}
		if got := strings.Fields(string(content))[:2]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got arguments %q, want %q", name, got, want)
		}
	}
}
