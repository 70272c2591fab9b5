package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/cmdutil"
)

// How long a cancelled process and its children may take to end before they are killed.
// The engine gives the host five seconds; the host must be done with its children before that.
const gracePeriod = 3 * time.Second

// groupCommand prepares a process with a process group of its own. When ctx ends, the group is interrupted, and
// killed if it has not ended after the grace period; the caller must call endGroup after waiting for the process.
func groupCommand(ctx context.Context, name string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, name, args...)
	cmdutil.RegisterProcessGroup(command)
	command.Cancel = func() error {
		cmdutil.InterruptChildren(command.Process.Pid)
		return nil
	}
	command.WaitDelay = gracePeriod
	return command
}

// endGroup kills what a cancelled process has left behind.
func endGroup(ctx context.Context, command *exec.Cmd) {
	if ctx.Err() != nil && command.Process != nil {
		_ = cmdutil.KillChildren(command.Process.Pid) // an error says that nothing was left
	}
}

// notStarted tells why a process could not be started.
func notStarted(err error) error {
	if errors.Is(err, syscall.E2BIG) {
		return fmt.Errorf("could not start Node.js: the configuration of the stack is too large for the one environment "+
			"variable in which programs get it: %w", err)
	}
	return fmt.Errorf("could not start Node.js: %w", err)
}

// exitCode tells how a process ended: its exit code, or an error when it could not be run or was killed.
func exitCode(err error) (int, error) {
	var exit *exec.ExitError
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return 0, nil
	case errors.As(err, &exit) && exit.Exited():
		return exit.ExitCode(), nil
	default:
		return -1, err
	}
}
