"""LoRA and its kin against brute force, closed forms and published constants."""

from __future__ import annotations

import numpy as np
import pytest

from mmbook import lora
from mmbook.errors import OptionError

norm = np.linalg.norm


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def G(rng: np.random.Generator) -> np.ndarray:
    """A gradient with a decaying spectrum, 48 × 32."""
    return (rng.standard_normal((32, 48)) @ np.diag(0.85 ** np.arange(48))).T


def test_start_changes_nothing_and_only_B_learns(rng: np.random.Generator) -> None:
    W, x, g = (rng.standard_normal(s) for s in ((12, 9), (5, 12), (12, 9)))
    adapter = lora.start(12, 9, 3)
    assert np.array_equal(adapter.forward(x, W), x @ W)
    dA, dB = adapter.gradients(g)
    assert not dA.any()
    assert dB.any()


def test_merged_is_unmerged_and_rank_is_bounded(rng: np.random.Generator) -> None:
    W, x = rng.standard_normal((12, 9)), rng.standard_normal((5, 12))
    adapter = lora.Adapter(rng.standard_normal((12, 3)), rng.standard_normal((3, 9)), 0.7)
    assert norm(adapter.forward(x, W) - x @ adapter.merge(W)) < 1e-12
    assert np.linalg.matrix_rank(adapter.delta()) == 3
    assert adapter.size == 3 * (12 + 9)


def test_alpha_and_B_may_trade_a_factor(rng: np.random.Generator) -> None:
    W, x = rng.standard_normal((12, 9)), rng.standard_normal((5, 12))
    A, B = rng.standard_normal((12, 3)), rng.standard_normal((3, 9))
    one = lora.Adapter(A, B, lora.scaling(6, 3))
    two = lora.Adapter(A, 4 * B, lora.scaling(6 / 4, 3))
    assert norm(one.forward(x, W) - two.forward(x, W)) < 1e-12


def test_gradients_match_differences(rng: np.random.Generator) -> None:
    W, x, y = (rng.standard_normal(s) for s in ((6, 4), (7, 6), (7, 4)))
    A, B, s, h = rng.standard_normal((6, 2)), rng.standard_normal((2, 4)), 1.3, 1e-6

    def loss(A: np.ndarray, B: np.ndarray) -> float:
        return float(0.5 * ((lora.Adapter(A, B, s).forward(x, W) - y) ** 2).sum())

    adapter = lora.Adapter(A, B, s)
    dA, dB = adapter.gradients(x.T @ (adapter.forward(x, W) - y))
    for matrix, slope, other in ((A, dA, False), (B, dB, True)):
        for index in np.ndindex(*matrix.shape):
            up, down = matrix.copy(), matrix.copy()
            up[index] += h
            down[index] -= h
            change = (loss(A, up) - loss(A, down)) if other else (loss(up, B) - loss(down, B))
            assert np.isclose(change / (2 * h), slope[index], rtol=1e-5, atol=1e-6)


def test_the_two_scalings_and_starts_the_sources_disagree_on() -> None:
    assert lora.scaling(8, 8) == 1
    assert lora.scaling(8, 4, "alpha/sqrt(r)") == 4
    G = np.random.default_rng(0).standard_normal((48, 32))
    first = [
        norm(lora.equivalent(a, *a.gradients(G)))
        for a in (lora.start(48, 32, 8, rule=rule) for rule in ("alpha", "alpha/r"))
    ]
    assert first[0] / first[1] == pytest.approx(64, rel=1e-12)
    narrow = np.abs(lora.start(768, 768, 8).A).max()
    wide = np.abs(lora.start(768, 768, 8, fan_in="rank").A).max()
    assert 0.0355 < narrow <= 1 / np.sqrt(768)
    assert 0.348 < wide <= 1 / np.sqrt(8)


@pytest.mark.parametrize("rank", [0, 33, -1])
def test_bad_rank_explains_itself(rank: int) -> None:
    with pytest.raises(OptionError, match="1 to 32"):
        lora.start(48, 32, rank)


def test_zero_alpha_and_divergence_explain_themselves() -> None:
    with pytest.raises(OptionError, match="never change"):
        lora.start(48, 32, 4, alpha=0)
    with pytest.raises(OptionError, match="no number"):
        lora.scaling(float("nan"), 4)
    with pytest.raises(OptionError, match="alpha/sqrt"):
        lora.scaling(4, 4, "alpha*r")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match=r"without bound at step \d+, from .* stays bounded"):
        list(lora.race(lora.example(), "full", lr=50.0))


