// What the Markdown pane tells about its caret, and how it looks: what the toolbar and the status line show.
import { syntaxTree } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";

/** What the caret can be in. The same figures stand in around.rs. */
const BITS = {
  StrongEmphasis: 1,
  Emphasis: 2,
  Strikethrough: 4,
  InlineCode: 8,
  Link: 16,
  ATXHeading2: 32,
  SetextHeading2: 32,
  ATXHeading3: 64,
  ATXHeading4: 128,
  Blockquote: 256,
  BulletList: 512,
  OrderedList: 1024,
  FencedCode: 4096,
  Table: 8192,
};
const TASK = 2048;
const LISTS = BITS.BulletList | BITS.OrderedList | TASK;

function around(state) {
  const { from, to, empty } = state.selection.main;
  const tree = syntaxTree(state);
  let bits = 0;
  for (let node = empty ? tree.resolveInner(from, -1) : tree.resolveInner(from, 1); node; node = node.parent) {
    // A mark that ends before the selection does is not around it.
    if (node.to < to) continue;
    if (node.name === "ListItem" && node.getChild("Task")) bits |= bits & LISTS ? 0 : TASK;
    const bit = BITS[node.name] ?? 0;
    // Of lists in lists, the inner one counts.
    if (!(bit & LISTS && bits & LISTS)) bits |= bit;
  }
  return bits;
}

/** Whether the caret is in fenced code, where everything is its text. */
export const isInCode = (state) => (around(state) & BITS.FencedCode) !== 0;

/** How long a selection stays as it is until its words are counted, in milliseconds. */
const SETTLED = 150;

/** Tells what is around the caret when that changes, what is selected once that stays, a slash that
 * starts a line, and two brackets. */
export function telling({ around: tellAround, selected, slash, brackets }) {
  let known = 0;
  let counted = false;
  let timer = 0;
  return EditorView.updateListener.of((update) => {
    if (!update.docChanged && !update.selectionSet) return;
    const { state } = update;
    const { from, to, empty, head } = state.selection.main;
    const now = around(state);
    if (now !== known) {
      known = now;
      tellAround(now);
    }
    clearTimeout(timer);
    if (!empty) {
      timer = setTimeout(() => selected(state.sliceDoc(from, to)), SETTLED);
      counted = true;
    } else if (counted) {
      counted = false;
      selected("");
    }
    const typed = update.transactions.some((transaction) => transaction.isUserEvent("input.type") && !transaction.isUserEvent("input.type.compose"));
    if (typed && empty && !(now & BITS.FencedCode)) {
      const line = state.doc.lineAt(head);
      if (line.to === head && /^\s*\/$/.test(line.text)) slash();
      else if (!(now & BITS.InlineCode) && /(?:^|[^[\\])\[\[$/.test(line.text.slice(Math.max(0, head - line.from - 3), head - line.from))) brackets();
    }
  });
}

const numbers = new Compartment();
const typewriter = new Compartment();

/** The caret's line stays in the middle. */
const centred = EditorView.updateListener.of((update) => {
  if (!update.docChanged && !update.selectionSet) return;
  if (update.transactions.some((transaction) => transaction.isUserEvent("select.pointer"))) return;
  const { view } = update;
  view.requestMeasure({
    read: () => view.lineBlockAt(view.state.selection.main.head).top,
    write(top) {
      view.scrollDOM.scrollTop = top - view.scrollDOM.clientHeight / 2;
    },
  });
});

const numbered = (first) => (first > 0 ? lineNumbers({ formatNumber: (line) => String(line + first - 1) }) : []);

/** Nothing is to be typed: it is refused before the browser shows it, not taken back afterwards. */
const unwritten = [
  EditorState.readOnly.of(true),
  EditorView.domEventHandlers({
    beforeinput(event) {
      event.preventDefault();
      return true;
    },
  }),
];
const reading = new Compartment();

const parts = ({ first, centres, reads }) => [
  [numbers, numbered(first)],
  [typewriter, centres ? centred : []],
  [reading, reads ? unwritten : []],
];

/** Where settings have their place: `first` is the first line's number, 0 for none; `reads`: nothing can be typed. */
export const settings = (now) => parts(now).map(([place, what]) => place.of(what));

/** The settings as changes of a state. */
export const resettings = (now) => parts(now).map(([place, what]) => place.reconfigure(what));
