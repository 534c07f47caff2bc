// Shortcodes of Hugo in the Markdown pane: how their tags look, and whether the caret is in one. Hugo reads them before
// the Markdown, so they count wherever they stand: in code too, and over several lines.
import { Decoration } from "@codemirror/view";

import { ofDrawn } from "./drawn.js";

/** As far as a tag is looked for from a place, in UTF-16 units: it is a line or some, and the text may be a megabyte. */
export const REACH = 2_000;

/** A tag, opening or closing; one that is not closed ends where the next begins. Groups: its kind, whether it is only
 * shown (a comment in it), its name. */
const TAG = /\{\{([<%])(\/\*)?\s*\/?\s*([^\s/<>%{}]*)(?:(?!\{\{[<%])[^])*?[>%]\}\}/g;

/** The tags that have a part between two places of the text, as where they are and what they match. */
function* tags({ doc }, from, to) {
  const start = Math.max(0, from - REACH);
  for (const found of doc.sliceString(start, Math.min(doc.length, to + REACH)).matchAll(TAG)) {
    const [at, end] = [start + found.index, start + found.index + found[0].length];
    if (at > to) return;
    if (end >= from) yield { from: at, to: end, escaped: found[2] !== undefined, name: found[3] };
  }
}

/** Whether the caret stands within a tag, or one is selected as a whole. */
export function isInTag({ state }) {
  const { from, to, empty } = state.selection.main;
  if (to - from > REACH) return false;
  for (const tag of tags(state, from, to)) {
    if (tag.escaped) continue;
    if (empty ? tag.from < from && from < tag.to : tag.from === from && tag.to === to) return true;
  }
  return false;
}

/** The look of tags: `known` are the names the site knows, `retired` pairs of a name and what to write instead. */
export function shortcodes(known, retired) {
  const marks = {
    known: Decoration.mark({ class: "sc" }),
    unknown: Decoration.mark({ class: "sc sc-unknown", attributes: { title: "The site does not know this shortcode" } }),
    shown: Decoration.mark({ class: "md-code" }),
  };
  const names = new Map(known.map((name) => [name, marks.known]));
  for (const [name, instead] of retired) {
    names.set(name, Decoration.mark({ class: "sc sc-retired", attributes: { title: `The site no longer has ${name}. ${instead}` } }));
  }
  const look = ({ escaped, name }) => (escaped ? marks.shown : (names.get(name) ?? marks.unknown));
  // Only what is drawn is looked at, so a key costs the same in a megabyte.
  const drawn = (view) => {
    const found = [];
    let behind = 0;
    for (const { from, to } of view.visibleRanges) {
      for (const tag of tags(view.state, from, to)) {
        if (tag.from >= behind) found.push(look(tag).range(tag.from, (behind = tag.to)));
      }
    }
    return Decoration.set(found);
  };
  return ofDrawn(drawn);
}
