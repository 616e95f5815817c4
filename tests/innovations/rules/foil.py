"""The fourth innovation of the made-up province, complete."""

from innovations.rules.innovation_form import Author, Body, Draft
from innovations.rules.innovation_kinds import QUESTIONS

FOIL = Draft(
    title="极薄铜箔收卷张力自适应控制",
    kind="renovation",
    field="C",
    year=2025,
    body=Body(
        sections={"wrong": "收卷打皱", "done": "张力按卷径自动调节", "points": "卷径估算", "use": "三条线"},
        answers=tuple(QUESTIONS),
    ),
    authors=tuple(Author(name, share) for name, share in zip("甲乙丙丁戊", (40, 20, 15, 15, 10), strict=True)),
)
