"""A kind of contract for import-linter: some modules may import a short list, and nothing else.

A wall that names what is forbidden forgets the next library; this one names what is allowed. Indirect imports need
no check of their own: whatever is allowed has its own contracts.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """`walled` modules (patterns such as `*.rules`) may import themselves, `allowed` modules of the house, and
    `libraries`: top names of the standard library or of packages. A pattern that matches nothing yet is fine."""

    type_name = "only"

    walled: list[str] = fields.ListField(fields.StringField())  # type: ignore[assignment]
    allowed: list[str] = fields.ListField(fields.StringField(), default=[])  # type: ignore[assignment]
    libraries: list[str] = fields.ListField(fields.StringField(), default=[])  # type: ignore[assignment]

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        free = {*self.allowed, *self.libraries}
        broken: list[str] = []
        for wall in self.walls(graph):
            for importer in sorted({wall} | graph.find_descendants(wall)):
                for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                    if not within(imported, {wall, *free}):
                        broken.append(self.describe(graph, importer, imported))
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def walls(self, graph: ImportGraph) -> list[str]:
        found: set[str] = set()
        for pattern in self.walled:
            found |= graph.find_matching_modules(pattern) if "*" in pattern else {pattern} & graph.modules
        return sorted(found)

    def describe(self, graph: ImportGraph, importer: str, imported: str) -> str:
        details = graph.get_import_details(importer=importer, imported=imported)
        lines = ", ".join(str(detail["line_number"]) for detail in details)
        return f"{importer} must not import {imported} (line {lines})"

    def render_broken_contract(self, check: ContractCheck) -> None:
        for sentence in check.metadata["broken"]:
            output.print_error(sentence)


def within(module: str, packages: set[str]) -> bool:
    """Whether a module is one of the packages or lies inside one."""
    return any(module == package or module.startswith(package + ".") for package in packages)
