// Finding within what is selected: a tick in the search panel, and the part of the text it was set for, which moves along.
import { getSearchQuery, SearchQuery, searchPanelOpen, setSearchQuery } from "@codemirror/search";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const setPart = StateEffect.define();

/** The part that is searched, as `{ from, to }`; null: the whole text. */
const part = StateField.define({
  create: () => null,
  update(value, transaction) {
    let now = value && { from: transaction.changes.mapPos(value.from, -1), to: transaction.changes.mapPos(value.to, 1) };
    for (const effect of transaction.effects) if (effect.is(setPart)) now = effect.value;
    return now && now.from < now.to ? now : null;
  },
  provide: (field) =>
    EditorView.decorations.from(field, (value) =>
      value ? Decoration.set([Decoration.mark({ class: "cm-searchPart" }).range(value.from, value.to)]) : Decoration.none,
    ),
});

const isInPart = (_match, state, from, to) => {
  const within = state.field(part, false);
  return !within || (within.from <= from && to <= within.to);
};

/** The same query, looked for in the part only. */
const within = ({ search, caseSensitive, literal, regexp, wholeWord, replace }) =>
  new SearchQuery({ search, caseSensitive, literal, regexp, wholeWord, replace, test: isInPart });

/** Every query that is set is looked for in the part only. */
const queries = EditorState.transactionExtender.of((transaction) => {
  const set = transaction.effects.findLast((effect) => effect.is(setSearchQuery) && effect.value.test !== isInPart);
  return set ? { effects: setSearchQuery.of(within(set.value)) } : null;
});

/** Ticked: the part is what is selected. */
function choose(view, box) {
  const { from, to } = view.state.selection.main;
  const value = box.checked && from < to ? { from, to } : null;
  box.checked = value !== null;
  // Set anew, so that what is found is looked for again.
  view.dispatch({ effects: [setPart.of(value), setSearchQuery.of(within(getSearchQuery(view.state)))] });
}

const panel = EditorView.updateListener.of(({ view, startState, state }) => {
  if (!searchPanelOpen(state)) {
    if (searchPanelOpen(startState) && state.field(part)) queueMicrotask(() => view.dispatch({ effects: setPart.of(null) }));
    return;
  }
  const box = view.dom.querySelector(".cm-search [name=part]");
  if (box) {
    const is = state.field(part) !== null;
    if (startState.field(part) !== state.field(part)) box.checked = is;
    return;
  }
  const before = view.dom.querySelector(".cm-search br");
  if (!before) return;
  const label = document.createElement("label");
  const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: "part" });
  tick.addEventListener("change", () => choose(view, tick));
  label.append(tick, "In the selection");
  before.before(label);
});

/** What the panel says, in plain words. */
const words = EditorState.phrases.of({
  Replace: "Replace with",
  next: "Next",
  previous: "Previous",
  all: "All",
  "match case": "Match case",
  regexp: "Regular expression",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
  close: "Close",
});

export const finding = [part, queries, panel, words];
