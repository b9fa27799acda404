"""The store in another language has the same ids and values as the original, but different texts."""

from typing import Any

from kjtui.record.translate import texts, translated

STORE: dict[str, dict[str, Any]] = {
    "dataset": {"1": {"title": "Quay", "actors": {"V": "Vesper"}, "version": "1"}},
    "tracks": {
        "1": {
            "id": "fee",
            "group": "At the quay",
            "name": "Fee",
            "aliases": ["toll"],
            "states": [{"id": "due", "label": "due", "meaning": "The fee is due.", "tone": "controlled"}],
            "facts": [{"label": "Law", "value": "Act 2", "sources": ["gazette"]}],
        }
    },
    "events": {
        "1": {
            "id": "2022-01-10-fee",
            "title": "Fee due",
            "summary": "The fee is due.",
            "says": {"V": "Pay."},
        },
        "2": {"id": "2022-02-10-fee", "title": "Fee due", "summary": "Again.", "sources": ["gazette"]},
    },
    "sources": {"1": {"id": "gazette", "title": "Gazette 2"}, "2": {"id": "notice", "title": "[a notice]"}},
}


def test_each_text_is_translated_in_its_context() -> None:
    def mark(context: str, text: str) -> str:
        return f"<{text}>"

    result = translated(STORE, "ko", mark)
    assert result["dataset"]["1"] == {
        "title": "<Quay>",
        "actors": {"V": "<Vesper>"},
        "version": "1",
        "language": "ko",
        "original_title": "Quay",
        "aliases": {"<Vesper>": ["Vesper"]},
    }
    track = result["tracks"]["1"]
    assert (track["id"], track["name"], track["aliases"]) == ("fee", "<Fee>", ["toll", "Fee"])
    assert track["states"][0] == {
        "id": "due",
        "label": "<due>",
        "meaning": "<The fee is due.>",
        "tone": "controlled",
    }
    assert result["events"]["1"]["says"] == {"V": "<Pay.>"}
    assert result["events"]["2"]["sources"] == ["gazette"]


def test_english_names_of_levels_and_series_become_aliases() -> None:
    store: dict[str, dict[str, Any]] = {
        "dataset": {"1": {"title": "Quay", "actors": {}, "aliases": {"harbour masters": ["masters"]}}},
        "meetings": {"1": {"id": "first", "series": "talks"}},
        "events": {"1": {"id": "2022-01-10-fee", "meeting": {"id": "first", "level": "harbour masters"}}},
    }
    result = translated(store, "ko", lambda context, text: f"<{text}>")
    assert result["dataset"]["1"]["aliases"] == {
        "<harbour masters>": ["masters", "harbour masters"],
        "<talks>": ["talks"],
    }


def test_the_title_of_a_publication_stays_and_a_description_is_translated() -> None:
    result = translated(STORE, "ko", lambda context, text: f"<{text}>")
    assert [source["title"] for source in result["sources"].values()] == ["Gazette 2", "<[a notice]>"]


def test_publishers_are_translated_and_keep_their_english_names_as_aliases() -> None:
    sources = {"1": {"id": "act", "title": "Act", "publisher": "Gazette", "copy_of": "Ministry"}}
    result = translated({**STORE, "sources": sources}, "ko", lambda context, text: f"<{text}>")
    source = result["sources"]["1"]
    assert (source["title"], source["publisher"], source["copy_of"]) == ("Act", "<Gazette>", "<Ministry>")
    assert result["dataset"]["1"]["aliases"]["<Gazette>"] == ["Gazette"]


def test_a_text_whose_english_has_changed_stays_english() -> None:
    catalogue = {("2022-01-10-fee/title", "Fee payable"): "납부"}
    result = translated(STORE, "ko", lambda context, text: catalogue.get((context, text), text))
    assert result["events"]["1"]["title"] == "Fee due"


def test_equal_texts_of_two_events_are_translated_separately() -> None:
    contexts = [context for context, text in texts(STORE) if text == "Fee due"]
    assert contexts == ["2022-01-10-fee/title", "2022-02-10-fee/title"]


def test_the_original_tables_are_not_changed() -> None:
    before = repr(STORE)
    translated(STORE, "ko", lambda context, text: "x")
    assert repr(STORE) == before
