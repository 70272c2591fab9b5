package main

import (
	"context"
	"fmt"
	"os/exec"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// RunPlugin executes a provider or a policy pack from source until it ends, streaming its output to the engine,
// which reads the port of the plugin's gRPC server from it.
func (host *languageHost) RunPlugin(
	request *pulumirpc.RunPluginRequest, server pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	stream := &lockedStream[pulumirpc.RunPluginResponse]{ServerStream: server, send: server.Send}
	ctx, done := both(stream.Context(), host.life)
	defer done()
	options, err := parseOptions(request.GetInfo().GetOptions())
	if err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	node, err := findNode(request.GetInfo().GetProgramDirectory())
	if err != nil {
		return status.Error(codes.FailedPrecondition, err.Error())
	}
	engine, err := host.engine()
	if err != nil {
		return err
	}
	streams, stdout, stderr, err := rpcutil.MakeRunPluginStreams(stream, false)
	if err != nil {
		return fmt.Errorf("could not stream the output of the plugin: %w", err)
	}
	defer streams.Close()

	var wait func(*exec.Cmd) error
	var command *exec.Cmd
	debug, err := newDebugger(request.GetAttachDebugger())
	if err != nil {
		return err
	}
	nodeArgs := append(debug.nodeArgs(), options.nodeArgs...)
	if request.GetKind() == "analyzer" {
		command, wait, stdout, err = policyCommand(ctx, request, node, nodeArgs, stdout)
	} else {
		command, err = providerCommand(ctx, request, node, nodeArgs, options.standalone)
		wait = (*exec.Cmd).Wait
	}
	if err != nil {
		return err
	}
	command.Env = append(compileCacheEnv(request.GetInfo().GetProgramDirectory()), command.Env...)
	command.Stdout, command.Stderr = stdout, stderr
	if err := command.Start(); err != nil {
		// Whoever waits for the plugin is told so: without it, the proxy of a policy pack would wait for ever.
		_ = wait(command)
		err = notStarted(err)
		_, _ = fmt.Fprintln(stderr, err)
		return err
	}
	defer endGroup(ctx, command)
	name := fmt.Sprintf("Pulumi: Plugin (%s)", request.GetName())
	if err := debug.announce(ctx, engine, name, command.Process.Pid); err != nil {
		return err
	}

	code, err := exitCode(wait(command))
	if ctx.Err() != nil {
		return status.Error(codes.Canceled, "the plugin was stopped")
	}
	if err != nil {
		return fmt.Errorf("the plugin ended unexpectedly: %w", err)
	}
	return stream.Send(&pulumirpc.RunPluginResponse{
		Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(code)},
	})
}

// providerCommand runs a provider, converter or tool in the engine's folder: by @pulumi/pulumi/cmd/run-plugin, or
// with Node.js alone.
func providerCommand(
	ctx context.Context, request *pulumirpc.RunPluginRequest, node string, nodeArgs []string, standalone bool,
) (*exec.Cmd, error) {
	dir := request.GetInfo().GetProgramDirectory()
	args := nodeArgs
	if !standalone {
		script, err := locateScript(ctx, node, dir, "@pulumi/pulumi", "cmd/run-plugin")
		if err != nil {
			return nil, status.Error(codes.FailedPrecondition, err.Error())
		}
		args = append(args, script)
	}
	command := groupCommand(ctx, node, append(append(args, dir), request.GetArgs()...)...)
	command.Dir = request.GetPwd()
	command.Env = request.GetEnv()
	return command, nil
}
