package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Pack builds an SDK and packs it into a .tgz file in the wanted folder (`pulumi package pack-sdk`).
func (host *languageHost) Pack(
	ctx context.Context, request *pulumirpc.PackRequest,
) (*pulumirpc.PackResponse, error) {
	ctx, done := both(ctx, host.work)
	defer done()
	dir := request.GetPackageDirectory()
	manifest, file, err := npm.ReadPackageManifest(dir)
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	for _, args := range [][]string{
		{"install", "--loglevel=error"},
		{"run", "--if-present", "build"},
	} {
		if err := runNpm(ctx, dir, nil, args...); err != nil {
			return nil, err
		}
	}

	entry, _ := manifest["main"].(string)
	root, err := packRoot(dir, entry, file)
	if err != nil {
		return nil, fmt.Errorf("could not prepare %s for packing: %w", dir, err)
	}
	var name strings.Builder
	err = runNpm(ctx, root, &name, "pack", "--loglevel=error", "--pack-destination", request.GetDestinationDirectory())
	if err != nil {
		return nil, err
	}
	artifact := filepath.Join(request.GetDestinationDirectory(), strings.TrimSpace(name.String()))
	return &pulumirpc.PackResponse{ArtifactPath: artifact}, nil
}

// packRoot is the folder to pack. A generated SDK compiles into bin/, and its package.json names no entry point: its
// packages hold the content of bin/, with package.json beside it. Another SDK names its entry point, and is packed whole.
func packRoot(dir, entry, manifest string) (string, error) {
	bin := filepath.Join(dir, "bin")
	if info, err := os.Stat(bin); err != nil || !info.IsDir() || strings.HasPrefix(path.Clean(entry), "bin/") {
		return dir, nil
	}
	content, err := os.ReadFile(manifest)
	if err != nil {
		return "", err
	}
	return bin, os.WriteFile(filepath.Join(bin, filepath.Base(manifest)), content, 0o644)
}

// runNpm runs npm in a folder. What it prints goes to stdout, or with its complaints to the user when that is nil.
func runNpm(ctx context.Context, dir string, stdout io.Writer, args ...string) error {
	command := groupCommand(ctx, "npm", args...)
	command.Dir = dir
	command.Stderr = struct{ io.Writer }{os.Stderr}
	if stdout == nil {
		stdout = command.Stderr
	}
	command.Stdout = stdout
	err := command.Run()
	endGroup(ctx, command)
	if err != nil {
		return fmt.Errorf("`npm %s` in %s failed: %w", strings.Join(args, " "), dir, err)
	}
	return nil
}