PUBLISHED_NF4 = [
    -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453,
    -0.28444138169288635, -0.18477343022823242, -0.09105003625154495, 0.0,
    0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224,
    0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0,
]  # fmt: skip


def test_nf4_codebook_is_the_published_one() -> None:
    assert np.abs(lora.nf4_codebook() - PUBLISHED_NF4).max() < 2e-7


def test_quantization_is_idempotent_bounded_and_keeps_zero(rng: np.random.Generator) -> None:
    W = rng.standard_normal((64, 64))
    W[3, :7] = 0
    first = lora.quantize(W)
    again = lora.quantize(first.dequantize())
    assert np.array_equal(first.dequantize(), again.dequantize())
    assert not first.dequantize()[3, :7].any()
    error = np.abs(first.dequantize() - W).reshape(-1, 64)
    assert np.all(error <= first.scales[:, None] * np.diff(lora.nf4_codebook()).max() / 2 + 1e-12)


def test_quantization_error_of_normal_weights(rng: np.random.Generator) -> None:
    W = rng.standard_normal(64 * 4096)
    nf4 = lora.quantize(W)
    uniform = lora.quantize(W, np.linspace(-1, 1, 16))
    rmse = np.sqrt(np.mean((nf4.dequantize() - W) ** 2))
    assert abs(rmse - 0.0920) < 3e-4
    assert abs(np.sqrt(np.mean((uniform.dequantize() - W) ** 2)) - 0.1009) < 3e-4
    scales = lora.quantize_scales(nf4.scales)
    twice = (nf4.codebook[nf4.codes] * scales[:, None]).ravel()
    assert 0 < np.sqrt(np.mean((twice - W) ** 2)) - rmse < 3e-5


def test_bits_per_weight() -> None:
    assert lora.bits_per_weight(double=True) == pytest.approx(4.126953125, abs=1e-12)
    assert lora.bits_per_weight(double=False) == 4.5


def test_gradient_start_reaches_the_tail(G: np.ndarray) -> None:
    adapter = lora.gradient_start(G, 4)
    assert norm(lora.first_step(adapter, G) - G) == pytest.approx(lora.tail(G, 8), abs=1e-12)
    other = lora.gradient_start(G, 4, for_A=[0, 2, 4, 6], for_B=[1, 3, 5, 7])
    assert norm(lora.first_step(other, G) - G) == pytest.approx(lora.tail(G, 8), abs=1e-12)
    same = lora.gradient_start(G, 4, for_A=range(4), for_B=range(4))
    assert norm(lora.first_step(same, G) - G) > 1.5 * lora.tail(G, 8)
    W = np.ones(G.shape)
    assert norm(adapter.merge(W - adapter.delta()) - W) < 1e-12


def test_a_finite_step_departs_from_the_first_order_in_proportion_to_its_length(
    G: np.ndarray,
) -> None:
    """By lr gA gB, which the tail is at right angles to: what is missed grows with lr² only."""
    adapter = lora.gradient_start(G, 4)
    gA, gB = adapter.gradients(G)
    limit = lora.tail(G, 8) / norm(G)
    for lr in (1e-1, 1e-2, 1e-3):
        moved = (adapter.A - lr * gA) @ (adapter.B - lr * gB) - adapter.A @ adapter.B
        departure = norm(moved / lr + lora.first_step(adapter, G))
        assert departure / lr == pytest.approx(norm(gA @ gB), rel=1e-6)
        missed = norm(moved + lr * G) / norm(lr * G)
        excess = lr * norm(gA @ gB) / norm(G)
        assert missed == pytest.approx(np.hypot(limit, excess), rel=1e-9)


def test_twice_the_rank_must_be_there(G: np.ndarray) -> None:
    assert lora.gradient_start(G, 16).rank == 16
    with pytest.raises(OptionError, match="1 to 16"):
        lora.gradient_start(G, 17)
    with pytest.raises(OptionError, match="1 to 12"):
        next(lora.race(lora.example(), "ga", rank=13))


def test_stable_scale() -> None:
    assert lora.stable_scale(4096) == 2.0


