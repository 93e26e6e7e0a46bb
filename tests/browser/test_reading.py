"""The page as a whole: navigation, policy, keyboard, words for those who do not see it."""

from __future__ import annotations

from .conftest import Visit


def test_instant_navigation_disposes_and_remounts(visit: Visit, chapter: str) -> None:
    page = visit.open("", figure="hero")
    page.evaluate("window.sameDocument = true; window.old = document.getElementById('hero')")
    page.locator(f"nav a[href$='{chapter}'], a[href$='{chapter}']").first.evaluate("a => a.click()")
    visit.until("() => Boolean(document.querySelector('mm-figure#head'))")
    assert page.evaluate("window.sameDocument === true"), "not an instant navigation"
    visit.ready("head")
    lost = page.evaluate(
        """() => [...window.old.shadowRoot.querySelectorAll('canvas')]
             .map((c) => c.getContext('webgl2')).filter(Boolean).every((g) => g.isContextLost())"""
    )
    assert lost, "the old figure keeps its context"
    page.go_back()
    visit.until("() => Boolean(document.querySelector('mm-figure#hero'))")
    visit.ready("hero")
    assert visit.settle("hero") > 0
    assert visit.problems == []


def test_policy_forbids_eval_and_foreign_origins(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy
    scripts = next(p for p in policy.split(";") if p.strip().startswith("script-src"))
    assert "'wasm-unsafe-eval'" in scripts
    assert "'unsafe-eval'" not in scripts
    assert "'unsafe-inline'" not in scripts
    # A later turn of the event loop: what the debugger evaluates itself is exempt from the policy.
    refused = page.evaluate(
        """() => new Promise((done) => setTimeout(() => {
             try { done(new Function('return 1')()); } catch { done('no'); } }, 10))"""
    )
    assert refused == "no"


def test_every_figure_has_words(visit: Visit, chapter: str) -> None:
    for path in ("", chapter):
        page = visit.open(path)
        words = page.evaluate(
            "[...document.querySelectorAll('mm-figure')].map((f) => f.querySelector('.mm-alt')?.textContent.trim() ?? '')"
        )
        assert words
        assert all(len(w) > 40 for w in words)


def test_keyboard_turns_the_figure_and_reads_a_value(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    visit.settle("hero")
    camera = visit.describe("hero")["camera"]
    page.evaluate(
        """() => { const f = document.getElementById('hero');
             (f.shadowRoot.querySelector('[tabindex="0"]') ?? f).focus(); }"""
    )
    page.keyboard.press("ArrowLeft")
    visit.settle("hero")
    assert visit.describe("hero")["camera"] != camera
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    visit.until(
        """() => /\\[\\d+, ?\\d+\\]/.test(document.getElementById('hero').shadowRoot
             .querySelector('[aria-live]').textContent)"""
    )
    page.keyboard.press("Escape")


def test_reduced_motion_does_not_play_by_itself(visit: Visit) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open("", figure="hero")
    for name in page.evaluate("[...document.querySelectorAll('mm-figure')].map((f) => f.id)"):
        visit.ready(name)
        assert not visit.describe(name)["animation"]["playing"]


def test_without_script_the_code_and_the_words_are_there(browser: object, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(site + "chapters/attention-head/")
    assert page.locator("mm-cell pre").first.is_visible()
    assert page.locator("mm-figure .mm-alt").first.is_visible()
    context.close()
