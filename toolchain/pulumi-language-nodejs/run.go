package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// @pulumi/pulumi ends with this exit code when it has told the user what is wrong; the engine need not repeat it.
const exitCodeAlreadyReported = 32

// Run executes a Pulumi program until it ends, by @pulumi/pulumi/cmd/run.
func (host *languageHost) Run(ctx context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	ctx, done := both(ctx, host.work)
	defer done()
	dir := request.GetInfo().GetProgramDirectory()
	options, err := parseOptions(request.GetInfo().GetOptions())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	node, err := findNode(dir)
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	script, err := locateScript(ctx, node, dir, "@pulumi/pulumi", "cmd/run")
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	engine, err := host.engine()
	if err != nil {
		return nil, err
	}
	env, err := runEnv(request, options)
	if err != nil {
		return nil, err
	}

	debug, err := newDebugger(request.GetAttachDebugger())
	if err != nil {
		return nil, err
	}
	args := append(debug.nodeArgs(), options.nodeArgs...)
	args = append(args, script)
	args = append(args, host.runArgs(request, engine)...)
	command := groupCommand(ctx, node, args...)
	command.Dir = dir
	command.Env = append(append(os.Environ(), compileCacheEnv(dir)...), env...)
	// Node.js may make a pipe that it is given non-blocking, for all who write to it: it gets pipes of its own.
	command.Stdout, command.Stderr = struct{ io.Writer }{os.Stdout}, struct{ io.Writer }{os.Stderr}
	if err := command.Start(); err != nil {
		return &pulumirpc.RunResponse{Error: notStarted(err).Error()}, nil
	}
	defer endGroup(ctx, command)
	if err := debug.announce(ctx, engine, "Pulumi: Program (Node.js)", command.Process.Pid); err != nil {
		return nil, err
	}

	code, err := exitCode(command.Wait())
	switch {
	case ctx.Err() != nil:
		return nil, status.Error(codes.Canceled, "the program was stopped because the operation was cancelled")
	case err != nil:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("Program exited unexpectedly: %v", err)}, nil
	case code == exitCodeAlreadyReported:
		return &pulumirpc.RunResponse{Bail: true}, nil
	case code != 0:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("Program exited with non-zero exit code: %d", code)}, nil
	}
	return &pulumirpc.RunResponse{}, nil
}

// runArgs are the arguments of @pulumi/pulumi/cmd/run.
func (host *languageHost) runArgs(request *pulumirpc.RunRequest, engine string) []string {
	info := request.GetInfo()
	var args []string
	for _, flag := range [][2]string{
		{"--monitor", request.GetMonitorAddress()},
		{"--engine", engine},
		{"--organization", request.GetOrganization()},
		{"--project", request.GetProject()},
		{"--stack", request.GetStack()},
		{"--root-directory", info.GetRootDirectory()},
		{"--pwd", info.GetProgramDirectory()},
		{"--parallel", strconv.Itoa(int(request.GetParallel()))},
		{"--tracing", host.tracing},
	} {
		if flag[1] != "" {
			args = append(args, flag[0], flag[1])
		}
	}
	if request.GetDryRun() {
		args = append(args, "--dry-run")
	}
	entryPoint := info.GetEntryPoint()
	if entryPoint == "" {
		entryPoint = "."
	}
	return append(append(args, entryPoint), request.GetArgs()...)
}

// runEnv passes configuration the way @pulumi/pulumi reads it.
func runEnv(request *pulumirpc.RunRequest, options options) ([]string, error) {
	config := map[string]string{}
	for key, value := range request.GetConfig() {
		namespace, name, ok := strings.Cut(key, ":")
		if !ok {
			return nil, status.Errorf(codes.InvalidArgument, "configuration key %q has no namespace", key)
		}
		// The form that every version of @pulumi/pulumi understands.
		config[namespace+":config:"+name] = value
	}
	env := []string{"PULUMI_NODEJS_TYPESCRIPT=" + strconv.FormatBool(options.typescript)}
	if options.tsconfigPath != "" {
		env = append(env, "PULUMI_NODEJS_TSCONFIG_PATH="+options.tsconfigPath)
	}
	return appendConfig(env, config, request.GetConfigSecretKeys())
}

func appendConfig(env []string, config map[string]string, secretKeys []string) ([]string, error) {
	if config == nil {
		config = map[string]string{}
	}
	if secretKeys == nil {
		secretKeys = []string{}
	}
	values, err := json.Marshal(config)
	if err != nil {
		return nil, fmt.Errorf("could not pass the configuration on: %w", err)
	}
	keys, err := json.Marshal(secretKeys)
	if err != nil {
		return nil, fmt.Errorf("could not pass the names of secret configuration on: %w", err)
	}
	return append(env, "PULUMI_CONFIG="+string(values), "PULUMI_CONFIG_SECRET_KEYS="+string(keys)), nil
}