def brute_force(adapter: lora.Adapter, G: np.ndarray) -> tuple[np.ndarray, int]:
    """The least-squares nearest s (gA B + A gB), over every entry of gA and gB."""
    columns = []
    for shape, into in ((adapter.A.shape, "A"), (adapter.B.shape, "B")):
        for index in np.ndindex(*shape):
            unit = np.zeros(shape)
            unit[index] = 1
            zero = np.zeros(adapter.B.shape if into == "A" else adapter.A.shape)
            pair = (unit, zero) if into == "A" else (zero, unit)
            columns.append(lora.equivalent(adapter, *pair).ravel())
    basis = np.array(columns).T
    solution, _, rank, _ = np.linalg.lstsq(basis, G.ravel(), rcond=None)
    return (basis @ solution).reshape(G.shape), int(rank)


@pytest.mark.parametrize(("d_in", "d_out", "rank"), [(7, 6, 2), (48, 32, 4)])
def test_equivalent_gradient_is_the_brute_force_one(
    rng: np.random.Generator, d_in: int, d_out: int, rank: int
) -> None:
    G = rng.standard_normal((d_in, d_out))
    adapter = lora.Adapter(
        rng.standard_normal((d_in, rank)), rng.standard_normal((rank, d_out)), 2.0
    )
    made = lora.equivalent(adapter, *lora.pro_gradients(adapter, G))
    brute, freedom = brute_force(adapter, G)
    P_A, P_B = lora.projections(adapter)
    left_over = norm((np.eye(d_in) - P_A) @ G @ (np.eye(d_out) - P_B))
    assert norm(made - lora.best_equivalent(adapter, G)) < 1e-12 * norm(G) * 10
    assert norm(made - brute) < 1e-11
    assert norm(made - G) == pytest.approx(left_over, abs=1e-12)
    assert freedom == rank * (d_in + d_out - rank)
    assert norm(made) ** 2 + left_over**2 == pytest.approx(norm(G) ** 2, rel=1e-12)


def test_X_moves_the_factors_but_not_the_weight(rng: np.random.Generator) -> None:
    G = rng.standard_normal((9, 8))
    adapter = lora.Adapter(rng.standard_normal((9, 3)), rng.standard_normal((3, 8)), 0.5)
    one = lora.pro_gradients(adapter, G, np.zeros((3, 3)))
    two = lora.pro_gradients(adapter, G, rng.standard_normal((3, 3)))
    assert norm(one[0] - two[0]) > 0.1
    assert norm(lora.equivalent(adapter, *one) - lora.equivalent(adapter, *two)) < 1e-12

    def distance(X: np.ndarray) -> float:
        gA, gB = lora.pro_gradients(adapter, G, X)
        dA, dB = adapter.gradients(G)
        return float(norm(gA - dA) ** 2 + norm(gB - dB) ** 2)

    best = lora.nearest_free_part(adapter, G)
    equation = adapter.A.T @ adapter.A @ best + best @ adapter.B @ adapter.B.T
    right = -np.linalg.pinv(adapter.A) @ G @ adapter.B.T / adapter.scale
    assert norm(equation - right) < 1e-12
    for _ in range(20):
        assert distance(best) < distance(best + 1e-3 * rng.standard_normal((3, 3)))
    # By brute force: gA and gB are affine in X, so the least distance is a least-squares problem.
    dA, dB = adapter.gradients(G)

    def apart(X: np.ndarray) -> np.ndarray:
        gA, gB = lora.pro_gradients(adapter, G, X)
        return np.concatenate([(gA - dA).ravel(), (gB - dB).ravel()])

    at_zero = apart(np.zeros((3, 3)))
    columns = [apart(unit.reshape(3, 3)) - at_zero for unit in np.eye(9)]
    found = np.linalg.lstsq(np.array(columns).T, -at_zero, rcond=None)[0].reshape(3, 3)
    assert norm(found - best) < 1e-12 * norm(best) * 10


def test_pro_descends_and_survives_a_zero_B(rng: np.random.Generator) -> None:
    G = rng.standard_normal((9, 8))
    adapter = lora.Adapter(rng.standard_normal((9, 3)), np.zeros((3, 8)), 2.0)
    P_A, _ = lora.projections(adapter)
    made = lora.equivalent(adapter, *lora.pro_gradients(adapter, G))
    assert norm(made - P_A @ G) < 1e-12
    full = lora.Adapter(rng.standard_normal((9, 3)), rng.standard_normal((3, 8)), 2.0)
    gA, gB = lora.pro_gradients(full, G)
    dA, dB = full.gradients(G)
    assert (dA * gA).sum() + (dB * gB).sum() == pytest.approx(
        norm(lora.equivalent(full, gA, gB)) ** 2, rel=1e-12
    )


