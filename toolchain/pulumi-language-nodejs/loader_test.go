package main

import (
	"context"
	"net"
	"testing"

	codegenrpc "github.com/pulumi/pulumi/sdk/v3/proto/go/codegen"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// queueSchema describes the package "acme" with one resource.
const queueSchema = `{
  "name": "acme",
  "version": "1.2.3",
  "language": {"nodejs": {"packageName": "@acme/call-queue", "respectSchemaVersion": true}},
  "resources": {"acme:index:Queue": {
    "description": "A queue of calls.",
    "properties": {"size": {"type": "integer"}},
    "required": ["size"],
    "inputProperties": {"size": {"type": "integer", "description": "How many calls may wait."}},
    "requiredInputs": ["size"]
  }}
}`

// schemas is the engine's loader of schemas, for packages by name.
type schemas struct {
	codegenrpc.UnimplementedLoaderServer
	known map[string]string
}

func (loader schemas) GetSchema(
	_ context.Context, request *codegenrpc.GetSchemaRequest,
) (*codegenrpc.GetSchemaResponse, error) {
	schema, ok := loader.known[request.GetPackage()]
	if !ok {
		return nil, status.Errorf(codes.NotFound, "no package %s", request.GetPackage())
	}
	return &codegenrpc.GetSchemaResponse{Schema: []byte(schema)}, nil
}

// serveSchemas returns the address of a loader.
func serveSchemas(t *testing.T, known map[string]string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	server := grpc.NewServer()
	codegenrpc.RegisterLoaderServer(server, schemas{known: known})
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	return listener.Addr().String()
}
