"""Numbers of the formulas, computed once without this library, in the same order of draws.

Each test draws as the independent computation did, from `default_rng(0)`, so that its printed
digits can be compared. The identities behind them are in `test_lora.py`.
"""

from __future__ import annotations

import numpy as np
import pytest

from mmbook import lora

norm = np.linalg.norm


def miss(step: np.ndarray, G: np.ndarray) -> float:
    """Relative distance of a step from G, at its best pace."""
    c = (step * G).sum() / (step * step).sum()
    return float(norm(c * step - G) / norm(G))


def low_rank_draws() -> tuple[np.random.Generator, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng, rng.standard_normal((48, 64)) @ np.diag(0.9 ** np.arange(64))


def gradient_draws() -> tuple[np.random.Generator, np.ndarray]:
    """The gradient, outputs × inputs as papers write it, after everything drawn before it."""
    rng, _ = low_rank_draws()
    for _ in range(200):
        rng.standard_normal((64, 8))
    rng.standard_normal((48, 8))
    return rng, rng.standard_normal((32, 48)) @ np.diag(0.85 ** np.arange(48))


def test_eckart_young() -> None:
    _, M = low_rank_draws()
    errors = {1: 13.765826, 4: 10.036654, 8: 5.907255, 16: 2.183472}
    spectral = {1: 5.846165, 4: 5.125659, 8: 2.569627, 16: 0.974772}
    for rank, expected in errors.items():
        L, R = lora.truncate(M, rank)
        assert norm(M - L @ R) == pytest.approx(expected, abs=1e-6)
        assert lora.tail(M, rank) == pytest.approx(expected, abs=1e-6)
        assert norm(M - L @ R, 2) == pytest.approx(spectral[rank], abs=1e-6)


def test_random_ranges_lose_more_and_alternating_fits_reach_the_best() -> None:
    rng, M = low_rank_draws()
    best = lora.tail(M, 8)
    ratios = []
    for _ in range(200):
        A = M @ rng.standard_normal((64, 8))
        ratios.append(norm(M - A @ lora.fit_right(A, M)) / best)
    assert min(ratios) == pytest.approx(1.3116, abs=1e-4)
    assert np.median(ratios) == pytest.approx(1.5538, abs=1e-4)
    A, found = rng.standard_normal((48, 8)), {}
    for sweep in range(1, 61):
        B = lora.fit_right(A, M)
        A = lora.fit_right(B.T, M.T).T
        found[sweep] = norm(A @ B - M) / best
    for sweep, expected in {1: 1.571, 2: 1.110, 5: 1.018, 20: 1.00006}.items():
        assert found[sweep] == pytest.approx(expected, abs=10.0 ** -(5 if sweep == 20 else 3))
    assert found[60] - 1 == pytest.approx(1.8e-12, abs=1e-13)
    # Penrose's four conditions, on the factor that the fits ended with.
    plus = lora.fit_right(A, np.eye(48))
    for made, wanted in (
        (A @ plus @ A, A),
        (plus @ A @ plus, plus),
        ((A @ plus).T, A @ plus),
        ((plus @ A).T, plus @ A),
    ):
        assert norm(made - wanted) < 1e-12
    ridge = np.linalg.solve(A.T @ A + 1e-6 * np.eye(8), A.T)
    assert norm(ridge - plus) == pytest.approx(2.1e-9, rel=0.03)


def test_gradient_start() -> None:
    rng, G_out = gradient_draws()
    G = G_out.T
    adapter = lora.gradient_start(G, 4)
    assert norm(lora.first_step(adapter, G) - G) == pytest.approx(2.508665, abs=1e-6)
    assert lora.tail(G, 8) / norm(G) == pytest.approx(0.248424, abs=1e-6)
    same = lora.first_step(lora.gradient_start(G, 4, for_A=range(4), for_B=range(4)), G)
    assert miss(same, G) == pytest.approx(0.50172, abs=2e-5)
    assert lora.tail(G, 4) / norm(G) == pytest.approx(0.50172, abs=2e-5)
    assert norm(G) == pytest.approx(10.098, abs=1e-3)
    bound, plain, paced = 1 / np.sqrt(48), [], []
    for _ in range(50):
        A = rng.uniform(-bound, bound, (4, 48)).T
        step = lora.first_step(lora.Adapter(A, np.zeros((4, 32))), G)
        plain.append(norm(step - G) / norm(G))
        paced.append(miss(step, G))
    assert np.mean(plain) == pytest.approx(0.9775, abs=1e-4)
    assert np.mean(paced) == pytest.approx(0.9614, abs=1e-4)
    both = []
    for _ in range(50):
        A = np.linalg.qr(rng.standard_normal((48, 4)))[0]
        B = np.linalg.qr(rng.standard_normal((32, 4)))[0].T
        both.append(miss(lora.first_step(lora.Adapter(A, B), G), G))
    assert np.mean(both) == pytest.approx(0.8998, abs=1e-4)


def test_gradient_start_at_a_finite_step() -> None:
    _, G_out = gradient_draws()
    G = G_out.T
    a = lora.gradient_start(G, 4)
    gA, gB = a.gradients(G)
    for lr, expected in {0.1: 0.3208, 0.01: 0.24925, 0.001: 0.248432}.items():
        moved = (a.A - lr * gA) @ (a.B - lr * gB) - a.A @ a.B
        digits = len(str(expected)) - 2
        assert norm(moved + lr * G) / norm(lr * G) == pytest.approx(expected, abs=10.0**-digits)


def test_equivalent_gradient() -> None:
    rng, G_out = gradient_draws()
    for _ in range(50):
        rng.uniform(-1, 1, (4, 48))
    for _ in range(50):
        rng.standard_normal((48, 4))
        rng.standard_normal((32, 4))
    G = G_out.T
    A_out, B_out = rng.standard_normal((4, 48)), rng.standard_normal((32, 4))
    # The papers' A is on the input's side; here the factor of the inputs stands first.
    adapter = lora.Adapter(A_out.T, B_out.T, 2.0)
    made = lora.equivalent(adapter, *lora.pro_gradients(adapter, G))
    error = norm(made - G)
    assert error == pytest.approx(9.265977421089357, abs=1e-12)
    assert norm(made) ** 2 == pytest.approx(16.118065530643733, rel=1e-12)
    assert norm(G) ** 2 - error**2 == pytest.approx(16.118065530643733, rel=1e-12)
    assert error / norm(G) == pytest.approx(0.9176, abs=1e-4)
    plain = lora.equivalent(adapter, *adapter.gradients(G))
    assert miss(plain, G) == pytest.approx(0.9256, abs=1e-4)
    zero = lora.Adapter(A_out.T, np.zeros((4, 32)), 2.0)
    reached = lora.equivalent(zero, *lora.pro_gradients(zero, G))
    assert norm(reached - G) / norm(G) == pytest.approx(0.9652, abs=1e-4)


@pytest.fixture(scope="module")
def W() -> np.ndarray:
    """262,144 standard normal numbers."""
    return np.random.default_rng(0).standard_normal(64 * 4096)


def rounding(W: np.ndarray, codebook: np.ndarray | None = None, block: int = 64) -> float:
    return float(np.sqrt(((lora.quantize(W, codebook, block).dequantize() - W) ** 2).mean()))


def test_codebooks(W: np.ndarray) -> None:
    halves = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6]) / 6
    fp4 = np.unique(np.r_[-halves, halves])
    assert rounding(W) == pytest.approx(0.0920, abs=5e-5)
    assert -20 * np.log10(rounding(W)) == pytest.approx(20.72, abs=5e-3)
    assert rounding(W, np.linspace(-1, 1, 16)) == pytest.approx(0.1009, abs=5e-5)
    assert rounding(W, fp4) == pytest.approx(0.1058, abs=5e-5)
    assert rounding(W, np.arange(-7, 8) / 7) == pytest.approx(0.1081, abs=5e-5)


