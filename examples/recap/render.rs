//! `render POSTS_DIR [--site-index FILE]`: what Hugo would publish, one JSON object a post.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::preview::{self, Audience, Page};
use recap_editor::site::{Site, SiteIndex};
use recap_editor::text::{LineColumn, Text};

use super::Outcome;

/// Runs the command.
pub(crate) fn run(words: &[String]) -> Outcome {
    let (folder, index) = match words {
        [folder] => (folder, None),
        [folder, flag, index] if flag == "--site-index" => (folder, Some(index)),
        _ => {
            return Err(
                "Name the folder of posts: render POSTS_DIR [--site-index FILE].".to_owned(),
            );
        }
    };
    let site = match index {
        None => Site::linkerd().index,
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .map_err(|error| format!("“{file}” cannot be read: {error}."))?;
            serde_json::from_str(&text)
                .map_err(|error| format!("“{file}” is no site index: {error}."))?
        }
    };
    let root = Path::new(folder);
    let mut posts = Vec::new();
    find_posts(root, &mut posts).map_err(|error| format!("“{folder}” cannot be read: {error}."))?;
    posts.sort();
    let mut out = std::io::stdout().lock();
    for post in posts {
        let row = row(root, &post, &site)?;
        writeln!(out, "{row}")
            .map_err(|error| format!("The result cannot be written: {error}."))?;
    }
    Ok(())
}

fn find_posts(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_posts(&path, found)?;
        } else if path.file_name().is_some_and(|name| name == "index.md") {
            found.push(path);
        }
    }
    Ok(())
}

fn row(root: &Path, file: &Path, site: &SiteIndex) -> Result<serde_json::Value, String> {
    let shown = file.display();
    let bytes =
        std::fs::read(file).map_err(|error| format!("“{shown}” cannot be read: {error}."))?;
    let path = file
        .strip_prefix(root)
        .unwrap_or(file)
        .to_string_lossy()
        .replace('\\', "/");
    let text = Text::from_bytes(&bytes);
    let text = text.as_str();
    let post = Post::parse(text);
    let front_matter = FrontMatter::read(text, &post);
    let resources = beside(file).map_err(|error| format!("“{shown}” cannot be read: {error}."))?;
    let site_path = format!("blog/{path}");
    let page = Page {
        text,
        post: &post,
        front_matter: front_matter.mapping(),
        path: Some(&site_path),
        resources: &resources,
        site,
    };
    let rendered = preview::render(&page, Audience::Site);
    let refused = post
        .problems
        .iter()
        .chain(front_matter.problems())
        .chain(&rendered.problems)
        .next();
    if let Some(problem) = refused {
        let at = LineColumn::of(text, problem.span.start());
        return Ok(serde_json::json!({
            "path": path,
            "error": { "message": problem.message, "line": at.line, "column": at.column },
        }));
    }
    let variables = &rendered.variables;
    Ok(serde_json::json!({
        "path": path,
        "content_html": rendered.html(),
        "title": variables.title,
        "meta_title": variables.meta_title,
        "author_name": variables.author_name,
        "author_avatar": variables.author_avatar.as_deref().unwrap_or_default(),
        "date_text": variables.date,
        "word_count": variables.word_count,
        "reading_time": variables.reading_time,
        "summary": variables.summary,
        "description": variables.description,
        "permalink": format!("{}{}", site.base_url.trim_end_matches('/'), variables.permalink),
        "rel_permalink": variables.permalink,
        "cover": variables.cover.as_deref().unwrap_or_default(),
        "thumbnail": variables.thumbnail.as_deref().unwrap_or_default(),
        "feature": variables.feature.as_deref().unwrap_or_default(),
        "thumbnail_ratio": variables.thumbnail_ratio,
        "show_cover": variables.show_cover,
        "load_mermaid": variables.mermaid.then_some(true),
    }))
}

/// The files beside a post.
fn beside(file: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    if let Some(folder) = file.parent() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_file() && name != "index.md" {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}
