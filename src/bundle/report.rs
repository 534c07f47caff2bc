//! What each picture of a post is for, and what is wrong with them, in sentences that say what to do.

use std::collections::BTreeMap;

use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::text::Span;
use crate::text::sort;
use crate::yaml::{KeyPath, Value};

use super::header::{self, Header};
use super::references::{self, Place, Reference};
use super::{Bundle, BundleFile, POST, name, wording};

/// Larger pictures make the page slow, in bytes.
pub const HEAVY: usize = 1_000_000;

/// Pictures with more pixels are not to be decoded: at four bytes each they would need 200 MB.
pub const MOST_PIXELS: u64 = 50_000_000;

/// What a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// On top of the article.
    Cover,
    /// On the featured card, cropped to 4:1.
    Feature,
    /// In lists.
    Thumbnail,
    /// On cards in social media.
    Social,
    /// The author's picture.
    Avatar,
    /// Shown or linked in the text.
    InText,
}

impl Role {
    /// Its name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Feature => "feature",
            Self::Thumbnail => "thumbnail",
            Self::Social => "social",
            Self::Avatar => "avatar",
            Self::InText => "in the text",
        }
    }

    /// The entry of the front matter that gives a picture this role; `None` where the text does.
    #[must_use]
    pub fn entry(self) -> Option<KeyPath> {
        let keys: &[&str] = match self {
            Self::Cover => &["params", "cover"],
            Self::Feature => &["params", "feature"],
            Self::Thumbnail => &["params", "thumbnail"],
            Self::Avatar => &["params", "author", "avatar"],
            Self::Social => &["images"],
            Self::InText => return None,
        };
        Some(KeyPath::of(keys))
    }

    /// Widths and heights that fit the theme, in pixels, and how they are said.
    const fn fitting(self) -> Option<([u32; 2], [u32; 2], &'static str)> {
        match self {
            Self::Cover => Some(([800, 1600], [256, 600], "800–1600 × 256–600")),
            Self::Feature => Some(([800, 1600], [160, 256], "800–1600 × 160–256")),
            Self::Thumbnail => Some(([128, 256], [128, 256], "128–256 × 128–256")),
            Self::Social => Some(([1200, 1600], [1, u32::MAX], "1200–1600 wide")),
            Self::Avatar | Self::InText => None,
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Named, but not there.
    Missing,
    /// Loaded from elsewhere.
    HotLinked,
    /// An image without an alt text.
    NoAlt,
    /// Two images with the same alt text.
    SameAlt,
    /// Not a picture that can be read, or cut off.
    Unreadable,
    /// More pixels than a browser should be asked to decode.
    Enormous,
    /// A drawing with a script.
    Scripted,
    /// It moves.
    Animated,
    /// More than [`HEAVY`].
    Heavy,
    /// A name with a space, a capital or the like.
    BadName,
    /// Not the size its role wants: a hint.
    WrongSize,
}

/// Something wrong with a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub trouble: Trouble,
    /// The file or address it is about.
    pub about: String,
    /// Where it stands in the post, where it does.
    pub span: Option<Span>,
    /// What is wrong and what to do.
    pub message: String,
}

/// A picture of the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its path in the bundle.
    pub path: String,
    /// In bytes.
    pub size: usize,
    /// What its first bytes tell.
    pub header: Option<Header>,
    /// What it is for, in the order of [`Role`]; none: it is not used.
    pub roles: Vec<Role>,
    /// The alt text of its first image in the text, as it is read; `None`: the text has none.
    pub alt: Option<String>,
    /// The caption of that image.
    pub caption: Option<String>,
}

/// The pictures of a post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// One a file, in the order of their paths.
    pub pictures: Vec<Picture>,
    /// In the order of the text, those about files last.
    pub findings: Vec<Finding>,
    /// The picture the theme takes for a role, a file or an address; a thumbnail or feature falls back to the cover.
    pub resolved: BTreeMap<Role, String>,
}

