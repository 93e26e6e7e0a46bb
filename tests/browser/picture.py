"""Reads screenshots: is something drawn, and is it drawn where geometry says it should be."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def decode(png: bytes) -> NDArray[np.uint8]:
    """Height × width × 3."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def ink(image: NDArray[np.uint8]) -> float:
    """Share of pixels that differ clearly from the commonest colour (the paper)."""
    flat = image.reshape(-1, 3).astype(np.int32)
    codes = (flat[:, 0] << 16) | (flat[:, 1] << 8) | flat[:, 2]
    values, counts = np.unique(codes, return_counts=True)
    paper = int(values[counts.argmax()])
    base = np.array([paper >> 16, (paper >> 8) & 255, paper & 255])
    return float((np.abs(flat - base).max(axis=1) > 24).mean())


def saturation(image: NDArray[np.uint8]) -> NDArray[np.int32]:
    """How coloured each pixel is: greatest minus least channel. Paper, text and guides are grey."""
    channels = image.astype(np.int32)
    spread: NDArray[np.int32] = channels.max(axis=2) - channels.min(axis=2)
    return spread


def project(
    point: list[float], camera: dict[str, Any], width: float, height: float
) -> tuple[float, float]:
    """Where a world point falls in a canvas of width × height CSS pixels (fov 45 / min(1, aspect))."""
    eye, target = np.array(camera["position"]), np.array(camera["target"])
    ahead = (target - eye) / np.linalg.norm(target - eye)
    side = np.cross(ahead, [0.0, 1.0, 0.0])
    side /= np.linalg.norm(side)
    up = np.cross(side, ahead)
    away = np.array(point) - eye
    aspect = width / height
    scale = 1 / np.tan(np.radians(45 / min(1.0, aspect)) / 2)
    depth = away @ ahead
    x, y = away @ side / depth * scale / aspect, away @ up / depth * scale
    return (x + 1) / 2 * width, (1 - y) / 2 * height
