//! Starting points: the sample and the templates. A new post is text like any other; nothing in it is special.

use crate::day::Day;

/// The name Hugo gives the file of a page bundle.
pub const FILE_NAME: &str = "index.md";

/// A file of a starting point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartFile {
    /// Its name.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The built-in sample: a community meeting recap with an image.
#[must_use]
pub fn sample() -> Vec<StartFile> {
    vec![
        StartFile {
            name: FILE_NAME,
            bytes: include_bytes!("sample.md").to_vec(),
        },
        StartFile {
            name: "mesh-harbour.svg",
            bytes: include_bytes!("mesh-harbour.svg").to_vec(),
        },
    ]
}

/// The template of a community meeting recap, for the meeting of the month of `day`.
#[must_use]
pub fn recap(day: Day) -> StartFile {
    let month = day.month_name();
    let slug = format!("{}-linkerd-community-meeting-recap", month.to_lowercase());
    let text = include_str!("recap.md")
        .replace("{date}", &day.to_string())
        .replace("{slug}", &slug)
        .replace("{month}", month);
    StartFile {
        name: FILE_NAME,
        bytes: text.into_bytes(),
    }
}

/// A new post, dated `day`.
#[must_use]
pub fn post(day: Day) -> StartFile {
    let text = format!(
        "---\ndate: {day}T00:00:00Z\ntitle: \"\"\nkeywords: [linkerd]\nparams:\n  author: community\n---\n\n"
    );
    StartFile {
        name: FILE_NAME,
        bytes: text.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_matter::FrontMatter;
    use crate::post::Post;

    #[test]
    fn every_start_is_a_sound_post() {
        let day = Day::parse("2026-11-23").unwrap();
        for file in [sample().remove(0), recap(day), post(day)] {
            let text = String::from_utf8(file.bytes).unwrap();
            let parts = Post::parse(&text);
            let front_matter = FrontMatter::read(&text, &parts);
            assert_eq!(parts.problems, []);
            assert_eq!(front_matter.locked(), None);
            assert!(
                text.lines()
                    .all(|line| line.chars().count() <= 80 || line.contains("]("))
            );
            assert!(
                !text.contains('{') || text.contains("{{<"),
                "a place to fill in was left"
            );
        }
        let text = String::from_utf8(recap(day).bytes).unwrap();
        assert!(text.contains("title: November Linkerd community meeting recap\n"));
        assert!(text.contains("date: 2026-11-23T00:00:00Z\n"));
    }
}
