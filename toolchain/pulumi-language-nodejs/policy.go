package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strconv"

	sdk "github.com/pulumi/pulumi/sdk/v3"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// policyCommand runs a policy pack by @pulumi/pulumi/cmd/run-policy-pack, in the pack's folder.
//
// A policy pack in Node.js reads its stack from the environment when it starts, and the engine sends the stack by
// gRPC to a pack that has started: Pulumi's PolicyProxy stands in between. It waits for the stack, then for the
// pack's port, and forwards the rest.
func policyCommand(
	ctx context.Context, request *pulumirpc.RunPluginRequest, node string, nodeArgs []string, stdout io.Writer,
) (*exec.Cmd, func(*exec.Cmd) error, io.Writer, error) {
	dir := request.GetInfo().GetProgramDirectory()
	script, err := locateScript(ctx, node, dir, "@pulumi/pulumi", "cmd/run-policy-pack")
	if err != nil {
		return nil, nil, nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	proxy, stdout, err := sdk.NewPolicyProxy(ctx, stdout)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("could not start the proxy of the policy pack: %w", err)
	}
	stack, err := proxy.AwaitConfiguration(ctx)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("the policy pack was not told about its stack: %w", err)
	}

	args := append(nodeArgs, script)
	args = append(args, request.GetArgs()...)
	command := groupCommand(ctx, node, append(args, dir)...)
	command.Dir = dir
	command.Env = request.GetEnv()
	if stack != nil {
		command.Env = append(command.Env,
			"PULUMI_NODEJS_ORGANIZATION="+stack.GetOrganization(),
			"PULUMI_NODEJS_PROJECT="+stack.GetProject(),
			"PULUMI_NODEJS_STACK="+stack.GetStack(),
			"PULUMI_NODEJS_DRY_RUN="+strconv.FormatBool(stack.GetDryRun()))
		command.Env, err = appendConfig(command.Env, stack.GetConfig(), stack.GetConfigSecretKeys())
		if err != nil {
			return nil, nil, nil, err
		}
	}
	attach := func(command *exec.Cmd) error { return proxy.Attach(ctx, command) }
	return command, attach, stdout, nil
}
