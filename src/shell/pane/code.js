// The Markdown pane: CodeMirror as a screen. It keeps no history and decides nothing; what the writer does is told as
// ranges, what the session orders is shown. Positions are UTF-16 units, a line break counts as one.
import { standardKeymap } from "@codemirror/commands";
import { resettings, settings, telling } from "./around.js";
import { finding } from "./finding.js";
import { shortcodes } from "./shortcodes.js";
import { commands, pasting, presses, usual, words } from "./writing.js";
import { defineLanguageFacet, Language, languageDataProp, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import { GFM, parser } from "@lezer/markdown";
import { StyleModule } from "style-mod";

// CodeMirror would write its rules into a style element, which the page's policy refuses; a constructed sheet is allowed.
const sheet = new CSSStyleSheet();
const mounted = [];
StyleModule.mount = (root, modules) => {
  const fresh = [modules].flat().filter((module) => !mounted.includes(module));
  if (fresh.length > 0) {
    mounted.push(...fresh);
    sheet.replaceSync(mounted.map((module) => module.getRules()).join("\n"));
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
};

/** Marks what the session ordered: it is not told back. */
const ordered = Annotation.define();

// Its parser takes a paragraph's marks apart in one go, in a time that grows with the square of their number, and one
// level of its tree a level of quotation. What no person wrote stays plain, and the keys are answered.
const LONGEST_LINE = 5_000;
const LONGEST_PARAGRAPH = 10_000;
const plainWhereHuge = {
  parseBlock: [
    {
      name: "HugeLine",
      before: "LinkReference",
      parse(context, line) {
        if (line.text.length <= LONGEST_LINE) return false;
        context.addElement(context.elt("Paragraph", context.lineStart + line.pos, context.lineStart + line.text.length));
        context.nextLine();
        return true;
      },
      leaf: () => ({
        nextLine: () => false,
        finish(context, leaf) {
          if (leaf.content.length <= LONGEST_PARAGRAPH) return false;
          context.addLeafElement(leaf, context.elt("Paragraph", leaf.start, leaf.start + leaf.content.length));
          return true;
        },
      }),
    },
  ],
};

const data = defineLanguageFacet({ commentTokens: { block: { open: "<!--", close: "-->" } } });
// Goldmark's extensions that the site has; single tildes strike nothing there, and the highlighting may say otherwise.
const markdown = new Language(data, parser.configure([GFM, plainWhereHuge, { props: [languageDataProp.add({ Document: data })] }]), [], "markdown");

// Names, not colours: the look is in the stylesheet, with the rest of the app's.
const highlighter = tagHighlighter([
  { tag: tags.heading, class: "md-heading" },
  { tag: tags.strong, class: "md-strong" },
  { tag: tags.emphasis, class: "md-emphasis" },
  { tag: tags.strikethrough, class: "md-strike" },
  { tag: [tags.monospace, tags.labelName], class: "md-code" },
  { tag: [tags.link, tags.string], class: "md-link" },
  { tag: tags.url, class: "md-address" },
  { tag: tags.quote, class: "md-quote" },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.character, tags.escape], class: "md-mark" },
  { tag: [tags.comment, tags.tagName, tags.attributeName, tags.attributeValue, tags.angleBracket], class: "md-html" },
]);

/** What a transaction changed, as `from, to, text` one after another, in terms of the text before it. */
function flat(changes) {
  const told = [];
  changes.iterChanges((from, to, _from, _to, inserted) => told.push(from, to, inserted.sliceString(0, inserted.length, "\n")));
  return told;
}

/** The pane's element is named and behaves as a box for prose. */
const attributes = {
  id: "markdown",
  "aria-labelledby": "markdown-label",
  tabindex: "0",
  spellcheck: "true",
  autocorrect: "on",
  autocapitalize: "sentences",
  writingsuggestions: "true",
  lang: "en",
};

/** One pane in the page. */
class Pane {
  constructor(options) {
    this.options = options;
    this.settings = { first: 0, centres: false };
    this.view = new EditorView({ state: this.fresh(options.text), parent: options.parent });
    // Whoever puts the keyboard here: the caret is where it was. A browser left alone puts it at the start.
    const { contentDOM } = this.view;
    let within = false;
    contentDOM.focus = (how) => {
      if (within) {
        HTMLElement.prototype.focus.call(contentDOM, how);
        return;
      }
      if (!how?.preventScroll) {
        this.view.dispatch({ scrollIntoView: true, annotations: ordered.of(true) });
        this.drawn();
      }
      within = true;
      this.view.focus();
      within = false;
      this.showSelection();
    };
  }

