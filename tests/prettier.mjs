// Formats Markdown with Prettier: JSON lines in, `{"text": …, "proseWrap": …, "printWidth": …}`, JSON strings out.
import { createInterface } from "node:readline";
import { format } from "prettier";

for await (const line of createInterface({ input: process.stdin })) {
  const { text, ...options } = JSON.parse(line);
  console.log(JSON.stringify(await format(text, { parser: "markdown", ...options })));
}
