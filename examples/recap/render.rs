//! `render POSTS_DIR [--site-index FILE]`: what Hugo would publish, one JSON object a post.

use std::path::{Path, PathBuf};

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::preview::{self, Audience, Page, Rendered};
use recap_editor::site::index::IndexPage;
use recap_editor::site::{Site, SiteIndex};
use recap_editor::text::{LineColumn, Text};

/// The rows of every `index.md` below `root`, in the order of their paths, or a sentence that says what is wrong.
pub(crate) fn rows(root: &Path, index: Option<&Path>) -> Result<Vec<serde_json::Value>, String> {
    let mut site: SiteIndex = match index {
        None => Site::linkerd().index,
        Some(file) => {
            let name = file.display();
            let text = std::fs::read_to_string(file)
                .map_err(|error| format!("“{name}” cannot be read: {error}."))?;
            serde_json::from_str(&text)
                .map_err(|error| format!("“{name}” is no site index: {error}."))?
        }
    };
    let mut posts = Vec::new();
    find_posts(root, &mut posts)
        .map_err(|error| format!("“{}” cannot be read: {error}.", root.display()))?;
    posts.sort();
    // The posts to render are pages of the site too: they may link to each other.
    for post in &posts {
        let path = site_path(root, post);
        if site.post(&path).is_none() {
            let variables = open(
                post,
                |page, _| preview::render(page, Audience::Site).variables,
                &path,
                &site,
            )?;
            site.pages.push(IndexPage {
                url: variables.permalink,
                title: variables.title,
                path: Some(path),
                ..IndexPage::default()
            });
        }
    }
    posts.iter().map(|post| row(root, post, &site)).collect()
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

/// A post's file below the site's content folder.
fn site_path(root: &Path, file: &Path) -> String {
    let path = file.strip_prefix(root).unwrap_or(file).to_string_lossy();
    format!("blog/{}", path.replace('\\', "/"))
}

/// Opens a post and does something with its page.
fn open<T>(
    file: &Path,
    use_page: impl FnOnce(&Page<'_>, &FrontMatter) -> T,
    site_path: &str,
    site: &SiteIndex,
) -> Result<T, String> {
    let cannot = |error: std::io::Error| format!("“{}” cannot be read: {error}.", file.display());
    let bytes = std::fs::read(file).map_err(cannot)?;
    let resources = beside(file).map_err(cannot)?;
    let text = Text::from_bytes(&bytes);
    let post = Post::parse(text.as_str());
    let front_matter = FrontMatter::read(text.as_str(), &post);
    let page = Page {
        text: text.as_str(),
        post: &post,
        front_matter: front_matter.mapping(),
        path: Some(site_path),
        resources: &resources,
        site,
    };
    Ok(use_page(&page, &front_matter))
}

fn row(root: &Path, file: &Path, site: &SiteIndex) -> Result<serde_json::Value, String> {
    let site_path = site_path(root, file);
    let path = site_path
        .strip_prefix("blog/")
        .unwrap_or(&site_path)
        .to_owned();
    open(
        file,
        |page, front_matter| {
            let rendered = preview::render(page, Audience::Site);
            let before = page.post.problems.iter().chain(front_matter.problems());
            // In the body Hugo counts columns in bytes.
            let refused = before
                .map(|problem| (problem, LineColumn::of(page.text, problem.span.start())))
                .chain(rendered.problems.iter().map(|problem| {
                    (
                        problem,
                        LineColumn::in_bytes(page.text, problem.span.start()),
                    )
                }))
                .next();
            match refused {
                Some((problem, at)) => {
                    serde_json::json!({
                        "path": path,
                        "error": { "message": problem.message, "line": at.line, "column": at.column },
                    })
                }
                None => fields(&path, &rendered, site),
            }
        },
        &site_path,
        site,
    )
}

fn fields(path: &str, rendered: &Rendered, site: &SiteIndex) -> serde_json::Value {
    let variables = &rendered.variables;
    serde_json::json!({
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
        "social_images": variables.social_images,
        "description": variables.description,
        "permalink": format!("{}{}", site.base_url.trim_end_matches('/'), variables.permalink),
        "rel_permalink": variables.permalink,
        "cover": variables.cover.as_deref().unwrap_or_default(),
        "thumbnail": variables.thumbnail.as_deref().unwrap_or_default(),
        "feature": variables.feature.as_deref().unwrap_or_default(),
        "thumbnail_ratio": variables.thumbnail_ratio,
        "show_cover": variables.show_cover,
        "heading_ids": variables.heading_ids,
        "load_mermaid": variables.mermaid.then_some(true),
    })
}

/// The files beside a post, those in folders with their path; Markdown is pages of its own.
fn beside(file: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut folders: Vec<(PathBuf, String)> = file
        .parent()
        .map(|folder| (folder.to_owned(), String::new()))
        .into_iter()
        .collect();
    while let Some((folder, before)) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else if entry.file_type()?.is_file() && !name.ends_with(".md") {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}
