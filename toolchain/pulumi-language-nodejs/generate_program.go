package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	codegenrpc "github.com/pulumi/pulumi/sdk/v3/proto/go/codegen"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// GenerateProgram turns PCL, Pulumi's language-neutral form, into TypeScript. `pulumi import` prints its result.
func (host *languageHost) GenerateProgram(
	_ context.Context, request *pulumirpc.GenerateProgramRequest,
) (*pulumirpc.GenerateProgramResponse, error) {
	client, err := connectLoader(request.GetLoaderTarget())
	if err != nil {
		return nil, err
	}
	defer client.Close()

	parser := syntax.NewParser()
	for _, name := range slices.Sorted(maps.Keys(request.GetSource())) {
		if err := parser.ParseFile(strings.NewReader(request.GetSource()[name]), name); err != nil {
			return nil, fmt.Errorf("could not read %s: %w", name, err)
		}
	}
	if parser.Diagnostics.HasErrors() {
		return &pulumirpc.GenerateProgramResponse{Diagnostics: rpcDiagnostics(parser.Diagnostics)}, nil
	}
	program, diagnostics, err := pcl.BindProgram(parser.Files, schema.NewCachedLoader(client), bindOptions(request.GetStrict())...)
	if diagnostics.HasErrors() {
		return &pulumirpc.GenerateProgramResponse{Diagnostics: rpcDiagnostics(diagnostics)}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("could not understand the program: %w", err)
	}
	files, generated, err := nodejs.GenerateProgram(program)
	if err != nil {
		return nil, fmt.Errorf("could not generate TypeScript: %w", err)
	}
	return &pulumirpc.GenerateProgramResponse{
		Source:      files,
		Diagnostics: rpcDiagnostics(append(diagnostics, generated...)),
	}, nil
}

// GenerateProject writes a whole TypeScript project from a folder of PCL (`pulumi convert`).
func (host *languageHost) GenerateProject(
	_ context.Context, request *pulumirpc.GenerateProjectRequest,
) (*pulumirpc.GenerateProjectResponse, error) {
	var project workspace.Project
	if err := json.Unmarshal([]byte(request.GetProject()), &project); err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "the project is not valid JSON: %v", err)
	}
	client, err := connectLoader(request.GetLoaderTarget())
	if err != nil {
		return nil, err
	}
	defer client.Close()

	program, diagnostics, err := pcl.BindDirectory(
		request.GetSourceDirectory(), schema.NewCachedLoader(client), bindOptions(request.GetStrict())...)
	if err != nil {
		return nil, fmt.Errorf("could not understand the program: %w", err)
	}
	response := &pulumirpc.GenerateProjectResponse{Diagnostics: rpcDiagnostics(diagnostics)}
	if diagnostics.HasErrors() {
		return response, nil
	}
	err = nodejs.GenerateProject(request.GetTargetDirectory(), project, program,
		request.GetLocalDependencies(), false, "nodejs")
	if err != nil {
		return nil, fmt.Errorf("could not generate the project: %w", err)
	}
	return response, nil
}

func bindOptions(strict bool) []pcl.BindOption {
	options := []pcl.BindOption{pcl.PreferOutputVersionedInvokes}
	if !strict {
		options = append(options, pcl.NonStrictBindOptions()...)
	}
	return options
}

func rpcDiagnostics(diagnostics hcl.Diagnostics) []*codegenrpc.Diagnostic {
	return plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)
}
