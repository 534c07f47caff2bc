"""Makes the pictures for the README small: flat colours need no more than a palette."""

import glob
import os
import sys

from PIL import Image

folder = sys.argv[1]
for name in glob.glob(os.path.join(folder, "*.png")):
    picture = Image.open(name).convert("RGB")
    small = picture.quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(name, optimize=True)
    print(f"{os.path.getsize(name):>8} {name}")
