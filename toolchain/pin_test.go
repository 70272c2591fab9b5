package toolchain

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const pkg = "github.com/pulumi/pulumi/pkg/v3"

// package.json says which Pulumi the project runs on; this module must build that one.
func TestGoModPinsThePulumiOfPackageJSON(t *testing.T) {
	content, err := os.ReadFile("../package.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatal(err)
	}
	want := "v" + manifest.Dependencies["pulumi"]

	pinned := required(t, "go.mod")
	for _, module := range []string{pkg, "github.com/pulumi/pulumi/sdk/v3"} {
		if pinned[module] != want {
			t.Errorf("go.mod has %s %s, package.json has pulumi %s: `go get %s@%s`", module, pinned[module], want, module, want)
		}
	}
}

// Pulumi is built from the versions that its authors build it from.
func TestGoModHasTheOtherModulesAtPulumisVersions(t *testing.T) {
	t.Parallel()
	file, err := exec.Command("go", "list", "-m", "-f", "{{.GoMod}}", pkg).Output()
	if err != nil {
		t.Fatal(err)
	}
	theirs := required(t, strings.TrimSpace(string(file)))
	for module, version := range required(t, "go.mod") {
		if module != pkg && theirs[module] != version {
			t.Errorf("go.mod has %s %s, and that of Pulumi %q: `go get %[1]s@%[3]s`", module, version, theirs[module])
		}
	}
}

// required says which modules a go.mod names, and at which versions.
func required(t *testing.T, goMod string) map[string]string {
	t.Helper()
	file, err := os.Open(goMod)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	versions := map[string]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(lines.Text()), "require "))
		if len(fields) >= 2 && strings.HasPrefix(fields[1], "v") {
			versions[fields[0]] = fields[1]
		}
	}
	return versions
}
