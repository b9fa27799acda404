"""The snapshots of 2020-03-10 and 2023-04-14 contain every fact that the articles of those days report.

A fact counts as found if a single event that was public on the day contains all words of the fact. Therefore
the names, numbers and days in the record must stay the same, but the wording may change.
"""

import re
from datetime import date

import msgspec
import pytest

from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import Event

YONHAP = {
    "the meeting began by video at 10:00 on director-general level": [
        r"video",
        r"10:00",
        r"director-general",
    ],
    "it was the first meeting in three months": [r"8th policy dialogue", r"first in three months"],
    "it had been planned for Seoul in person": [r"by video", r"planned as a meeting in person in Seoul"],
    "coronavirus entry limits moved it to video": [r"by video", r"entry limits", r"coronavirus"],
    "the meeting in Tokyo in December lifted no measure": [r"Tokyo on 16 December lifted no measure"],
    "Lee Ho-hyeon took part from the government complex": [r"Lee Ho-hyeon", r"government complex"],
    "Iida Yoichi took part for Japan": [r"Iida Yoichi"],
    "it was to run into the afternoon": [r"8th policy dialogue", r"afternoon"],
    "Japan restricted three materials in July 2019": [r"three materials", r"2019-07-04"],
    "the materials are critical to chips and displays": [r"critical", r"chip", r"display"],
    "Japan spoke of insufficient control of military goods": [r"not effectively control", r"military use"],
    "Japan gave no grounds": [r"without giving grounds"],
    "Seoul saw political motives behind the measures": [r"politically motivated", r"rulings of 2018"],
    "the rulings compensate victims of forced labour of 1910 to 1945": [r"compensate", r"1910–45"],
    "Korea took Japan off its list": [r'"korea-list"', r'"delisted"', r"2019-09-18"],
    "Korea went to the WTO": [r'"wto-ds590"', r'"consultations"'],
    "Korea suspended its WTO case in November 2019": [r"2019-11-22", r'"wto-ds590"', r'"suspended"'],
    "Korea put off the end of GSOMIA in November 2019": [r"2019-11-22", r'"gsomia"', r'"notice-suspended"'],
    "Japan eased photoresist before the summit": [r"2019-12-20", r'"photoresist"', r'"specific-bulk"'],
    "the summit of December brought no agreement": [r"2019-12-24", r"unchanged|no agreement"],
    "the outbreak strained trust": [r"coronavirus", r"strained trust"],
    "Japan asked arrivals to stay apart for 14 days": [r"14 days", r"Korea and China"],
    "Japan asked them to avoid public transport": [r"14 days", r"public transport"],
    "Japan suspended its visa waiver on 9 March": [r'"japan-entry"', r'"suspended"', r'"in-force"'],
    "Korea suspended its visa waiver on 9 March": [r'"korea-entry"', r'"suspended"', r'"in-force"'],
    "Korea invalidated issued visas": [r"2020-03-09", r"no longer valid"],
    "Seoul quoted a lack of understanding": [r"lack of understanding", r"advanced, outstanding"],
    "Japan called the meeting a broad one": [r"broad range of issues", r"not specifically"],
    "Korea asked for the rules from before July 2019": [r"2020-03-06", r"before July 2019"],
    "KOSTI has 25 percent more staff": [r"Korean Security Agency of Trade and Industry", r"25 ?%"],
    "Korea reorganised its export-control offices": [r"2020-03-06", r"bureau"],
}

