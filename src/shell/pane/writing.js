// Keys and pastes of the Markdown pane that may be commands. Whether one has something to do is the session's to say; here
// only what cannot concern it is let through, by a look at the caret's line.
import { deleteCharBackward, insertNewlineAndIndent } from "@codemirror/commands";
import { EditorSelection, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { isInCode } from "./around.js";
import { isInTag, REACH } from "./shortcodes.js";

/** A line that goes on with something at Enter, or has levels for Tab: indented, quoted, of a list, of a table. */
const STRUCTURED = /^[ \t>]|^(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|\|/;
/** What stands before the text of a list item or a quotation. */
const MARKS = /^(?=.)[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]*(?:\[[ xX]\][ \t]*)?)?$/;

const isComposing = (view) => view.composing || view.compositionStarted;

/** The lines of the selection begin with one that may concern Enter and Tab. */
function isStructured({ state }) {
  const { from, to } = state.selection.main;
  const first = state.doc.lineAt(from);
  if (STRUCTURED.test(first.text)) return true;
  return first.to < to && STRUCTURED.test(state.doc.lineAt(to).text);
}

/** The caret stands behind marks and before the text. */
function isBehindMarks({ state }) {
  const { empty, head } = state.selection.main;
  const line = state.doc.lineAt(head);
  return empty && MARKS.test(line.text.slice(0, head - line.from));
}

const CONCERNS = { "call-enter": isInTag, enter: isStructured, tab: isStructured, "shift-tab": isStructured, backspace: isBehindMarks };

/** The keys that are commands: `keys` are pairs of a key and a command's name, `give` takes one. */
export function commands(keys, give) {
  // Whoever pressed Escape leaves with the next Tab, wherever the caret is.
  let leaves = false;
  const bindings = keys.map(([key, name]) => ({
    key,
    run(view) {
      if (isComposing(view)) return false;
      if (CONCERNS[name] && ((leaves && name.endsWith("tab")) || !CONCERNS[name](view))) return false;
      give(name);
      return true;
    },
  }));
  return [
    Prec.high(keymap.of(bindings)),
    Prec.highest(
      EditorView.domEventHandlers({
        keydown(event) {
          if (event.key === "Escape") leaves = true;
          else if (!["Tab", "Shift"].includes(event.key)) leaves = false;
          return false;
        },
        focus() {
          leaves = false;
          return false;
        },
      }),
    ),
  ];
}

/** A press on a shortcode's mark opens its form; `give` takes a command's name. Whoever selects, or holds a key, does not. */
export const presses = (give) =>
  EditorView.domEventHandlers({
    click(event, view) {
      const plain = event.detail === 1 && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      const mark = event.target instanceof Element && event.target.closest(".sc:not(.sc-unknown, .sc-retired)");
      if (plain && mark && view.state.selection.main.empty && !isComposing(view)) give("call");
      return false;
    },
  });

/** By words, a shortcode counts as one. `word` tells where a word ends in a text, from a place, to the right or not. */
export function words(word) {
  const target = (view, right) => {
    const { head } = view.state.selection.main;
    const { doc } = view.state;
    const start = doc.lineAt(Math.max(0, head - REACH)).from;
    const text = doc.sliceString(start, Math.min(doc.length, head + REACH));
    // Without one nearby, the browser's ways: they know about writing from right to left.
    if (isComposing(view) || !/\{\{[<%]/.test(text)) return null;
    return start + word(text, head - start, right);
  };
  const by = (right) => ({
    run: (view) => moved(view, target(view, right), false),
    shift: (view) => moved(view, target(view, right), true),
    preventDefault: true,
  });
  const gone = (right) => ({ run: (view) => removed(view, target(view, right)) });
  return Prec.high(
    keymap.of([
      { key: "Mod-ArrowLeft", mac: "Alt-ArrowLeft", ...by(false) },
      { key: "Mod-ArrowRight", mac: "Alt-ArrowRight", ...by(true) },
      { key: "Mod-Backspace", mac: "Alt-Backspace", ...gone(false) },
      { key: "Mod-Delete", mac: "Alt-Delete", ...gone(true) },
    ]),
  );
}

function moved(view, to, extends_) {
  if (to === null) return false;
  const { anchor } = view.state.selection.main;
  const selection = EditorSelection.single(extends_ ? anchor : to, to);
  view.dispatch({ selection, scrollIntoView: true, userEvent: "select" });
  return true;
}

function removed(view, to) {
  const { empty, head } = view.state.selection.main;
  if (to === null || !empty || to === head) return false;
  const changes = { from: Math.min(head, to), to: Math.max(head, to) };
  view.dispatch({ changes, scrollIntoView: true, userEvent: "delete" });
  return true;
}

/** An address alone, as browsers copy it. */
const ADDRESS = /^\s*(?:https?:\/\/|mailto:)\S+\s*$/i;

/** Cells of a spreadsheet: every line that says something has a tab. */
const isCells = (text) => {
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== "");
  return lines.length > 0 && lines.every((line) => line.includes("\t"));
};

/** A picture was copied, and not text that brings one along. */
const isPicture = (data) =>
  [...(data?.files ?? [])].some((file) => file.type.startsWith("image/")) && data.getData("text/plain").trim() === "";

/** Pastes that may be more than their text. `markdown` makes some of HTML. */
export function pasting(give, markdown) {
  let plain = false;
  return EditorView.domEventHandlers({
    keydown(event) {
      plain = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "v";
      return false;
    },
    // Files belong to the app, which hears of them next: CodeMirror would write their bytes into the text.
    drop(event) {
      if (!event.dataTransfer?.files.length) return false;
      event.preventDefault();
      return true;
    },
    paste(event, view) {
      if (isPicture(event.clipboardData)) {
        event.preventDefault();
        return true;
      }
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const wanted = !plain && !isComposing(view);
      plain = false;
      if (!wanted) return false;
      const { empty } = view.state.selection.main;
      if (!empty && ADDRESS.test(text)) give("paste-address", text.trim());
      else if (ADDRESS.test(text) || isInCode(view.state)) return false;
      else if (isCells(text)) give("paste-table", text);
      else {
        const { types } = event.clipboardData;
        // Code from an editor comes with its colours; it is the text that is meant.
        const html = types.some((type) => type.startsWith("vscode")) ? "" : event.clipboardData.getData("text/html");
        const made = html ? markdown(html) : "";
        if (!made) return false;
        give("paste-markdown", made);
      }
      event.preventDefault();
      return true;
    },
  });
}

/** Everything the keyboard can stop at, in order. */
const STOPS = "a[href], button, input, select, textarea, iframe, summary, [tabindex], [contenteditable]";

/** Leaves the pane as Tab does. A key that asked first was held back, so the browser does not do it any more. */
function leave(view, backwards) {
  const stops = [...document.querySelectorAll(STOPS)].filter(
    (element) =>
      element === view.contentDOM ||
      (element.tabIndex >= 0 && !element.disabled && !view.dom.contains(element) && element.checkVisibility({ visibilityProperty: true })),
  );
  const here = stops.indexOf(view.contentDOM);
  const next = stops[here + (backwards ? -1 : 1)];
  if (next) next.focus();
  else view.contentDOM.blur();
}

/** What a key or a paste does where it is no command. */
export function usual(view, name, text) {
  switch (name) {
    case "enter":
      insertNewlineAndIndent(view);
      break;
    case "backspace":
      deleteCharBackward(view);
      break;
    case "tab":
    case "shift-tab":
      leave(view, name === "shift-tab");
      break;
    case "paste":
      view.dispatch(view.state.replaceSelection(view.state.toText(text)), { scrollIntoView: true, userEvent: "input.paste" });
      break;
  }
}
