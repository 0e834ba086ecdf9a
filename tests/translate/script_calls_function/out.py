import numpy as np

from port.migrate.runtime import COLON, assign, workspace
from scaleRow import scaleRow

# a script with its own data, a function file, and a loop
data = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
scaled = np.zeros(data.shape)
for row in range(1, data.shape[0] + 1):
    weight = workspace(globals(), "weight")
    scaled = assign(scaled, scaleRow(data[[row - 1]], weight), row, COLON)
total = scaled.reshape(-1, 1, order="F").sum()
row = None
