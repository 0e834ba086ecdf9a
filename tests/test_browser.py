"""The pages in a real browser: no console error, no request, reachable by keyboard, no serious accessibility fault."""

import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from port.backprop.explain import explain
from port.cli import main
from port.report.check import CaseCard, Detail, check_page
from port.report.diverge import Pair, Side, Sources, diverge_page
from port.report.explain import explain_page
from port.report.page import Page, Table, Text, render

pytestmark = pytest.mark.browser
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()
HOSTILE = "<script>document.title='taken'</script>\"'\0\n\u202eright to left\u202c" + "x" * 10_000


def _check_page(folder):
    main(["check", "-k", "sigmoid_mse_xor or sigmoid_mse_train_xor_online", "--reports", str(folder)])
    return (folder / "index.html").read_text(encoding="utf-8")


def _difference_page(_):
    rng = np.random.default_rng(0)
    want, got = rng.normal(size=(30, 40)), rng.normal(size=(30, 40))
    rows = pd.DataFrame({"case": [HOSTILE], "route": ["port"], "quantity": [HOSTILE], "max_scaled": [0.5]})
    summary = rows.assign(verdict="differ", quantities=1, worst=HOSTILE).drop(columns="quantity")
    cause = {"code": "L02", "title": "transposed", "confidence": 0.9, "evidence": HOSTILE, "remedy": "use .T"}
    top = pd.DataFrame({"at_matlab": ["(1,1)"], "got": [1.0]})
    detail = Detail(HOSTILE, "port", HOSTILE, "differ", HOSTILE, HOSTILE, want, got, top, [cause])
    cards = [CaseCard(HOSTILE, HOSTILE, {"engine": HOSTILE}, HOSTILE, {"a": np.ones(3), "b": np.ones(3)})]
    return render(
        check_page(HOSTILE, "differ", {HOSTILE: HOSTILE}, summary, rows, [detail], cards, [HOSTILE])
    )


def _diverge_page(_):
    rng = np.random.default_rng(1)
    want = rng.normal(size=(12, 20))
    matlab = Side("MATLAB", HOSTILE, 2, 2, HOSTILE, HOSTILE, HOSTILE, want)
    python = Side("Python", HOSTILE, 3, 4, HOSTILE, HOSTILE, HOSTILE, want.T)
    cause = {"code": "L02", "title": HOSTILE, "confidence": 0.9, "evidence": HOSTILE, "remedy": HOSTILE}
    pairs = [Pair(HOSTILE, matlab, python, HOSTILE, want, want * 2, [cause, cause, cause], HOSTILE)] * 2
    text = "\n".join([HOSTILE, "a = 1;", "b = 2;", "if a", "c = 3"])
    sources = [Sources(HOSTILE, HOSTILE, text, text, [(1, 1), (4, 5)], frozenset({1, 4}), frozenset({1, 5}))]
    sources += [Sources("other.m", "", text, "", [], frozenset(), frozenset())]
    return render(diverge_page(HOSTILE, "differ", {HOSTILE: HOSTILE}, pairs, sources, HOSTILE))


