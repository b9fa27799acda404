"""Expected states and first days, taken from official texts and the two articles."""

from datetime import date

import pytest

from kjtui.history.snapshot import History

MATERIALS = ("photoresist", "hydrogen-fluoride", "fluorinated-polyimide")

STANDINGS: dict[str, dict[str, tuple[str, str | None]]] = {
    # METI announced on 1 July 2019 that individual licences are required from 4 July.
    "2019-07-03": {
        **dict.fromkeys(MATERIALS, ("bulk", None)),
        "japan-list": ("listed", None),
        "korea-list": ("listed", None),
        "wto-ds590": ("none", None),
    },
    "2019-07-04": {
        **dict.fromkeys(MATERIALS, ("individual", "2019-07-04")),
        "japan-list": ("listed", None),
    },
    # The cabinet order of 2 August 2019 took effect on 28 August.
    "2019-08-27": {"japan-list": ("listed", None), "japan-catch-all": ("exempt", None)},
    "2019-08-28": {
        "japan-list": ("delisted", "2019-08-28"),
        "japan-catch-all": ("applies", "2019-08-28"),
        "gsomia": ("notice-given", "2019-08-23"),
    },
    # DS590 was filed on 11 September; MOTIE's notice took effect on 18 September.
    "2019-09-18": {
        "korea-list": ("delisted", "2019-09-18"),
        "wto-ds590": ("consultations", "2019-09-11"),
    },
    "2019-11-22": {
        "gsomia": ("notice-suspended", "2019-11-22"),
        "wto-ds590": ("suspended", "2019-11-22"),
    },
    # METI eased its licence rules for photoresist only.
    "2019-12-20": {
        "photoresist": ("specific-bulk", "2019-12-20"),
        "hydrogen-fluoride": ("individual", "2019-07-04"),
        "fluorinated-polyimide": ("individual", "2019-07-04"),
    },
    # The day of Yonhap's article.
    "2020-03-10": {
        "photoresist": ("specific-bulk", "2019-12-20"),
        "hydrogen-fluoride": ("individual", "2019-07-04"),
        "fluorinated-polyimide": ("individual", "2019-07-04"),
        "japan-list": ("delisted", "2019-08-28"),
        "korea-list": ("delisted", "2019-09-18"),
        "wto-ds590": ("suspended", "2019-11-22"),
        "gsomia": ("notice-suspended", "2019-11-22"),
        "japan-entry": ("suspended", "2020-03-09"),
        "korea-entry": ("suspended", "2020-03-09"),
    },
    # Japan refused entry from all of Korea from 3 April 2020.
    "2020-04-02": {"japan-entry": ("suspended", "2020-03-09")},
    "2020-04-03": {"japan-entry": ("refused", "2020-04-03")},
    # The Dispute Settlement Body established the panel on 29 July 2020.
    "2020-07-29": {
        "wto-ds590": ("panel-established", "2020-07-29"),
        "korea-catch-all": ("explicit", "2020-06-19"),
    },
    # Japan allowed business travel three times and stopped it twice. It let in tour groups from June 2022.
    "2020-12-30": {"japan-entry": ("business", "2020-10-08")},
    "2021-03-31": {"japan-entry": ("refused", "2021-01-14")},
    "2021-11-08": {"japan-entry": ("business", "2021-11-08")},
    "2022-02-28": {"japan-entry": ("refused", "2021-11-30")},
    "2022-03-01": {"japan-entry": ("business", "2022-03-01")},
    "2022-06-10": {"japan-entry": ("tours", "2022-06-10")},
    # The day of the Korea Times article.
    "2023-04-14": {
        **dict.fromkeys(MATERIALS, ("special-bulk", "2023-03-23")),
        "japan-list": ("delisted", "2019-08-28"),
        "korea-list": ("delisted", "2019-09-18"),
        "wto-ds590": ("withdrawn", "2023-03-23"),
        "gsomia": ("normalised", "2023-03-21"),
        "japan-entry": ("visa-free", "2022-10-11"),
    },
    "2023-04-24": {"korea-list": ("listed", "2023-04-24"), "japan-list": ("delisted", "2019-08-28")},
    # The cabinet order of 27 June 2023 took effect on 21 July. General bulk licences returned with it.
    "2023-07-20": {**dict.fromkeys(MATERIALS, ("special-bulk", "2023-03-23"))},
    "2023-07-21": {
        **dict.fromkeys(MATERIALS, ("bulk", "2023-07-21")),
        "japan-list": ("listed", "2023-07-21"),
        "japan-catch-all": ("exempt", "2023-07-21"),
    },
}


@pytest.mark.parametrize("day", STANDINGS)
def test_a_day_has_the_states_of_the_official_texts(package_history: History, day: str) -> None:
    snapshot = package_history.snapshot(date.fromisoformat(day))
    expected = STANDINGS[day]
    found = {}
    for track in expected:
        standing = snapshot.standing(track)
        found[track] = (standing.state.id, standing.since and str(standing.since))
    assert found == expected
