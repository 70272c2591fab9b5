package main

import (
	"context"
	"fmt"
	"path"
	"strings"
	"unicode"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Link adds generated SDKs to the package.json of a project (`pulumi package add`).
func (host *languageHost) Link(
	ctx context.Context, request *pulumirpc.LinkRequest,
) (*pulumirpc.LinkResponse, error) {
	ctx, done := both(ctx, host.work)
	defer done()
	dir := request.GetInfo().GetProgramDirectory()
	options, err := parseOptions(request.GetInfo().GetOptions())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	manager, err := npm.ResolvePackageManager(options.packageManager, dir)
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	loader, err := connectLoader(request.GetLoaderTarget())
	if err != nil {
		return nil, err
	}
	defer loader.Close()

	instructions := "You can import the SDK in your TypeScript code with:\n\n"
	for _, dependency := range request.GetPackages() {
		name, err := npmName(ctx, loader, dependency.GetPackage())
		if err != nil {
			return nil, err
		}
		if err := manager.Link(ctx, dir, name, dependency.GetPath()); err != nil {
			return nil, fmt.Errorf("could not add %s to the package.json of %s: %w", name, dir, err)
		}
		instructions += fmt.Sprintf("  import * as %s from %q;\n", importName(name), name)
	}
	return &pulumirpc.LinkResponse{ImportInstructions: instructions}, nil
}

// npmName is the name of the npm package that holds the SDK of a Pulumi package.
func npmName(
	ctx context.Context, loader schema.ReferenceLoader, dependency *pulumirpc.PackageDependency,
) (string, error) {
	descriptor := &schema.PackageDescriptor{Name: dependency.GetName(), DownloadURL: dependency.GetServer()}
	var err error
	if descriptor.Version, err = optionalVersion(dependency.GetName(), dependency.GetVersion()); err != nil {
		return "", err
	}
	if from := dependency.GetParameterization(); from != nil {
		descriptor.Parameterization = &schema.ParameterizationDescriptor{Name: from.GetName(), Value: from.GetValue()}
		version, err := optionalVersion(from.GetName(), from.GetVersion())
		if err != nil {
			return "", err
		}
		if version != nil {
			descriptor.Parameterization.Version = *version
		}
	}
	reference, err := loader.LoadPackageReferenceV2(ctx, descriptor)
	if err != nil {
		return "", fmt.Errorf("could not load the schema of package %s: %w", descriptor.PackageName(), err)
	}
	definition, err := reference.Definition()
	if err != nil {
		return "", fmt.Errorf("could not read the schema of package %s: %w", descriptor.PackageName(), err)
	}
	if err := definition.ImportLanguages(map[string]schema.Language{"nodejs": nodejs.Importer}); err != nil {
		return "", fmt.Errorf("could not read the Node.js settings of package %s: %w", definition.Name, err)
	}
	if info, ok := definition.Language["nodejs"].(nodejs.NodePackageInfo); ok && info.PackageName != "" {
		return info.PackageName, nil
	}
	namespace := definition.Namespace
	if namespace == "" {
		namespace = "pulumi"
	}
	return "@" + namespace + "/" + definition.Name, nil
}

func optionalVersion(name, text string) (*semver.Version, error) {
	if text == "" {
		return nil, nil
	}
	version, err := semver.ParseTolerant(text)
	if err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "the version of package %s is not semantic: %v", name, err)
	}
	return &version, nil
}

// importName turns the last part of a package's name into an identifier: "@acme/call-queue" is callQueue.
func importName(npmName string) string {
	var name strings.Builder
	upper := false
	for _, letter := range path.Base(npmName) {
		switch {
		case !unicode.IsLetter(letter) && !unicode.IsDigit(letter):
			upper = name.Len() > 0
			continue
		case name.Len() == 0 && unicode.IsDigit(letter):
			name.WriteRune('_')
		}
		if upper {
			letter = unicode.ToUpper(letter)
		}
		upper = false
		name.WriteRune(letter)
	}
	return name.String()
}
