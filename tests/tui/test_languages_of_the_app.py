"""The app in Korean and Japanese: opening, moving through days, and changing and saving the language."""

import re
from datetime import date
from pathlib import Path

import pytest

from kjtui.history.snapshot import History
from kjtui.languages import current_language, use_language
from kjtui.record.store import default_store, load
from kjtui.tui.app import KjtuiApp
from kjtui.tui.state.config import load_config
from support.app import main_screen, read, screen_text, sizes
from support.catalogues import TRANSLATED

DAY = date(2020, 3, 10)
WALK = (
    "right",
    "n",
    "m",
    "2",
    "3",
    "4",
    "1",
    "enter",
    "escape",
    "w",
    "escape",
    "question_mark",
    "1",
    "escape",
)
MORE = ("slash", "G", "escape", "f", "escape", "g", "escape", "L", "escape", "s", "escape", "e", "escape")


pytestmark = pytest.mark.usefixtures("all_languages")


def app_in(language: str, day: date = DAY) -> KjtuiApp:
    """Return the app in a language, with the package's record in the same language."""
    use_language(language)
    store = default_store(language)
    return KjtuiApp(History(load(store)), day, store=store)


@pytest.mark.parametrize("size", sizes())
@pytest.mark.parametrize("language", TRANSLATED)
async def test_the_app_can_be_walked_in_each_language(language: str, size: tuple[int, int]) -> None:
    app = app_in(language)
    async with app.run_test(size=size) as pilot:
        for key in (*WALK, *MORE):
            await pilot.press(key)
            await pilot.pause()
        assert app.screen is main_screen(app)


@pytest.mark.parametrize(
    ("language", "row", "example"),
    [
        ("en", "Dec 16 ", "9 October 2025"),
        ("ko", "12월 16 ", "2025년 10월 9일"),
        ("ja", "12月 16 ", "令和7年10月9日"),
    ],
)
async def test_a_month_is_apart_from_the_day_and_typed_days_are_in_the_language(
    language: str, row: str, example: str
) -> None:
    app = app_in(language, date(2019, 12, 16))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert row in read(app, "timeline")
        await pilot.press("g")
        await pilot.pause()
        assert example in screen_text(app)
        assert ("9/10/2025" in screen_text(app)) == (language == "en")


@pytest.mark.parametrize(
    ("language", "count", "keys", "last"),
    [
        ("en", "Photoresist (189)", "1-4 page", "summit"),
        ("ko", "포토레지스트 189건", "1~4 페이지", "정상회담(summit)"),
        ("ja", "フォトレジスト 189件", "1～4 ページ", "（summit）"),
    ],
)
async def test_counts_ranges_of_keys_and_long_messages_in_dialogs(
    language: str, count: str, keys: str, last: str
) -> None:
    app = app_in(language)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert count in screen_text(app)
        await pilot.press("escape", "question_mark")
        await pilot.pause()
        assert keys in screen_text(app)
        await pilot.press("escape", "slash", *"kind:xyz")
        await pilot.pause(0.3)
        assert last in screen_text(app)  # the end of the list of known values


@pytest.mark.parametrize("language", TRANSLATED)
async def test_no_day_is_cut_in_lists_and_no_english_is_left_in_the_header(language: str) -> None:
    app = app_in(language, date(2020, 3, 8))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not re.search("[월月] ?…", read(app, "timeline"))  # the date is not truncated
        await pilot.press("c", "right")
        await pilot.pause()
        assert not re.search("after|before", read(app, "headline"))
        for keys in (("slash", "1", "6"), ("escape", "g", "5", "slash", "3")):
            for key in keys:
                await pilot.press(key)
            await pilot.pause(0.3)
            assert not re.search("[월月] ?…", screen_text(app))


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        ("ko", "내보", "내보내기"),
        ("ko", "export", "내보내기"),
        ("ko", "language", "언어: English"),
        ("ja", "ファイルに", "保存"),
        ("ja", "export", "保存"),
        ("ja", "言語", "言語：한국어"),
    ],
)
async def test_the_palette_finds_commands_in_the_language_and_in_english(
    language: str, typed: str, found: str
) -> None:
    app = app_in(language)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *typed)
        await pilot.pause(0.5)
        assert found in screen_text(app)


