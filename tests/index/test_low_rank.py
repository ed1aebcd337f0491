import numpy as np

from index.low_rank import LowRank, packed, unpacked


def test_a_pair_in_8_bits_is_nearly_what_it_was() -> None:
    random = np.random.default_rng(2)
    down = random.normal(0, 0.1, (16, 1536)).astype(np.float32)
    up = random.normal(0, 0.01, (384, 16)).astype(np.float32)
    down[3] = 0
    pair = unpacked("0.q", packed("0.q", LowRank(down, up)))
    assert np.abs(pair.down - down).max() <= np.abs(down).max() / 254 + 1e-9
    assert np.abs(pair.up - up).max() <= np.abs(up).max() / 254 + 1e-9
