// Decodes, crops, shrinks and encodes one picture, away from the page. Told what to do by mod.rs; answers in messages.
// Whoever wants it to stop ends the worker.

// The copy the page shows has no side longer than this, the detail for comparing none longer than that.
const COPY = 1600;
const DETAIL = 320;

let picture = null;
let transparent = false;
// What was shrunk last: another quality needs no new shrinking.
let last = { key: "", canvas: null };

function canvasOf(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: transparent });
  if (!context) throw new Error("no canvas of this size");
  context.imageSmoothingQuality = "high";
  return [canvas, context];
}

const told = (step, done, of) => postMessage({ told: "step", step, done, of });

// Halves as often as that goes, then the rest: a browser that only looks at four pixels for each new one leaves none out.
function shrunk(part, to, tell) {
  let [image, from] = [picture, part];
  const halvings = Math.floor(Math.log2(Math.min(part.width / to.width, part.height / to.height)));
  for (let left = halvings; left >= 0; left -= 1) {
    tell(halvings - left, halvings + 1);
    const width = left === 0 ? to.width : Math.ceil(from.width / 2);
    const height = left === 0 ? to.height : Math.ceil(from.height / 2);
    const [canvas, context] = canvasOf(width, height);
    context.drawImage(image, from.x, from.y, from.width, from.height, 0, 0, width, height);
    [image, from] = [canvas, { x: 0, y: 0, width, height }];
  }
  return image;
}

async function encoded(canvas, type, quality) {
  const blob = await canvas.convertToBlob({ type, quality });
  // A browser that cannot write a kind writes another one.
  return blob.type === type ? blob.arrayBuffer() : null;
}

async function open({ bytes, type }) {
  told("reading", 0, 0);
  picture = await createImageBitmap(new Blob([bytes], { type }), { imageOrientation: "from-image" });
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const scale = Math.min(1, COPY / Math.max(whole.width, whole.height));
  const size = { width: Math.max(1, Math.round(whole.width * scale)), height: Math.max(1, Math.round(whole.height * scale)) };
  // Kept with its transparency until it is known whether there is any.
  transparent = type !== "image/jpeg";
  const copy = shrunk(whole, size, () => {});
  if (transparent) {
    const { data } = copy.getContext("2d").getImageData(0, 0, size.width, size.height);
    transparent = false;
    for (let at = 3; at < data.length && !transparent; at += 4) transparent = data[at] < 255;
  }
  const shown = await encoded(copy, transparent ? "image/png" : "image/jpeg", 0.92);
  postMessage({ told: "opened", width: whole.width, height: whole.height, transparent, copy: shown }, [shown]);
}

async function make({ ticket, part, to, types, quality }) {
  const key = JSON.stringify([part, to]);
  if (last.key !== key) {
    last = { key, canvas: shrunk(part, to, (done, of) => told("shrinking", done, of)) };
  }
  const { canvas } = last;
  const files = [];
  for (const [index, type] of types.entries()) {
    told("writing", index, types.length);
    const bytes = await encoded(canvas, type, quality / 100);
    if (bytes) files.push({ type, bytes });
  }
  const width = Math.min(to.width, DETAIL);
  const height = Math.min(to.height, DETAIL);
  const detail = { x: (to.width - width) >> 1, y: (to.height - height) >> 1, width, height };
  const [small, context] = canvasOf(width, height);
  context.drawImage(canvas, detail.x, detail.y, width, height, 0, 0, width, height);
  detail.before = await encoded(small, "image/png");
  postMessage({ told: "made", ticket, files, detail }, [...files.map((file) => file.bytes), detail.before]);
}

onmessage = async ({ data }) => {
  try {
    await (data.order === "open" ? open(data) : make(data));
  } catch (error) {
    postMessage({ told: "failed", reason: String(error?.message ?? error) });
  }
};
