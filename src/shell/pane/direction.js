// Lines written from right to left run that way, each for itself: in the pane as on the page.
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

import { ofDrawn } from "./drawn.js";

/** A letter of a script that is written from right to left. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const own = Decoration.line({ attributes: { dir: "auto" } });

/** What is drawn decides: other lines cost nothing, and a line that is a book is looked at only as far. */
function drawn(view) {
  const lines = new RangeSetBuilder();
  let behind = -1;
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      if (line.from > behind && FROM_THE_RIGHT.test(view.state.sliceDoc(at, Math.min(to, line.to)))) {
        lines.add(line.from, line.from, own);
        behind = line.from;
      }
      at = line.to + 1;
    }
  }
  return lines.finish();
}

/** Every line with such letters takes its direction from its text. */
export const direction = [EditorView.perLineTextDirection.of(true), ofDrawn(drawn)];
