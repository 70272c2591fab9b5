package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// InstallDependencies runs the project's package manager, streaming what it prints.
func (host *languageHost) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest, server pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	stream := &lockedStream[pulumirpc.InstallDependenciesResponse]{ServerStream: server, send: server.Send}
	ctx, done := both(stream.Context(), host.work)
	defer done()
	options, err := parseOptions(request.GetInfo().GetOptions())
	if err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	streams, stdout, stderr, err := rpcutil.MakeInstallDependenciesStreams(stream, request.GetIsTerminal())
	if err != nil {
		return fmt.Errorf("could not stream the output of the package manager: %w", err)
	}
	defer streams.Close()

	dir := installDir(request.GetInfo().GetProgramDirectory())
	// A plugin needs no development dependencies; but one without a package.json lives on those of the project
	// around it, which must keep its own.
	production := request.GetIsPlugin() && hasManifest(dir)
	name, err := npm.Install(ctx, options.packageManager, dir, production, stdout, stderr)
	switch {
	case ctx.Err() != nil:
		return status.Error(codes.Canceled, "installing dependencies was cancelled")
	case err != nil && name == "":
		return status.Error(codes.FailedPrecondition, err.Error())
	case err != nil:
		return fmt.Errorf("`%s install` in %s failed: %w", name, dir, err)
	}
	return streams.Close()
}

// installDir is the folder whose packages a program uses: that of its workspace, else its own.
func installDir(dir string) string {
	root, err := npm.FindWorkspaceRoot(dir)
	if err != nil {
		return dir
	}
	return root
}

func hasManifest(dir string) bool {
	for _, name := range npm.PackageManifestNames {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// GetProgramDependencies lists the npm packages of a program, from its lock file.
func (host *languageHost) GetProgramDependencies(
	ctx context.Context, request *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	dir := request.GetInfo().GetProgramDirectory()
	options, err := parseOptions(request.GetInfo().GetOptions())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	manager, err := npm.ResolvePackageManager(options.packageManager, dir)
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	packages, err := manager.ListPackages(ctx, dir, request.GetTransitiveDependencies())
	if err != nil {
		return nil, status.Errorf(codes.FailedPrecondition, "could not list the packages of %s: %v", dir, err)
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	for _, dependency := range packages {
		response.Dependencies = append(response.Dependencies,
			&pulumirpc.DependencyInfo{Name: dependency.Name, Version: dependency.Version})
	}
	return response, nil
}
