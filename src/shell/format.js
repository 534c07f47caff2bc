// Prettier, for whoever asks for it: fetched then, and not before.
import * as markdown from "prettier/plugins/markdown";
import { format } from "prettier/standalone";

globalThis.recapFormat = (text) =>
  format(text, { parser: "markdown", plugins: [markdown], proseWrap: "always", embeddedLanguageFormatting: "off" });
