//! Who may know whom. A rule nobody checks erodes, so here it is checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each module with those it may name, from the bottom up.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("day", &[]),
    ("text", &[]),
    ("draft", &["day", "text"]),
    ("post", &["text"]),
    ("shortcode", &["text"]),
    ("markdown", &["text"]),
    ("yaml", &["text"]),
    ("site", &["text", "yaml"]),
    ("front_matter", &["day", "post", "site", "text", "yaml"]),
    (
        "preview",
        &[
            "day",
            "front_matter",
            "markdown",
            "post",
            "shortcode",
            "site",
            "text",
            "yaml",
        ],
    ),
    (
        "bundle",
        &[
            "day",
            "front_matter",
            "markdown",
            "post",
            "shortcode",
            "site",
            "text",
            "yaml",
        ],
    ),
    ("picture", &["bundle", "text"]),
    (
        "writing",
        &["markdown", "post", "preview", "shortcode", "site", "text"],
    ),
    ("recap", &["day", "front_matter", "post"]),
    ("review", &["front_matter", "post", "site", "text", "yaml"]),
    (
        "session",
        &[
            "bundle",
            "day",
            "draft",
            "front_matter",
            "picture",
            "post",
            "preview",
            "recap",
            "review",
            "site",
            "text",
            "writing",
            "yaml",
        ],
    ),
    (
        "shell",
        &[
            "bundle", "day", "draft", "picture", "preview", "session", "site", "text", "writing",
            "yaml",
        ],
    ),
    (
        "ui",
        &[
            "bundle",
            "day",
            "draft",
            "front_matter",
            "picture",
            "session",
            "shell",
            "site",
            "text",
            "writing",
            "yaml",
        ],
    ),
];

/// What only `shell` and `ui` may name.
const WEB: &[&str] = &["web_sys::", "js_sys::", "wasm_bindgen", "gloo::", "yew::"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The module a source file belongs to: the first part of its path, without `.rs`.
fn module_of(file: &Path, src: &Path) -> String {
    let first = file.strip_prefix(src).unwrap().components().next().unwrap();
    first
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

#[test]
fn imports_only_point_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let table: BTreeMap<&str, &[&str]> = MAY_KNOW.iter().copied().collect();
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut seen = 0;
    let mut wrong = Vec::new();
    for file in files {
        let module = module_of(&file, &src);
        if module == "lib" || module == "main" {
            continue;
        }
        let allowed = table
            .get(module.as_str())
            .unwrap_or_else(|| panic!("{module} is not in the table"));
        let text = std::fs::read_to_string(&file).unwrap();
        // Unit tests may reach further: they are no part of the product.
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            let mut rest = line;
            while let Some((_, named)) = rest.split_once("crate::") {
                let name: String = named
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                seen += 1;
                if !name.is_empty() && name != module && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{} names {name}", file.display()));
                }
                rest = named;
            }
            if module != "shell" && module != "ui" && WEB.iter().any(|web| line.contains(web)) {
                wrong.push(format!("{} names the browser: {line}", file.display()));
            }
        }
    }
    assert!(
        seen > 50,
        "only {seen} imports were found: the test looks in the wrong place"
    );
    assert_eq!(wrong, Vec::<String>::new());
}
