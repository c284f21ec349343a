"""What NumPy's code for any processor makes of numbers, whose order decides which of several neighbours are taken.

    python make_numpy_orders.py

Run by hand with NumPy 1.21 (kinds/requirements-boosting-1.0.txt), whose argpartition has no other code. Writes to ../resources/numpy:
argpartition.csv, lines of numbers, a place, and the order that argpartition gives; squared-norms.csv, numbers and the sum of their squares.
"""

import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "numpy"


def texts(values):
    return " ".join("NaN" if value != value else repr(value) for value in values.tolist())


def rows(random):
    """Rows with many equal numbers, with missing ones, and in orders in which medians of three are of no use."""
    for count in (1, 2, 3, 4, 5, 7, 8, 16, 33, 80, 220):
        yield random.randint(0, 4, count).astype(float)
        yield random.randint(0, 40, count).astype(float)
        yield np.where(random.rand(count) < 0.4, np.nan, random.randint(0, 9, count))
        yield random.normal(size=count).round(2)
    yield np.zeros(50)
    yield np.full(12, np.nan)
    yield np.roll(np.arange(150.0), 75)
    yield killer(180)
    yield killer(300) // 3


def killer(count):
    """Musser's order: each median of three is among the smallest that are left."""
    half = count // 2
    numbers = np.zeros(count)
    for i in range(1, half + 1):
        if i % 2:
            numbers[i - 1] = i
            numbers[i] = half + i
        numbers[half + i - 1] = 2 * i
    return numbers


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    random = np.random.RandomState(5)
    lines = []
    for numbers in rows(random):
        for k in sorted({0, 1, 2, 3, 4, 10, len(numbers) // 2, len(numbers) - 2, len(numbers) - 1}):
            if 0 <= k < len(numbers):
                lines.append("%s;%d;%s" % (texts(numbers), k, texts(np.argpartition(numbers, k))))
    (FOLDER / "argpartition.csv").write_text("\n".join(lines) + "\n")
    lines = []
    for count in list(range(1, 21)) + [31, 64, 67]:
        for _ in range(3):
            numbers = random.normal(0, 30, count)
            lines.append("%s;%r" % (texts(numbers), float(np.einsum("ij,ij->i", numbers[None], numbers[None])[0])))
    (FOLDER / "squared-norms.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
