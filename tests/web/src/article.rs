//! Very long articles: laid out in groups, and still the very nodes Hugo's page has.

use serde_json::json;

use crate::app::{App, Outcome, ensure, equal};
use crate::frame::{HELPERS, ask};

/// More blocks than any article that is laid out in one piece.
fn very_long_post() -> String {
    let mut text = "---\ntitle: Very long\ndate: 2026-01-01\n---\n\n".to_owned();
    for section in 0..90 {
        text.push_str(&format!(
            "## Section {section}\n\nP{section}x is *one* of many paragraphs.\n\n- an item\n- another of {section}\n\n\
             | a | b |\n| - | - |\n| {section} | cell |\n\n```go\nvar x{section} = 1\n```\n\nLast of {section}.\n\n"
        ));
    }
    text
}

/// What is wrong with the layout: children that are not in it, or not in order.
const LAID_OUT: &str = "window.laidOut = () => { let last = -Infinity, wrong = []; for (const e of article.children) {\
        const r = e.getBoundingClientRect(); if (r.height <= 0 || r.top < last - 1) wrong.push(e.textContent.slice(0, 30)); last = r.top; }\
        return wrong.slice(0, 5); };";

/// What is written in a very long article, and taken out of it, shows as in an article opened anew.
pub async fn long_article(app: &App<'_>) -> Outcome {
    open(app, very_long_post().as_bytes()).await?;
    let groups = app
        .js("return article.shadowRoot?.childElementCount ?? 0", vec![])
        .await?;
    ensure(
        groups.as_u64().is_some_and(|groups| groups > 4),
        format!("{groups} groups"),
    )?;
    laid_out(app, "as it was opened").await?;
    let replace = "const change = (find, to, insert) => { const from = pane.value.indexOf(find);\
            view.dispatch({ changes: { from, to: to === null ? from : pane.value.indexOf(to, from), insert }, userEvent: 'input' }); };";
    let edits = [
        // A word; what it is in stays the same.
        "change('P25x', null, 'Words in ');",
        // A paragraph more, and a paragraph less.
        "change('P3x', null, 'One more.\\n\\n'); change('P80x', '- an item\\n- another of 80', '');",
        // Two that become one, an item of a list, a cell.
        "change('P10x', 'is *one*', 'joined '); change('another of 12', null, 'not '); change('20 | cell', null, '2');",
        // Many go, across groups; many come.
        "change('## Section 30', '## Section 52', ''); change('## Section 60', null, 'New paragraph.\\n\\n'.repeat(330));",
        // The first, and the last.
        "change('## Section 0', 'P0x', ''); view.dispatch({ changes: { from: pane.value.length, insert: '\\n\\nThe end.' }, userEvent: 'input' });",
    ];
    app.js("window.kept = [...article.querySelectorAll('p')].find(p => p.textContent.startsWith('P25x')); window.em = kept.querySelector('em')", vec![])
        .await?;
    for (number, edit) in edits.iter().enumerate() {
        app.js(&format!("{replace} {edit}"), vec![]).await?;
        ask(app, "await frames_(3); return 0").await?;
        laid_out(app, &format!("after edit {number}")).await?;
    }
    app.wait("the end", "return article.textContent.includes('The end.')")
        .await?;
    let kept = app
        .js("return [kept.isConnected, em.isConnected, kept.textContent.startsWith('Words in P25x')]", vec![])
        .await?;
    equal(
        &kept,
        &json!([true, true, true]),
        "the paragraph kept, what is in it kept, the new words in it",
    )?;
    let written = app.text("return article.innerHTML").await?;
    let file = app.download("long.md").await?;
    app.reload().await?;
    open_as(app, "again.md", &file).await?;
    laid_out(app, "opened again").await?;
    let fresh = app.text("return article.innerHTML").await?;
    ensure(
        written == fresh,
        "the written article differs from the one opened anew",
    )
}

async fn open(app: &App<'_>, post: &[u8]) -> Outcome {
    open_as(app, "long.md", post).await
}

async fn open_as(app: &App<'_>, name: &str, post: &[u8]) -> Outcome {
    app.open_bytes(name, post).await?;
    app.js(HELPERS, vec![]).await?;
    app.js(LAID_OUT, vec![]).await?;
    app.wait(
        "the whole article, at rest",
        "const last = article.lastElementChild; const groups = [...(article.shadowRoot?.children ?? [])];\
         return /(Last of 89|The end)\\./.test(last?.textContent ?? '') && groups.every(g => g.style.contentVisibility === 'auto')",
    )
    .await
}

async fn laid_out(app: &App<'_>, when: &str) -> Outcome {
    equal(
        &app.js("return laidOut()", vec![]).await?,
        &json!([]),
        &format!("what is not laid out, or not in its place, {when}"),
    )
}
