import { ViewPlugin } from "@codemirror/view";

/** Decorations of what is drawn, made by `draw(view)` and made anew when that is something else. */
export function ofDrawn(draw) {
  return ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = draw(view);
      }
      update(update) {
        if (update.docChanged || update.viewportChanged) this.decorations = draw(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}
