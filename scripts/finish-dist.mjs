// Finishes what Trunk put together: the loader becomes a file of its own, so that the page's policy allows no inline
// script, the Markdown pane is bundled, and the preview's stylesheet goes into the preview's document, which may load
// nothing.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const staging = process.env.TRUNK_STAGING_DIR;
const source = process.env.TRUNK_SOURCE_DIR ?? ".";
if (!staging) {
  console.error("finish-dist: this script is run by Trunk, at the end of a build.");
  process.exit(1);
}

const indexFile = join(staging, "index.html");
let index = readFileSync(indexFile, "utf8");
const inline = /<script type="module"[^>]*>([\s\S]*?)<\/script>/;
const loader = inline.exec(index);
if (!loader || !loader[1].trim()) {
  console.error("finish-dist: Trunk's loader was not found in index.html. Has Trunk's version changed?");
  process.exit(1);
}
const hashed = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const loaderName = `start-${hashed(loader[1])}.js`;
writeFileSync(join(staging, loaderName), loader[1].trim() + "\n");
index = index.replace(inline, `<script type="module" src="./${loaderName}"></script>`);

const pane = /<link id="markdown-pane" rel="modulepreload" href="([^"]+)"[^>]*>/;
if (!pane.test(index)) {
  console.error("finish-dist: index.html has no link to the Markdown pane.");
  process.exit(1);
}
const bundle = (entry) =>
  build({
    entryPoints: [join(source, entry)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    write: false,
    metafile: true,
    outdir: ".",
  });
const bundled = await bundle("src/shell/pane/code.js");
const formatter = await bundle("src/shell/format.js");
const worker = await bundle("src/shell/pictures/worker.js");
const inputs = [bundled, formatter].flatMap(({ metafile }) => Object.keys(metafile.inputs));
const packages = new Set(inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
const licences = [...packages].sort().map((name) => `${name}\n\n${readFileSync(join(source, "node_modules", name, "LICENSE"), "utf8")}`);
writeFileSync(join(staging, "licences.txt"), licences.join("\n\n"));
const [{ contents }] = bundled.outputFiles;
const paneName = `pane-${hashed(contents)}.js`;
writeFileSync(join(staging, paneName), contents);
index = index.replace(pane, `<link id="markdown-pane" rel="modulepreload" href="./${paneName}">`);
// What is fetched when it is asked for: the page names the file.
for (const [name, { outputFiles }] of [["formatter", formatter], ["pictures", worker]]) {
  const [{ contents: code }] = outputFiles;
  const file = `${name}-${hashed(code)}.js`;
  writeFileSync(join(staging, file), code);
  const meta = new RegExp(`<meta name="${name}" content="[^"]*"[^>]*>`);
  if (!meta.test(index)) {
    console.error(`finish-dist: index.html does not name the file for “${name}”.`);
    process.exit(1);
  }
  index = index.replace(meta, `<meta name="${name}" content="./${file}">`);
}
writeFileSync(indexFile, index);

const previewFile = join(staging, "preview.html");
const place = /<style data-from="([^"]+)"><\/style>/;
const preview = readFileSync(previewFile, "utf8");
const from = place.exec(preview);
if (!from) {
  console.error("finish-dist: preview.html has no place for its stylesheet.");
  process.exit(1);
}
const css = readFileSync(join(source, from[1]), "utf8");
writeFileSync(previewFile, preview.replace(place, () => `<style>\n${css}</style>`));