/// Reads what the pictures of a post are. `text` is the post as it stands, `bundle` has the files beside it.
#[must_use]
pub fn read(text: &str, post: &Post, front_matter: &FrontMatter, bundle: &Bundle) -> Report {
    let named = references::references(text, post, front_matter);
    let mut files: Vec<&BundleFile> = bundle
        .files
        .iter()
        .filter(|file| file.path != POST && references::is_picture(&file.path))
        .collect();
    sort::sort_by(&mut files, |a, b| a.path.cmp(&b.path));
    let mut report = Report {
        resolved: resolved(front_matter, &files),
        ..Report::default()
    };
    for reference in &named {
        about_reference(reference, bundle, &mut report.findings);
    }
    same_alts(&named, &mut report.findings);
    for file in files {
        let roles = roles(file, &report.resolved, &named);
        let header = header::read(&file.bytes);
        about_file(file, header, &roles, &mut report.findings);
        let image = named.iter().find_map(|reference| match &reference.place {
            Place::Image(alt) if reference.target == file.path => Some((reference, alt)),
            _ => None,
        });
        report.pictures.push(Picture {
            alt: image.map(|(_, alt)| wording::alt_as_read(alt)),
            caption: image.and_then(|(reference, _)| wording::caption(text, reference)),
            path: file.path.clone(),
            size: file.bytes.len(),
            header,
            roles,
        });
    }
    report
}

/// By the theme's rules: the entry of the front matter, else the first picture of that name, else the cover.
fn resolved(front_matter: &FrontMatter, files: &[&BundleFile]) -> BTreeMap<Role, String> {
    let entry = |keys: &[&str]| {
        let value = front_matter.value(&KeyPath::of(keys))?;
        let first = value.as_list().map_or(Some(value), <[Value]>::first)?;
        first
            .as_str()
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
    };
    let by_name = |stem: &str| {
        let found = files.iter().find(|file| {
            let (name, _) = file.path.rsplit_once('.').unwrap_or_default();
            name.eq_ignore_ascii_case(stem)
        });
        found.map(|file| file.path.clone())
    };
    let either = |key: &str, stems: &[&str]| {
        entry(&["params", key]).or_else(|| stems.iter().find_map(|stem| by_name(stem)))
    };
    [
        (Role::Cover, either("cover", &["cover"])),
        (Role::Feature, either("feature", &["feature", "cover"])),
        (
            Role::Thumbnail,
            either("thumbnail", &["thumbnail", "cover"]),
        ),
        (Role::Social, entry(&["images"])),
        (Role::Avatar, entry(&["params", "author", "avatar"])),
    ]
    .into_iter()
    .filter_map(|(role, name)| Some((role, name?)))
    .collect()
}

fn roles(file: &BundleFile, resolved: &BTreeMap<Role, String>, named: &[Reference]) -> Vec<Role> {
    let cover = resolved.get(&Role::Cover);
    let mut roles: Vec<Role> = resolved
        .iter()
        // What only stands in for another is not made for that role.
        .filter(|(role, name)| {
            **name == file.path
                && (!matches!(role, Role::Feature | Role::Thumbnail) || cover != Some(name))
        })
        .map(|(role, _)| *role)
        .collect();
    let is_named = |entry: bool| {
        named.iter().any(|reference| {
            reference.target == file.path && matches!(reference.place, Place::Entry(_)) == entry
        })
    };
    if is_named(true) && roles.is_empty() {
        roles.push(Role::Social);
    }
    if is_named(false) {
        roles.push(Role::InText);
    }
    roles
}