@pytest.mark.parametrize(
    ("block", "expected"), [(16, 0.0809), (64, 0.0920), (256, 0.0990), (4096, 0.1103)]
)
def test_blocks(W: np.ndarray, block: int, expected: float) -> None:
    assert rounding(W, block=block) == pytest.approx(expected, abs=5e-5)


def test_shares_of_the_codes(W: np.ndarray) -> None:
    shares = np.bincount(lora.quantize(W).codes.ravel(), minlength=16) / W.size
    assert -(shares * np.log2(shares)).sum() == pytest.approx(3.883, abs=5e-4)
    assert sorted(shares)[:2] == pytest.approx([0.0171, 0.0184], abs=5e-5)


def test_double_quantization(W: np.ndarray) -> None:
    once = lora.quantize(W)
    scales = lora.quantize_scales(once.scales)
    twice = lora.Quantized(once.codes, scales, once.codebook, once.shape).dequantize()
    assert np.sqrt(((once.dequantize() - W) ** 2).mean()) == pytest.approx(0.09200, abs=5e-6)
    assert np.sqrt(((twice - W) ** 2).mean()) == pytest.approx(0.09201, abs=5e-6)
    saved = lora.bits_per_weight(double=False) - lora.bits_per_weight(double=True)
    assert saved == pytest.approx(0.373047, abs=5e-7)
    assert 65e9 * saved / 8e9 == pytest.approx(3.03, abs=5e-3)


def test_the_error_is_nearly_white() -> None:
    """What the best rank 8 takes from the error of a 256 × 256 matrix: 11.2 % of its energy."""
    W = np.random.default_rng(0).standard_normal((256, 256))
    E = W - lora.quantize(W).dequantize()
    left = lora.tail(E, 8) / norm(E)
    assert 1 - left**2 == pytest.approx(0.112, abs=3e-3)
    assert 1 - left == pytest.approx(0.058, abs=2e-3)