  fresh(text) {
    const { typed, caret, known, retired, keys } = this.options;
    return EditorState.create({
      // Nothing but "\n" comes from the session; what is pasted is split at every kind of break.
      doc: text,
      extensions: [
        EditorView.lineWrapping,
        EditorView.contentAttributes.of(attributes),
        highlightActiveLine(),
        markdown,
        syntaxHighlighting(highlighter),
        shortcodes(known, retired),
        search({ top: true }),
        finding,
        highlightSelectionMatches({ minSelectionLength: 3 }),
        commands(keys, (name, text) => this.command(name, text)),
        presses((name) => this.command(name)),
        words(this.options.word),
        pasting((name, text) => this.command(name, text), this.options.markdown),
        telling(this.options),
        settings(this.settings),
        keymap.of([...searchKeymap.filter(({ key }) => !/Mod-(d|Shift-l|Alt-g)/.test(key ?? "")), ...standardKeymap]),
        EditorView.updateListener.of((update) => {
          const own = update.transactions.filter((transaction) => !transaction.annotation(ordered));
          const edits = own.filter((transaction) => transaction.docChanged);
          const after = update.state.selection.main;
          for (const transaction of edits) {
            const before = transaction.startState.selection.main;
            const now = transaction.newSelection.main;
            const kinds = ["input.type.compose.start", "input.type.compose", "input.replace.all"];
            const kind = kinds.findIndex((kind) => transaction.isUserEvent(kind)) + 1;
            typed(flat(transaction.changes), before.from, before.to, now.from, now.to, kind);
          }
          if (own.length > 0 && update.selectionSet && edits.length === 0) caret(after.head);
        }),
      ],
    });
  }

  /** Shows another text. The caret stays where it can. */
  fill(text) {
    const caret = Math.min(this.view.state.selection.main.head, text.length);
    this.view.setState(this.fresh(text));
    this.view.dispatch({ selection: { anchor: caret }, annotations: ordered.of(true) });
  }

  /** Tells that a command was given here. */
  command(name, text = "") {
    const { from, to } = this.view.state.selection.main;
    this.options.command(name, text, from, to);
  }

  /** Numbers lines from `first` on, or not (0), and keeps the caret's line in the middle, or not. */
  setup(first, centres) {
    const same = this.settings.first === first && this.settings.centres === centres;
    this.settings = { first, centres };
    if (!same) this.view.dispatch({ effects: resettings(this.settings), annotations: ordered.of(true) });
    this.view.requestMeasure();
  }

  /** Where the caret stands in the window: left, top and bottom; nothing where it is out of sight. */
  place() {
    const box = this.view.coordsAtPos(this.view.state.selection.main.head);
    return box ? [box.left, box.top, box.bottom] : [];
  }

  /** Where a line begins, counted from 1. */
  line(number) {
    const { doc } = this.view.state;
    return doc.line(Math.min(Math.max(number, 1), doc.lines)).from;
  }

  /** The place nearest to a point of the window. */
  at(x, y) {
    return this.view.posAtCoords({ x, y }, false);
  }

  /** Puts text in the place of the selection, as if it had been typed. */
  insert(text) {
    this.view.dispatch(this.view.state.replaceSelection(text), { scrollIntoView: true, userEvent: "input.paste" });
  }

  /** Does what a key or a paste does where no command has it. */
  usual(name, text) {
    usual(this.view, name, text);
  }

  /** An input method is at work: nothing may come in between. */
  composing() {
    return this.view.composing || this.view.compositionStarted;
  }

  /** What is selected, as from and to. */
  selected() {
    const { from, to } = this.view.state.selection.main;
    return [from, to];
  }

  /** Makes one change; what is selected moves along. */
  change(from, to, insert) {
    this.view.dispatch({ changes: { from, to, insert }, annotations: ordered.of(true) });
  }

  /** Selects a part, and brings it into view where `show` says so. */
  select(anchor, head, show) {
    const most = this.view.state.doc.length;
    const selection = { anchor: Math.min(anchor, most), head: Math.min(head, most) };
    this.view.dispatch({ selection, scrollIntoView: show, annotations: ordered.of(true) });
  }

