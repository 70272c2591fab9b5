package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// About tells which Node.js and package manager programs run with (`pulumi about`).
func (host *languageHost) About(
	ctx context.Context, request *pulumirpc.AboutRequest,
) (*pulumirpc.AboutResponse, error) {
	dir := request.GetInfo().GetProgramDirectory()
	if dir == "" {
		var err error
		if dir, err = os.Getwd(); err != nil {
			return nil, err
		}
	}
	options, err := parseOptions(request.GetInfo().GetOptions())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	node, err := findNode(dir)
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	version, err := exec.CommandContext(ctx, node, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("could not run %s --version: %w", node, err)
	}
	response := &pulumirpc.AboutResponse{
		Executable: node,
		Version:    strings.TrimSpace(string(version)),
		Metadata:   map[string]string{},
	}
	if manager, err := npm.ResolvePackageManager(options.packageManager, dir); err == nil {
		response.Metadata["packagemanager"] = manager.Name()
		if version, err := manager.Version(); err == nil {
			response.Metadata["packagemanagerVersion"] = version.String()
		}
	}
	return response, nil
}
