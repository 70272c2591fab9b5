package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Pack builds an SDK and packs it into a .tgz file in the wanted folder.
func (host *languageHost) Pack(
	ctx context.Context, request *pulumirpc.PackRequest,
) (*pulumirpc.PackResponse, error) {
	ctx, done := both(ctx, host.work)
	defer done()
	dir := request.GetPackageDirectory()
	manifest, _, err := npm.ReadPackageManifest(dir)
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	name, _ := manifest["name"].(string)
	version, _ := manifest["version"].(string)
	if name == "" || version == "" {
		return nil, status.Errorf(codes.FailedPrecondition,
			"the package.json in %s can't be packed: it needs a name and a version", dir)
	}

	var output bytes.Buffer
	if _, err := npm.Install(ctx, npm.NpmPackageManager, dir, false, &output, &output); err != nil {
		return nil, fmt.Errorf("could not install the dependencies of %s: %w\n%s", dir, err, output.String())
	}
	build := groupCommand(ctx, "npm", "run", "--if-present", "build")
	build.Dir = dir
	build.Stdout, build.Stderr = &output, &output
	err = build.Run()
	endGroup(ctx, build)
	if err != nil {
		return nil, fmt.Errorf("could not build %s: %w\n%s", dir, err, output.String())
	}
	tarball, err := npm.Pack(ctx, npm.NpmPackageManager, dir, &output)
	if err != nil {
		return nil, fmt.Errorf("could not pack %s: %w\n%s", dir, err, output.String())
	}
	file := strings.ReplaceAll(strings.TrimPrefix(name, "@"), "/", "-") + "-" + version + ".tgz"
	path := filepath.Join(request.GetDestinationDirectory(), file)
	if err := os.WriteFile(path, tarball, 0o644); err != nil {
		return nil, fmt.Errorf("could not write the packed SDK: %w", err)
	}
	return &pulumirpc.PackResponse{ArtifactPath: path}, nil
}
