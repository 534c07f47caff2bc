//! Starting points: the sample and the templates.

mod meeting;

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

/// The built-in sample: a made-up recap with the parts a real one has, and its picture.
#[must_use]
pub fn sample() -> Vec<StartFile> {
    vec![
        StartFile {
            name: FILE_NAME,
            bytes: include_bytes!("sample/index.md").to_vec(),
        },
        StartFile {
            name: "community-call.png",
            bytes: include_bytes!("sample/community-call.png").to_vec(),
        },
    ]
}

/// The template of a community meeting recap that is published on `day`: the parts such a recap has, with a hint in each.
///
/// The month is that of the last meeting before `day`; the next meeting is named with its weekday.
#[must_use]
pub fn recap(day: Day) -> StartFile {
    let held = meeting::before(day);
    let next = meeting::after(held);
    let announced = format!(
        "{}, {} {}",
        next.weekday_name(),
        next.month_name(),
        next.day()
    );
    let text = include_str!("recap.md")
        .replace("POST_DATE", &day.to_string())
        .replace("MEETING_SLUG", &held.month_name().to_lowercase())
        .replace("MEETING_MONTH", held.month_name())
        .replace("NEXT_MEETING", &announced);
    StartFile {
        name: FILE_NAME,
        bytes: text.into_bytes(),
    }
}

/// A blank post that is published on `day`. It has no title yet: the form adds one, in the site's place and style.
#[must_use]
pub fn post(day: Day) -> StartFile {
    let text = format!(
        "---\ndate: {day}T00:00:00Z\nkeywords: [linkerd]\nparams:\n  author: community\n---\n\n"
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
    use crate::yaml::KeyPath;

    fn text_of(file: &StartFile) -> String {
        String::from_utf8(file.bytes.clone()).unwrap()
    }

    fn value(text: &str, path: &str) -> String {
        let front_matter = FrontMatter::read(text, &Post::parse(text));
        assert_eq!(front_matter.locked(), None, "{text}");
        assert_eq!(front_matter.problems(), [], "{text}");
        let path: KeyPath = path.parse().unwrap();
        front_matter
            .value(&path)
            .and_then(|value| value.as_text())
            .unwrap_or_default()
    }

    #[test]
    fn a_recap_tells_of_the_last_meeting_and_names_the_next() {
        for (day, month, next) in [
            ("2021-11-10", "October", "Thursday, November 25"),
            ("2021-11-24", "October", "Thursday, November 25"),
            ("2021-11-25", "November", "Thursday, December 30"),
            ("2022-01-05", "December", "Thursday, January 27"),
            ("2024-02-29", "February", "Thursday, March 28"),
            ("2024-02-28", "January", "Thursday, February 29"),
        ] {
            let text = text_of(&recap(Day::parse(day).unwrap()));
            let title = format!("{month} Linkerd community meeting recap");
            assert_eq!(value(&text, "title"), title);
            assert_eq!(value(&text, "date"), format!("{day}T00:00:00Z"));
            assert_eq!(value(&text, "params.author"), "community");
            assert!(text.contains(&format!("\n## {month} Linkerd Hero\n")));
            assert!(text.contains(&format!(" on {next} at ")), "{day}: {text}");
        }
    }

    #[test]
    fn a_template_is_whole_and_short_of_80_columns_on_any_day() {
        for month in 1..=12 {
            let day = Day::new(2025, month, 30).or_else(|| Day::new(2025, month, 28));
            let day = day.unwrap();
            for file in [recap(day), post(day)] {
                let text = text_of(&file);
                assert!(
                    !text.contains("MEETING") && !text.contains("POST_DATE"),
                    "{text}"
                );
                assert!(
                    text.lines().all(|line| line.chars().count() <= 80),
                    "{text}"
                );
                assert!(value(&text, "description").chars().count() <= 160);
            }
        }
    }

    #[test]
    fn the_sample_has_the_parts_of_a_real_recap() {
        let files = sample();
        let text = text_of(&files[0]);
        assert_eq!(value(&text, "params.thumbnailRatio"), "fit");
        assert!(value(&text, "description").chars().count() <= 160);
        for part in [
            "description: |-\n  ",
            "\nkeywords: [",
            "{{< youtube ",
            "](/community/",
            "](https://",
            "\n## ",
            "\n### ",
            "’",
        ] {
            assert!(text.contains(part), "{part}");
        }
        for image in &files[1..] {
            assert!(text.contains(&format!("]({} ", image.name)));
            assert!(image.bytes.len() <= 6 << 10);
        }
        assert!(
            text.lines()
                .all(|line| line.chars().count() <= 80 || line.contains("]("))
        );
        let next = Day::parse("2026-04-30").unwrap();
        assert!(text.contains(&format!("on {}, April 30 at", next.weekday_name())));
    }
}