def test_truncation_is_eckart_young(rng: np.random.Generator) -> None:
    M = rng.standard_normal((48, 64)) @ np.diag(0.9 ** np.arange(64))
    singular = np.linalg.svd(M, compute_uv=False)
    for rank in (1, 4, 8, 16):
        L, R = lora.truncate(M, rank)
        assert norm(M - L @ R) == pytest.approx(np.sqrt((singular[rank:] ** 2).sum()), rel=1e-12)
        assert norm(M - L @ R, 2) == pytest.approx(singular[rank], rel=1e-12)
        for _ in range(20):
            A = rng.standard_normal((48, rank))
            assert norm(M - A @ lora.fit_right(A, M)) >= norm(M - L @ R)


def test_fit_right_leaves_a_residual_orthogonal_to_A(rng: np.random.Generator) -> None:
    A, M = rng.standard_normal((20, 4)), rng.standard_normal((20, 30))
    assert norm(A.T @ (M - A @ lora.fit_right(A, M))) < 1e-11


@pytest.mark.parametrize("count", [10, 50])
def test_sampling_has_the_expected_error(count: int) -> None:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((24, 200)) * np.exp(rng.normal(0, 1, 200))
    Y = rng.standard_normal((200, 20)) * np.exp(rng.normal(0, 1, (200, 1)))
    p = lora.best_probabilities(X, Y)
    theory = lora.expected_error(X, Y, p, count)
    legacy = np.random.RandomState(1)
    errors = [norm(lora.draw(p, count, legacy).product(X, Y) - X @ Y) ** 2 for _ in range(4000)]
    assert np.mean(errors) / theory == pytest.approx(1, abs=0.02)
    assert theory <= norm(X) ** 2 * norm(Y) ** 2 / count
    uniform = lora.expected_error(X, Y, np.full(200, 1 / 200), count)
    assert uniform > 3 * theory


def test_slices_of_nothing_need_not_be_drawn(rng: np.random.Generator) -> None:
    X, Y = rng.standard_normal((4, 6)), rng.standard_normal((6, 5))
    X[:, 2] = 0
    p = lora.best_probabilities(X, Y)
    assert p[2] == 0
    assert np.isfinite(lora.expected_error(X, Y, p, 3))
    with pytest.raises(OptionError, match="never drawn"):
        lora.expected_error(X, Y, np.array([0.5, 0.5, 0, 0, 0, 0]), 3)


def test_depths_that_a_matrix_has_not_explain_themselves(rng: np.random.Generator) -> None:
    M = rng.standard_normal((9, 3)) @ rng.standard_normal((3, 7))
    for call in (lora.truncate, lora.interpolate):
        for rank in (0, 8):
            with pytest.raises(OptionError, match="1 to 7"):
                call(M, rank)
    with pytest.raises(OptionError, match="has rank 3"):
        lora.interpolate(M, 4)
    with pytest.raises(OptionError, match="blocks of this length"):
        lora.quantize(M, block=64)


def test_interpolation_is_exact_on_the_chosen_columns(rng: np.random.Generator) -> None:
    M = rng.standard_normal((60, 12)) @ rng.standard_normal((12, 80))
    M += 1e-3 * rng.standard_normal((60, 80))
    singular = np.linalg.svd(M, compute_uv=False)
    for rank in (4, 8, 12):
        chosen, Z = lora.interpolate(M, rank)
        error = M - M[:, chosen] @ Z
        assert len(set(chosen.tolist())) == rank
        assert not error[:, chosen].any()
        floor = np.sqrt((singular[rank:] ** 2).sum())
        assert floor <= norm(error) < 2 * floor
        assert norm(error, 2) <= np.sqrt(1 + rank * (80 - rank)) * singular[rank]
        nearest = np.linalg.lstsq(M[:, chosen], M, rcond=None)[0]
        assert norm(error) == pytest.approx(norm(M - M[:, chosen] @ nearest), rel=1e-8)