KOREA_TIMES = {
    "the 10th dialogue meets in Seoul from 18 to 20 April": [r"2023-04-18", r"2023-04-20", r"Seoul"],
    "the meeting is in person on director level": [r'"in-person"', r'"director-general"', r"2023-04-18"],
    "a video meeting was held on Monday": [r'"2023-04-10"', r'"video"'],
    "video meetings were held on Wednesday and Thursday": [r'"2023-04-12"', r'"2023-04-13"', r'"video"'],
    "they discussed strategic goods and catch-all control": [r"strategic", r"catch-all", r"2023-04-12"],
    "catch-all requires a situational licence": [r"situational licence", r"not listed as strategic"],
    "both sides vowed to restore each other": [r"vowed to put each other back"],
    "relations were marred by colonial rule": [r"long marred", r"1910–45"],
    "Japan lifted the restrictions on three materials in March": [
        r"2023-03-23",
        r'"special-bulk"',
        r'"in-force"',
    ],
    "Japan delisted Korea in 2019": [r'"japan-list"', r'"delisted"', r"2019-08-28"],
    "Korea then delisted Japan": [r'"korea-list"', r'"delisted"', r"2019-09-18"],
    "Korea has begun to restore Japan": [r'"korea-list"', r'"listed"', r'"proposed"'],
    "Korea expects to finish by the end of April": [r"end of April"],
    "Japan is to name a time frame at the meeting": [r"time frame"],
    "the curbs were seen as retaliation for the rulings": [r"retaliation", r"2018 rulings"],
    "Seoul will pay victims without Japanese money": [
        r"2023-03-06",
        r"foundation",
        r"not asked to contribute",
    ],
    "victims and opposition objected": [r"2023-03-06", r"[Vv]ictims", r"opposition", r"object"],
    "Yoon and Kishida met in Tokyo on 16 March": [r"2023-03-16", r"Yoon", r"Kishida", r"Tokyo"],
    "it was the first summit in 12 years": [r"2023-03-16", r"12 years|2011"],
}


def has_fact(event: Event, patterns: list[str]) -> bool:
    text = msgspec.json.encode(event, enc_hook=lambda date: date.text).decode()
    return all(re.search(pattern, text) for pattern in patterns)


def assert_has_fact(snapshot: Snapshot, patterns: list[str]) -> None:
    assert any(has_fact(event, patterns) for event in snapshot.events), patterns


@pytest.mark.parametrize("fact", YONHAP)
def test_the_record_has_a_fact_of_the_article_of_10_march_2020(package_history: History, fact: str) -> None:
    assert_has_fact(package_history.snapshot(date(2020, 3, 10)), YONHAP[fact])


@pytest.mark.parametrize("fact", KOREA_TIMES)
def test_the_record_has_a_fact_of_the_article_of_14_april_2023(package_history: History, fact: str) -> None:
    assert_has_fact(package_history.snapshot(date(2023, 4, 14)), KOREA_TIMES[fact])


def test_the_meetings_of_10_march_2020_are_those_of_the_article(package_history: History) -> None:
    snapshot = package_history.snapshot(date(2020, 3, 10))
    meeting, previous = snapshot.meeting, snapshot.previous_meeting
    assert meeting is not None
    assert previous is not None
    assert (meeting.meeting.id, meeting.status, meeting.form) == ("dialogue-08", "under-way", "video")
    assert set(meeting.heads) == {"JP", "KR"}
    assert (previous.meeting.id, previous.first_day) == ("dialogue-07", date(2019, 12, 16))


def test_the_next_meeting_on_14_april_2023_is_that_of_the_article(package_history: History) -> None:
    coming = package_history.snapshot(date(2023, 4, 14)).next_meeting
    assert coming is not None
    assert (coming.status, coming.form, coming.place) == ("planned", "in-person", "Seoul")
    assert (coming.first_day, coming.last_day) == (date(2023, 4, 18), date(2023, 4, 20))


def test_no_later_fact_is_found_on_the_days_of_the_articles(package_history: History) -> None:
    for day in (date(2020, 3, 10), date(2023, 4, 14)):
        snapshot = package_history.snapshot(day)
        assert max(event.day for event in snapshot.events) == day
        for standing in snapshot.standings:
            assert standing.since is None or standing.since <= day
            assert standing.because is None or standing.because.day <= day


def test_the_return_of_either_list_is_pending_and_without_a_day_on_14_april_2023(
    package_history: History,
) -> None:
    snapshot = package_history.snapshot(date(2023, 4, 14))
    for track, stage in (("japan-list", "in-talks"), ("korea-list", "proposed")):
        [pending] = snapshot.standing(track).pending
        assert (pending.state.id, pending.stage, pending.in_force) == ("listed", stage, None)
