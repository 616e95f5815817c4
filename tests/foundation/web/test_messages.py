"""Every sentence has exactly one fitting Chinese one, and the check that says so finds what it is meant to find."""

from pathlib import Path

import pytest

from tools.bare_words import bare_words
from tools.messages import findings

PROJECT = '[tool.setuptools]\npackages = ["yard", "yard.shed"]\n'
CODE = """from foundation.base.problem import N_
PLAIN = N_("Nothing was saved.")
LONG = N_("%(name)s is "
          "closed.")
"""
PAGE = '<h1>{{ _("Entries") }}</h1>{{ ngettext("One entry", "%(num)s entries", n) }}'
CHINESE = {
    "Nothing was saved.": "什么也没有保存。",
    "%(name)s is closed.": "%(name)s已关闭。",
    "Entries": "参赛编号",
}
PLURAL = 'msgid "One entry"\nmsgid_plural "%(num)s entries"\nmsgstr[0] "%(num)s 个参赛编号"\n'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small checkout in which every sentence has its Chinese."""
    for folder in ("yard/shed", "templates/yard", "locales/zh_CN"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "yard/shed/rules.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "templates/yard/list.html").write_text(PAGE, encoding="utf-8")
    catalogue = "\n".join(f'msgid "{text}"\nmsgstr "{chinese}"\n' for text, chinese in CHINESE.items())
    (tmp_path / "locales/zh_CN/yard.po").write_text(catalogue + "\n" + PLURAL, encoding="utf-8")
    return tmp_path


def add(house: Path, text: str, name: str = "more.po") -> None:
    with (house / "locales/zh_CN" / name).open("a", encoding="utf-8") as catalogue:
        catalogue.write(text)


def test_every_sentence_of_the_registry_has_its_chinese() -> None:
    assert "\n".join(findings()) == ""


def test_a_complete_house_has_no_findings(house: Path) -> None:
    assert findings(house) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('msgid "Entries"\nmsgstr "参赛编号"\n', "", ["templates/yard/list.html:1: no Chinese for 'Entries'"]),
        ('msgstr "参赛编号"', 'msgstr ""', ["templates/yard/list.html:1: no Chinese for 'Entries'"]),
        ('msgid "Entries"', '#, fuzzy\nmsgid "Entries"', ["templates/yard/list.html:1: no Chinese for 'Entries'"]),
        (
            'msgstr "%(name)s已关闭。"',
            'msgstr "已关闭。"',
            ["locales/zh_CN/yard.po:4: needs exactly ['%(name)s']: '已关闭。'"],
        ),
        (
            'msgstr "%(name)s已关闭。"',
            'msgstr "%(name)s%(who)s已关闭。"',
            ["locales/zh_CN/yard.po:4: needs exactly ['%(name)s']: '%(name)s%(who)s已关闭。'"],
        ),
        (
            'msgstr "参赛编号"',
            'msgstr "100%参赛"',
            ["locales/zh_CN/yard.po:7: a per cent sign is written %%: '100%参赛'"],
        ),
        (
            PLURAL,
            'msgid "One entry"\nmsgstr "一个参赛编号"\n',
            ["locales/zh_CN/yard.po:10: msgid_plural must be '%(num)s entries'"],
        ),
    ],
)
def test_what_a_catalogue_lacks_is_found(house: Path, old: str, new: str, found: list[str]) -> None:
    catalogue = house / "locales/zh_CN/yard.po"
    text = catalogue.read_text(encoding="utf-8")
    assert old in text
    catalogue.write_text(text.replace(old, new), encoding="utf-8")
    assert findings(house) == found


def test_what_nobody_says_any_more_is_found(house: Path) -> None:
    add(house, 'msgid "Gone"\nmsgstr "没了"\n\n#~ msgid "Long gone"\n#~ msgstr "早没了"\n')
    assert findings(house) == [
        "locales/zh_CN/more.po:1: nobody says this any more: 'Gone'",
        "locales/zh_CN/more.po: 'Long gone': an obsolete entry",
    ]


@pytest.mark.parametrize("name", ["more.po", "yard.po"])
def test_two_chinese_sentences_for_one_are_found_and_a_repeat_is_not(house: Path, name: str) -> None:
    add(house, '\nmsgid "Entries"\nmsgstr "参赛编号"\n', name)
    assert findings(house) == []
    add(house, '\nmsgid "Entries"\nmsgstr "参赛者"\n', name)
    assert [line.split(": ", 1)[1] for line in findings(house)] in (
        ["locales/zh_CN/yard.po:7 says it otherwise: 'Entries'"],
        ["locales/zh_CN/more.po:2 says it otherwise: 'Entries'"],
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p>{{ _("Entries") }}: {{ n }} · 12</p>', []),
        ("<p>Entries</p>", ["Entries"]),
        ("<p>{% if n %}参赛{% endif %}</p>", ["参赛"]),
        ('<input placeholder="Your name">', ["Your name"]),
        ('<input placeholder="{{ _("Your name") }}" class="field wide">', []),
        ("<p>{% trans %}Entries{% endtrans %}</p>", []),
        ("<p>{% trans n=n %}One{% pluralize %}Many{% endtrans %} left</p>", ["left"]),
        ('<a translate="no">English</a> <b>Bold</b>', ["Bold"]),
        ("{# a remark #}<script>let x</script>&nbsp;&copy;", []),
        ('<svg><path d="M0 0"/></svg><br>words', ["words"]),
    ],
)
def test_words_that_nobody_translates_are_found(tmp_path: Path, source: str, found: list[str]) -> None:
    (tmp_path / "page.html").write_text("\n" + source, encoding="utf-8")
    lines = bare_words(tmp_path / "page.html", tmp_path)
    assert lines == [f"page.html:2: words outside _(): {text!r}" for text in found]