def test_sampled_slices_and_after_them_chosen_columns() -> None:
    rng = np.random.default_rng(0)
    rng.standard_normal(64 * 4096)
    X = rng.standard_normal((24, 200)) * np.exp(rng.normal(0, 1, 200))
    Y = rng.standard_normal((200, 20)) * np.exp(rng.normal(0, 1, (200, 1)))
    a, product = lora.slice_norms(X, Y), X @ Y
    best = lora.best_probabilities(X, Y)
    even = np.full(200, 1 / 200)
    measured = {}
    for name, p in (("best", best), ("even", even)):
        for count in (10, 50):
            errors = [
                norm(lora.draw(p, count, rng).product(X, Y) - product) ** 2 for _ in range(4000)
            ]
            theory = lora.expected_error(X, Y, p, count)
            measured[name, count] = float(np.mean(errors)) / theory
    assert measured["best", 10] == pytest.approx(1.0003, abs=1e-4)
    assert measured["best", 50] == pytest.approx(1.0025, abs=1e-4)
    assert measured["even", 10] == pytest.approx(1.033, abs=1e-3)
    assert measured["even", 50] == pytest.approx(0.994, abs=1e-3)
    exact = lora.expected_error(X, Y, best, 10)
    assert lora.expected_error(X, Y, even, 10) / exact == pytest.approx(4.16, abs=0.01)
    assert exact == pytest.approx(1.44e7, rel=5e-3)
    assert norm(X) ** 2 * norm(Y) ** 2 / 10 == pytest.approx(1.67e8, rel=5e-3)
    largest = np.argsort(-a)
    for count, expected in {10: 0.492, 50: 0.185, 100: 0.081}.items():
        kept = lora.Sample(largest[:count], np.ones(count))
        left = norm(kept.product(X, Y) - product) / norm(product)
        assert left == pytest.approx(expected, abs=5e-4)
    assert lora.tail(product, 10) / norm(product) == pytest.approx(0.218, abs=5e-4)

    M = rng.standard_normal((60, 12)) @ rng.standard_normal((12, 80))
    M += 1e-3 * rng.standard_normal((60, 80))
    for rank, expected, floor, largest_Z in (
        (4, 164.07, 149.90, 1.0),
        (8, 115.11, 84.70, 1.0),
        (12, 0.08417, 0.05790, 1.051),
    ):
        chosen, Z = lora.interpolate(M, rank)
        error = M - M[:, chosen] @ Z
        # ‖R22‖ of the pivoted QR: what the chosen columns' span leaves over.
        Q, _ = np.linalg.qr(M[:, chosen])
        assert norm(error) == pytest.approx(norm(M - Q @ (Q.T @ M)), rel=1e-9)
        assert norm(error) == pytest.approx(expected, rel=1e-4)
        assert lora.tail(M, rank) == pytest.approx(floor, rel=1e-4)
        assert not error[:, chosen].any()
        assert np.abs(Z).max() == pytest.approx(largest_Z, abs=6e-4)
    assert norm(error, 2) == pytest.approx(0.0357, abs=5e-5)
    assert norm(error, 2) < 0.425
    exact_rank = rng.standard_normal((60, 12)) @ rng.standard_normal((12, 80))
    chosen, Z = lora.interpolate(exact_rank, 12)
    assert norm(exact_rank - exact_rank[:, chosen] @ Z) < 1e-11


def test_intrinsic_dimension() -> None:
    rng = np.random.default_rng(0)
    for shape in ((32, 24), (24, 32), (128, 4), (4, 128), (128, 128)):
        rng.standard_normal(shape)
    for shape in ((24, 4), (4, 32), (24, 4), (4, 32), (512, 64), (512, 512)):
        rng.standard_normal(shape)
    for rank in (4, 16, 64, 256):
        rng.uniform(size=(rank, 512))
    for shape in ((5, 8), (7, 8), (7, 8), (3, 8), (3, 8), (16, 6), (6,), (6,)):
        rng.standard_normal(shape)
    truth, X = rng.standard_normal(400), rng.standard_normal((30, 400))
    for d, expected in {5: 0.809, 15: 0.767, 25: 0.344, 30: 0.0, 40: 0.0}.items():
        P = rng.standard_normal((400, d)) / np.sqrt(400)
        near = 5e-4 if expected else 1e-12
        assert lora.residual(X, X @ truth, P) == pytest.approx(expected, abs=near)


def test_rank_of_a_change() -> None:
    rng = np.random.default_rng(0)
    rng.standard_normal((32, 24))
    rng.standard_normal((24, 32))
    M = rng.standard_normal((128, 4)) @ rng.standard_normal((4, 128))
    s = np.linalg.svd(M, compute_uv=False)
    assert s[4] / s[0] < 1e-15
    noise = rng.standard_normal((128, 128))
    assert lora.tail(noise, 4) / norm(noise) == pytest.approx(0.940, abs=5e-4)
    assert lora.start(128, 128, 4).size == 1024
    assert 768 * 768 / lora.start(768, 768, 8).size == 48