def test_stacked_batch_is_the_merged_one(rng: np.random.Generator) -> None:
    W, x = rng.standard_normal((64, 64)), rng.standard_normal((32, 64))
    ranks = [2, 4, 8, 16]
    adapters = [
        lora.Adapter(0.1 * rng.standard_normal((64, r)), 0.1 * rng.standard_normal((r, 64)), 1.5)
        for r in ranks
    ]
    requests = rng.integers(0, 4, 32)
    merged = np.vstack([x[n : n + 1] @ adapters[a].merge(W) for n, a in enumerate(requests)])
    assert np.abs(lora.stack(adapters).forward(x, W, requests) - merged).max() < 1e-12
    assert lora.stored_numbers(64, 64, ranks) == {
        "merged": 16384, "shared": 7936, "padded": 12288,
    }  # fmt: skip


def best_run(method: lora.race.Method, rank: int = 4) -> list[float]:  # type: ignore[name-defined]
    """The losses of the best of 40 learning rates, as the published comparison tunes them."""
    task, best = lora.example(), None
    for lr in np.geomspace(0.02, 3, 40):
        try:
            losses = [m.loss for m in lora.race(task, method, rank=rank, lr=lr, steps=59)]
        except OptionError:
            continue
        if best is None or losses[-1] < best[-1]:
            best = losses
    assert best is not None
    return best


@pytest.mark.parametrize(
    ("method", "steps"), [("full", 1), ("lora", 18), ("ga", 4), ("pro", 5), ("ga+pro", 3)]
)
def test_race_reproduces_the_known_result(method: str, steps: int) -> None:
    floor = lora.example().floor(4)
    assert floor == pytest.approx(0.52027, abs=1e-5)
    losses = best_run(method)  # type: ignore[arg-type]
    assert next(n for n, loss in enumerate(losses) if loss < 1.1 * floor) == steps


def test_gradient_start_has_a_floor_of_its_own() -> None:
    task = lora.example()
    adapter = lora.gradient_start(task.gradient(task.start), 4)
    assert task.floor(4, adapter.delta()) == pytest.approx(0.411143, abs=1e-6)
    assert task.floor(8) == pytest.approx(0.0331, abs=1e-4)
    assert best_run("ga")[-1] < task.floor(4)


@pytest.mark.parametrize("method", lora.METHODS)
def test_every_moment_of_the_race_says_what_changed(method: lora.race.Method) -> None:  # type: ignore[name-defined]
    task = lora.example()
    moments = list(lora.race(task, method, lr=0.25, steps=12))
    assert [moment.step for moment in moments] == list(range(13))
    most = {"full": 24, "lora": 4, "pro": 4}.get(method, 8)
    for moment in (moments[0], moments[5], moments[-1]):
        squares = (moment.spectrum**2).sum()
        assert squares == pytest.approx(norm(moment.W - task.start) ** 2, rel=1e-12, abs=1e-18)
        values = moment.figure().evaluate()
        assert norm(values["ΔW"] - (moment.W - task.start)) < 1e-4
        widths = [values[name].shape[1] for name in ("A", "A0", "U") if name in values]
        assert sum(widths) == most
    assert moments[0].spectrum.max() < 1e-10
    assert (moments[-1].spectrum > 1e-9 * moments[-1].spectrum[0]).sum() == most


def test_the_advice_after_a_divergence_holds() -> None:
    task = lora.example()
    with pytest.raises(OptionError) as caught:
        list(lora.race(task, "lora", lr=2.0))
    rate = float(str(caught.value).split("At lr=")[1].split(" ")[0])
    assert rate < 2.0
    assert len(list(lora.race(task, "lora", lr=rate))) == 61


def test_moments_before_a_divergence_are_given() -> None:
    seen = []
    running = lora.race(lora.example(), "lora", lr=2.0)
    with pytest.raises(OptionError, match="lr=2") as caught:
        seen.extend(moment.step for moment in running)
    assert f"at step {len(seen)}," in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rank": 25}, "1 to 24"),
        ({"alpha": 0}, "never change"),
        ({"lr": 0.0}, "no learning rate"),
        ({"lr": float("nan")}, "no learning rate"),
        ({"steps": -1}, "no number of steps"),
        ({"method": "adam"}, "full, lora, ga, pro"),
    ],
)
def test_bad_settings_of_a_race_explain_themselves(options: dict[str, object], words: str) -> None:
    with pytest.raises(OptionError, match=words):
        next(lora.race(lora.example(), **{"method": "lora", **options}))  # type: ignore[arg-type]
