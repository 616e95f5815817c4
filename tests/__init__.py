"""The tests, one folder a package; a package itself, since a dependency installs a folder of this name."""
