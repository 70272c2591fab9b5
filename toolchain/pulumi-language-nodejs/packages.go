package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// GetRequiredPackages lists the providers that the installed npm packages of a program say they need.
func (host *languageHost) GetRequiredPackages(
	_ context.Context, request *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	response := &pulumirpc.GetRequiredPackagesResponse{}
	seen := map[string]bool{}
	// Node.js looks for packages in the node_modules of a folder and of all folders above it.
	for dir := request.GetInfo().GetProgramDirectory(); ; dir = filepath.Dir(dir) {
		packages, err := providersIn(filepath.Join(dir, "node_modules"))
		if err != nil {
			return nil, err
		}
		for _, dependency := range packages {
			if key := dependency.String(); !seen[key] {
				seen[key] = true
				response.Packages = append(response.Packages, dependency)
			}
		}
		if dir == filepath.Dir(dir) {
			return response, nil
		}
	}
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
		dependency, err := providerOf(filepath.Join(path, "package.json"))
		if err != nil {
			return nil, err
		}
		if dependency != nil {
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

// providerOf returns the provider that a package.json declares, nil when it declares none.
func providerOf(file string) (*pulumirpc.PackageDependency, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, nil // not a package
	}
	var manifest struct {
		Name    string          `json:"name"`
		Version string          `json:"version"`
		Pulumi  json.RawMessage `json:"pulumi"`
	}
	if json.Unmarshal(content, &manifest) != nil || manifest.Pulumi == nil {
		return nil, nil // a broken package.json of some package is not about providers
	}
	var declared plugin.PulumiPluginJSON
	if err := json.Unmarshal(manifest.Pulumi, &declared); err != nil {
		return nil, fmt.Errorf("the field \"pulumi\" of %s is not valid: %w", file, err)
	}
	if !declared.Resource {
		return nil, nil
	}
	dependency := &pulumirpc.PackageDependency{
		Kind:             "resource",
		Name:             declared.Name,
		Version:          declared.Version,
		Server:           declared.Server,
		Parameterization: parameterization(declared.Parameterization),
		Extension:        parameterization(declared.ExtensionParameterization),
	}
	if dependency.Name == "" {
		// @pulumi/aws is "aws"; the provider of @acme/queue is "acme/queue".
		dependency.Name = strings.TrimPrefix(strings.TrimPrefix(manifest.Name, "@pulumi/"), "@")
	}
	if dependency.Version == "" {
		dependency.Version = manifest.Version
	}
	if dependency.Name == "" || dependency.Version == "" {
		return nil, fmt.Errorf("%s declares a Pulumi provider without a name or a version", file)
	}
	if !strings.HasPrefix(dependency.Version, "v") {
		dependency.Version = "v" + dependency.Version
	}
	return dependency, nil
}

func parameterization(from *plugin.PulumiParameterizationJSON) *pulumirpc.PackageParameterization {
	if from == nil {
		return nil
	}
	return &pulumirpc.PackageParameterization{Name: from.Name, Version: from.Version, Value: from.Value}
}