PAGES = {
    "diverge": _diverge_page,
    "check": _check_page,
    "difference": _difference_page,
    "explain": lambda _: render(
        explain_page(explain("softmax", "cross_entropy", shape=(3, 5), sizes=(3, 4, 3)))
    ),
    "explain diagonal": lambda _: render(explain_page(explain("sigmoid", "squared_error"))),
    "hostile": lambda _: render(
        Page(
            HOSTILE,
            HOSTILE,
            "agree",
            {HOSTILE: HOSTILE},
            [Text(HOSTILE), Table(pd.DataFrame({HOSTILE: [HOSTILE]}), "t")],
        )
    ),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Headless Chromium, driven by the chromedriver beside it."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not driver or not chromium:
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield chrome
    chrome.quit()


@pytest.fixture(scope="module", params=PAGES)
def opened(request, browser, tmp_path_factory):
    """Every page in turn, opened from file://."""
    folder = tmp_path_factory.mktemp("page")
    html = PAGES[request.param](folder)
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    browser.get_log("browser"), browser.get_log("performance")
    browser.set_window_size(1200, 900)
    browser.get(path.as_uri())
    return browser


def test_the_console_stays_silent(opened):
    assert opened.get_log("browser") == []


def test_nothing_is_requested(opened):
    sent = [
        entry["message"]
        for entry in opened.get_log("performance")
        if 'Network.requestWillBeSent"' in entry["message"]
    ]
    assert not [message for message in sent if '"url":"http' in message]
    assert (
        opened.execute_script(
            "return performance.getEntriesByType('resource').filter(e => e.name.startsWith('http')).length"
        )
        == 0
    )


def test_hostile_text_runs_nothing(opened):
    assert opened.title != "taken"
    assert opened.execute_script("return document.scripts.length") == 1


def test_nothing_is_wider_than_a_phone(opened):
    opened.set_window_size(500, 900)
    opened.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    too_wide = opened.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    opened.set_window_size(1200, 900)
    assert too_wide <= 0


def test_on_a_phone_a_table_scrolls_under_its_names_and_its_caption_is_whole(browser, tmp_path):
    frame = pd.DataFrame(
        {"name": ["a_case_of_a_long_name_" * 3], **{f"error {n}": [1e-9] for n in range(12)}}
    )
    path = tmp_path / "page.html"
    path.write_text(
        render(Page("t", "v", "agree", {}, [Table(frame, "a caption of many words " * 4)])), "utf-8"
    )
    browser.get(path.as_uri())
    browser.set_window_size(500, 900)
    browser.execute_script("document.querySelector('.table').scrollLeft = 300")
    edges = "const b = document.querySelector(arguments[0]).getBoundingClientRect(); return [b.left, b.right]"
    width = browser.execute_script("return document.documentElement.clientWidth")
    caption, name = (browser.execute_script(edges, what) for what in ("caption", "td"))
    browser.set_window_size(1200, 900)
    assert 0 <= caption[0] < caption[1] <= width
    assert 0 <= name[0] < name[1] <= width / 2


def test_everything_that_acts_is_reached_by_keyboard(opened):
    from selenium.webdriver.common.keys import Keys

    script = "return document.querySelectorAll('summary, button, input, [tabindex]').length"
    expected = opened.execute_script(script)
    opened.execute_script("document.activeElement.blur(); window.scrollTo(0, 0)")
    seen = set()
    for _ in range(min(expected, 60)):
        opened.switch_to.active_element.send_keys(Keys.TAB)
        seen.add(opened.switch_to.active_element.id)
    assert len(seen) == min(expected, 60)


def test_no_serious_accessibility_fault(opened):
    axe = Path(os.environ.get("MATPORT_AXE", ""))
    if not axe.is_file():
        pytest.skip("MATPORT_AXE does not name axe-core's axe.min.js (npm install axe-core)")
    opened.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    opened.execute_script(axe.read_text(encoding="utf-8"))
    found = opened.execute_async_script("axe.run().then(arguments[arguments.length - 1])")["violations"]
    serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_rows_sort_and_filter(browser, tmp_path):
    frame = pd.DataFrame({"name": ["b", "a", "c"], "error": [1e-9, 3.0, 2e-16]})
    path = tmp_path / "page.html"
    path.write_text(
        render(Page("t", "v", "agree", {}, [Table(frame, "rows", sortable=True)])), encoding="utf-8"
    )
    browser.get(path.as_uri())
    column = "return [...document.querySelectorAll('tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].textContent)"
    browser.find_elements("css selector", "th button")[1].click()
    assert browser.execute_script(column) == ["c", "b", "a"]
    browser.find_element("css selector", "input").send_keys("b")
    assert browser.execute_script(column) == ["b"]