fn about_reference(reference: &Reference, bundle: &Bundle, findings: &mut Vec<Finding>) {
    let target = &reference.target;
    let mut add = |trouble: Trouble, message: String| {
        findings.push(Finding {
            trouble,
            about: target.clone(),
            span: Some(reference.span),
            message,
        });
    };
    let shown = match &reference.place {
        Place::Image(_) | Place::Entry(_) => true,
        Place::Link | Place::Definition | Place::Html | Place::Shortcode => {
            references::is_picture(target)
        }
    };
    let from_web = ["http://", "https://", "//"].iter().any(|start| {
        target
            .get(..start.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(start))
    });
    if from_web && shown && reference.place != Place::Link {
        add(
            Trouble::HotLinked,
            format!(
                "“{target}” is loaded from elsewhere and can vanish there. Save the picture, drop it here, and name that \
                 file instead."
            ),
        );
    } else if shown
        && !references::is_elsewhere(target)
        && !bundle.files.iter().any(|file| file.path == *target)
    {
        let alike = bundle
            .files
            .iter()
            .find(|file| name::folded(&file.path) == name::folded(target));
        add(
            Trouble::Missing,
            match alike {
                Some(file) => format!(
                    "“{target}” is not there, but “{}” is: the site counts capitals. Write the name as the file has it.",
                    file.path
                ),
                None => {
                    format!("“{target}” is not there. Drop the picture here, or correct the name.")
                }
            },
        );
    }
    if let Place::Image(alt) = &reference.place
        && alt.trim().is_empty()
    {
        add(
            Trouble::NoAlt,
            format!(
                "“{target}” has no alt text. Say in a few words what it shows, for people who cannot see it."
            ),
        );
    }
}

fn same_alts(named: &[Reference], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for reference in named {
        let Place::Image(alt) = &reference.place else {
            continue;
        };
        let alt = alt.trim();
        match seen.get(alt) {
            _ if alt.is_empty() => {}
            Some(other) if *other != reference.target => findings.push(Finding {
                trouble: Trouble::SameAlt,
                about: reference.target.clone(),
                span: Some(reference.span),
                message: format!(
                    "“{}” has the same alt text as “{other}”. Say what is different in this picture.",
                    reference.target
                ),
            }),
            Some(_) => {}
            None => {
                seen.insert(alt, &reference.target);
            }
        }
    }
}

fn about_file(
    file: &BundleFile,
    header: Option<Header>,
    roles: &[Role],
    findings: &mut Vec<Finding>,
) {
    let path = &file.path;
    let mut add = |trouble: Trouble, message: String| {
        findings.push(Finding {
            trouble,
            about: path.clone(),
            span: None,
            message,
        });
    };
    if !name::is_good(path) {
        let better = name::good(&[], path.rsplit('/').next().unwrap_or(path), []);
        add(
            Trouble::BadName,
            format!(
                "“{path}” has a name that is easily mistyped in an address. Rename it, for example to “{better}”."
            ),
        );
    }
    if file.bytes.len() > HEAVY {
        let tenths = file.bytes.len() / 100_000;
        add(
            Trouble::Heavy,
            format!(
                "“{path}” has {}.{} MB, which makes the page slow. Make it smaller than 1 MB.",
                tenths / 10,
                tenths % 10
            ),
        );
    }
    let Some(header) = header else {
        let known = !path.to_ascii_lowercase().ends_with(".bmp")
            && !path.to_ascii_lowercase().ends_with(".ico");
        if known {
            add(
                Trouble::Unreadable,
                format!("“{path}” is no picture, or it is cut off. Replace it with the original."),
            );
        }
        return;
    };
    let (width, height) = (header.width, header.height);
    if header.pixels() > MOST_PIXELS {
        add(
            Trouble::Enormous,
            format!(
                "“{path}” has {width} × {height} pixels, too many to be shown. Make it at most 1600 wide."
            ),
        );
    }
    if header.scripted {
        add(
            Trouble::Scripted,
            format!(
                "“{path}” is a drawing with a script. It is shown without; save it as a plain drawing."
            ),
        );
    }
    if header.animated {
        add(
            Trouble::Animated,
            format!(
                "“{path}” moves, which distracts from reading. A still picture or a recording is better."
            ),
        );
    }
    for role in roles {
        if let Some(([narrow, wide], [low, high], wanted)) = role.fitting()
            && !((narrow..=wide).contains(&width) && (low..=high).contains(&height))
        {
            add(
                Trouble::WrongSize,
                format!(
                    "“{path}” has {width} × {height} pixels; the {} of other posts has {wanted}.",
                    role.label()
                ),
            );
        }
    }
}
