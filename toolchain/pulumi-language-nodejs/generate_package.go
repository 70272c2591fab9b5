package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// GeneratePackage writes the SDK of a Pulumi package, from its schema, into a folder.
func (host *languageHost) GeneratePackage(
	ctx context.Context, request *pulumirpc.GeneratePackageRequest,
) (*pulumirpc.GeneratePackageResponse, error) {
	client, err := connectLoader(request.GetLoaderTarget())
	if err != nil {
		return nil, err
	}
	defer client.Close()
	loader := schema.NewCachedLoader(client)

	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(request.GetSchema()), &spec); err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "the schema of the package is not valid JSON: %v", err)
	}
	pkg, diagnostics, err := schema.BindSpecWithContext(ctx, spec, loader,
		schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, fmt.Errorf("could not read the schema of package %s: %w", spec.Name, err)
	}
	response := &pulumirpc.GeneratePackageResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
	if diagnostics.HasErrors() {
		return response, nil
	}
	files, err := nodejs.GeneratePackage("pulumi-language-nodejs", pkg, request.GetExtraFiles(),
		request.GetLocalDependencies(), request.GetLocal(), loader)
	if err != nil {
		return nil, fmt.Errorf("could not generate the SDK of package %s: %w", spec.Name, err)
	}
	for name, content := range files {
		path := filepath.Join(request.GetDirectory(), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, fmt.Errorf("could not write the SDK of package %s: %w", spec.Name, err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return nil, fmt.Errorf("could not write the SDK of package %s: %w", spec.Name, err)
		}
	}
	return response, nil
}
