// Bytes to first use: each file of a build, raw and as a server with brotli sends it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const folder = process.argv[2] ?? "dist";
let raw = 0;
let sent = 0;
for (const name of readdirSync(folder).sort()) {
  const bytes = readFileSync(join(folder, name));
  const small = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  raw += bytes.length;
  sent += small.length;
  console.log(`${String(bytes.length).padStart(9)} ${String(small.length).padStart(9)}  ${name}`);
}
console.log(`${String(raw).padStart(9)} ${String(sent).padStart(9)}  all together (raw, brotli)`);