  /** The whole text. */
  text() {
    return this.view.state.sliceDoc();
  }

  /** Where the caret is. */
  caret() {
    return this.view.state.selection.main.head;
  }

  /** Opens the panel to find and replace in. */
  find() {
    openSearchPanel(this.view);
  }

  focus(inPlace) {
    this.view.contentDOM.focus({ preventScroll: inPlace });
  }

  focused() {
    return this.view.hasFocus;
  }

  /** Takes the pane off the screen. */
  destroy() {
    this.view.destroy();
  }

  // ---- where the text stands on the screen ----

  /** The element that scrolls. */
  scroller() {
    return this.view.scrollDOM;
  }

  /** Selects in the page what is selected: CodeMirror trusts what it heard last, and a press elsewhere it hears late. */
  showSelection() {
    const { anchor, head } = this.view.state.selection.main;
    if (!this.isDrawn(anchor) || !this.isDrawn(head)) return;
    const [from, to] = [this.view.domAtPos(anchor), this.view.domAtPos(head)];
    getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  /** Draws what is seen now: CodeMirror would do so in the next frame, and until then knows no place in it. */
  drawn() {
    this.view.requestMeasure();
    this.view.lineBlockAtHeight(0);
  }

  /** Where a row begins, in the window. */
  left() {
    const { contentDOM } = this.view;
    return contentDOM.getBoundingClientRect().left + parseFloat(getComputedStyle(contentDOM).paddingLeft || "0") + 1;
  }

  /** The row a position is in: its first position, the next row's, and its top and bottom in the window. */
  row(at) {
    const { view } = this;
    const left = this.left();
    const line = view.state.doc.lineAt(at);
    const place = view.coordsAtPos(at, at < line.to ? 1 : -1);
    if (!place) return null;
    const middle = (place.top + place.bottom) / 2;
    const height = view.defaultLineHeight;
    const from = Math.max(line.from, view.posAtCoords({ x: left, y: middle }, false));
    const below = view.posAtCoords({ x: left, y: middle + height }, false);
    // Past the end of the line, the next row is the next line's.
    const next = below > from && below <= line.to ? below : Math.min(line.to + 1, view.state.doc.length);
    return { from, next, top: middle - height / 2, height };
  }

  /** The place at this height of what is seen: a position, and how far through its row, as a fraction of positions. */
  spot(y) {
    this.drawn();
    const height = this.view.scrollDOM.getBoundingClientRect().top + y;
    const row = this.row(this.view.posAtCoords({ x: this.left(), y: height }, false));
    if (!row) return -1;
    const through = Math.min(Math.max((height - row.top) / row.height, 0), 1);
    return row.from + through * Math.max(row.next - row.from, 0);
  }

  /** Scrolls so that a place stands at this height of what is seen, as far as the text goes. */
  bring(place, y) {
    const { view } = this;
    const scroller = view.scrollDOM;
    const at = Math.min(Math.floor(place), view.state.doc.length);
    // What comes to the screen is measured only then, and may push the place on: it is looked at again.
    for (let looks = 0; looks < 4; looks++) {
      const row = this.isDrawn(at) && this.row(at);
      if (!row) {
        view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "start", yMargin: 0 }), annotations: ordered.of(true) });
        this.drawn();
        continue;
      }
      const through = row.next > row.from ? Math.min(Math.max((place - row.from) / (row.next - row.from), 0), 1) : 0;
      const off = Math.round(row.top + through * row.height - scroller.getBoundingClientRect().top - y);
      const before = scroller.scrollTop;
      scroller.scrollTop = before + off;
      if (Math.abs(scroller.scrollTop - before) < 1) return;
      this.drawn();
    }
  }

  isDrawn(at) {
    const { view } = this;
    return view.visibleRanges.some((range) => range.from <= at && at <= range.to) && view.coordsAtPos(at) !== null;
  }

  /** Whether a place is seen, with a row to spare. */
  sees(at) {
    const place = this.isDrawn(at) && this.view.coordsAtPos(at);
    if (!place) return false;
    const box = this.view.scrollDOM.getBoundingClientRect();
    return box.top <= place.top && place.bottom <= box.bottom - this.view.defaultLineHeight;
  }

  rowHeight() {
    return this.view.defaultLineHeight;
  }
}

globalThis.recapMarkdownPane = (options) => new Pane(options);
