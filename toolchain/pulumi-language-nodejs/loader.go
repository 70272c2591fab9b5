package main

import (
	"fmt"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// connectLoader connects to the engine's service that loads schemas of packages. The caller closes the connection.
func connectLoader(target string) (*schema.LoaderClient, error) {
	if target == "" {
		return nil, status.Error(codes.InvalidArgument, "the request does not say where the schema loader of the engine is")
	}
	client, err := schema.NewLoaderClient(target)
	if err != nil {
		return nil, fmt.Errorf("could not reach the schema loader of the engine: %w", err)
	}
	return client, nil
}
