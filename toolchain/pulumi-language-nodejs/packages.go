package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/logging"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// GetRequiredPackages lists the providers that the npm packages in a program's own folder say they need. Those in the
// folders above are not the program's alone: for a plugin that lives in a project, they would make the project's SDK for
// that very plugin a reason to download it. The engine learns of the others when the program declares a resource.
func (host *languageHost) GetRequiredPackages(
	_ context.Context, request *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	packages, err := providersIn(filepath.Join(request.GetInfo().GetProgramDirectory(), "node_modules"))
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetRequiredPackagesResponse{}
	seen := map[string]bool{}
	for _, dependency := range packages {
		if key := dependency.String(); !seen[key] {
			seen[key] = true
			response.Packages = append(response.Packages, dependency)
		}
	}
	return response, nil
}

// providersIn reads the packages of one node_modules folder, and of those nested in it.
func providersIn(modules string) ([]*pulumirpc.PackageDependency, error) {
	entries, err := os.ReadDir(modules)
	if os.IsNotExist(err) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("could not look for Pulumi packages: %w", err)
	}
	var found []*pulumirpc.PackageDependency
	for _, entry := range entries {
		name, path := entry.Name(), filepath.Join(modules, entry.Name())
		if strings.HasPrefix(name, ".") {
			continue
		}
		if strings.HasPrefix(name, "@") { // a scope: a folder of packages
			scoped, err := providersIn(path)
			if err != nil {
				return nil, err
			}
			found = append(found, scoped...)
			continue
		}
		if dependency := providerOf(filepath.Join(path, "package.json")); dependency != nil {
			found = append(found, dependency)
		}
		if entry.Type()&os.ModeSymlink == 0 { // a linked package keeps its own packages to itself
			nested, err := providersIn(filepath.Join(path, "node_modules"))
			if err != nil {
				return nil, err
			}
			found = append(found, nested...)
		}
	}
	return found, nil
}

// providerOf returns the provider that a package.json declares, nil when it declares none. A broken package.json of
// some package must not stop a program that may not even use it: it declares none, and the log says why.
func providerOf(file string) *pulumirpc.PackageDependency {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil // not a package
	}
	var manifest struct {
		Name    string                  `json:"name"`
		Version string                  `json:"version"`
		Pulumi  plugin.PulumiPluginJSON `json:"pulumi"`
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		logging.V(3).Infof("ignoring %s: %v", file, err)
		return nil
	}
	declared := manifest.Pulumi
	if !declared.Resource {
		return nil
	}
	dependency := &pulumirpc.PackageDependency{
		Kind:             "resource",
		Name:             declared.Name,
		Version:          declared.Version,
		Server:           declared.Server,
		Parameterization: parameterization(declared.Parameterization),
		Extension:        parameterization(declared.ExtensionParameterization),
	}
	if name, ok := strings.CutPrefix(manifest.Name, "@pulumi/"); ok && dependency.Name == "" {
		dependency.Name = name // packages of other scopes have to name their provider
	}
	if dependency.Version == "" {
		dependency.Version = manifest.Version
	}
	if dependency.Name == "" || dependency.Version == "" {
		logging.V(3).Infof("ignoring %s: it declares a Pulumi provider without a name or a version", file)
		return nil
	}
	if !strings.HasPrefix(dependency.Version, "v") {
		dependency.Version = "v" + dependency.Version
	}
	return dependency
}

func parameterization(from *plugin.PulumiParameterizationJSON) *pulumirpc.PackageParameterization {
	if from == nil {
		return nil
	}
	return &pulumirpc.PackageParameterization{Name: from.Name, Version: from.Version, Value: from.Value}
}