@pytest.mark.parametrize("typed", ["화이트리스트", "フッ化水素", "수출규제"])
async def test_the_search_finds_words_of_each_language_in_english(typed: str) -> None:
    app = app_in("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *typed)
        await pilot.pause(0.5)
        assert re.search(r"1 of \d{2,3}", screen_text(app))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (45, 40), (20, 6)], ids=str)
@pytest.mark.parametrize(("language", "ends"), [("ko", "? 도움말 q 종료"), ("ja", "? ヘルプ q 終了")])
async def test_the_footer_has_no_key_without_its_word(
    language: str, ends: str, size: tuple[int, int]
) -> None:
    app = app_in(language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        line = screen_text(app).splitlines()[-1].rstrip(" ▆")  # without the corner of the scroll bar
        assert line.endswith(ends)
        assert re.fullmatch(r"( [^\s\w]\S* \w+| [a-zA-Z](/[a-zA-Z])? \w+)+", line)


@pytest.mark.parametrize(
    ("language", "row", "typed", "offered"),
    [
        ("ja", "主体（actor）： 種類（kind）：", "種類:会", "種類:会合"),
        ("ja", "主体（actor）： 種類（kind）：", "主体:", "日本（JP）"),
        ("ko", "주체(actor): 종류(kind):", "종류:회", "종류:회의"),
        ("ko", "주체(actor): 종류(kind):", "kind:mee", "kind:meeting"),
    ],
)
async def test_the_search_names_and_completes_fields_in_the_language(
    language: str, row: str, typed: str, offered: str
) -> None:
    app = app_in(language)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("slash")
        await pilot.pause(0.3)
        assert row in screen_text(app)
        await pilot.press(*typed)
        await pilot.pause(0.3)
        assert offered in screen_text(app).split("\n")[1]


async def test_a_note_in_hangul_and_kana_is_kept() -> None:
    app = app_in("ko")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("A", *"한글 메모 かな", "ctrl+s")
        await pilot.pause(0.3)
        await pilot.press("B")
        await pilot.pause(0.3)
        assert "한글 메모 かな" in screen_text(app)


async def test_the_language_can_be_changed_at_the_same_place_and_is_remembered() -> None:
    app = app_in("en")
    async with app.run_test(size=(120, 40)) as pilot:
        english = main_screen(app).history.record
        app.action_use_language("ko")
        await pilot.pause()
        korean = main_screen(app).history.record
        assert current_language() == load_config().language == "ko"
        assert korean.dataset.key == english.dataset.key
        assert [event.id for event in korean.events] == [event.id for event in english.events]
        assert main_screen(app).cursor.day == DAY


async def test_the_record_of_another_store_stays_as_the_interface_changes(sample: Path) -> None:
    app = KjtuiApp(History(load(sample)), DAY, store=sample)
    async with app.run_test(size=(80, 24)) as pilot:
        before = main_screen(app).history.record.digest
        app.action_use_language("ja")
        await pilot.pause()
        assert current_language() == "ja"
        assert main_screen(app).history.record.digest == before


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "store.json"
    path.write_bytes(default_store().read_bytes())
    return path


@pytest.mark.parametrize(
    ("language", "kind", "found", "nothing"),
    [("ja", "用語", "安倍晋三", "該当なし"), ("ko", "용어", "EUV 포토레지스트", "찾지 못함")],
)
async def test_the_palette_finds_terms_by_their_kind_and_says_in_the_language_that_it_finds_none(
    language: str, kind: str, found: str, nothing: str
) -> None:
    app = app_in(language)
    async with app.run_test(size=(100, 200)) as pilot:
        await pilot.press("ctrl+p", *kind)
        await pilot.pause(1)
        assert found in screen_text(app)
        await pilot.press(*"ΩΩΩ")
        await pilot.pause(1)
        assert nothing in screen_text(app)
