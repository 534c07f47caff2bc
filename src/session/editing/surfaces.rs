//! What a surface of the preview shows, worked out of the same render as the article, and only for the chosen one.

use crate::session::surface::{ListCards, Picture, SearchResult, SocialCard, Surface, SurfaceView};
use crate::yaml::{KeyPath, Value};

use super::Editing;

/// The site's theme escapes descriptions a second time, so readers see these; what a writer types, and how it shows.
const ESCAPES: [(&str, &str); 5] = [
    ("'", "&#39;"),
    ("\"", "&#34;"),
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
];

/// Search engines cut longer titles, in characters; roughly, since they measure the width.
const SEARCH_TITLE: usize = 60;

/// What a picture is for: its name on the card, the form's field that names it, and the files that are looked for.
struct Role {
    what: &'static str,
    field: &'static str,
    files: &'static str,
}

const THUMBNAIL: Role = Role {
    what: "list card",
    field: "Thumbnail",
    files: "“thumbnail.jpg”, else “cover.jpg”",
};
const FEATURE: Role = Role {
    what: "featured card",
    field: "Feature image",
    files: "“feature.jpg”, else “cover.jpg”",
};
const SOCIAL: Role = Role {
    what: "card",
    field: "Social images",
    files: "“social.jpg”",
};

impl Editing {
    /// What a surface shows.
    pub(super) fn surface(&self, surface: Surface) -> SurfaceView {
        match surface {
            Surface::Article => SurfaceView::Article,
            Surface::ListCard => SurfaceView::ListCard(self.list_cards()),
            Surface::SocialCard => SurfaceView::SocialCard(self.social_card()),
            Surface::SearchResult => SurfaceView::SearchResult(self.search_result()),
        }
    }

    fn list_cards(&self) -> ListCards {
        let variables = self.preview.variables();
        let mut notes = Vec::new();
        let thumbnail = self.picture(variables.thumbnail.as_deref(), &THUMBNAIL, &mut notes);
        let feature = self.picture(variables.feature.as_deref(), &FEATURE, &mut notes);
        note_no_title(&variables.title, &mut notes);
        ListCards {
            thumbnail,
            fit: variables.thumbnail_ratio.as_deref() == Some("fit"),
            feature,
            title: variables.title.clone(),
            facts: self.article().facts(),
            notes,
        }
    }

    fn social_card(&self) -> SocialCard {
        let variables = self.preview.variables();
        let mut notes = Vec::new();
        let named = self.front_matter.value(&KeyPath::of(&["images"]));
        let named = matches!(named, Some(Value::List(names)) if !names.is_empty());
        let picture = match variables.social_image.as_deref() {
            None => {
                notes.push(
                    "The post names no picture, and none of its open files is called cover, feature or thumbnail: \
                     links to it show as this small card. For the large one, put a wide picture (1200 to 1600 px) \
                     named “social.jpg” beside the post and name it under “Social images”."
                        .to_owned(),
                );
                None
            }
            image => Some(self.picture(image, &SOCIAL, &mut notes)),
        };
        if let Some(Picture::Held(name)) = &picture
            && !named
        {
            notes.push(format!(
                "“Social images” names nothing, so “{name}” stands in. A picture made for it is 1200 to 1600 px wide."
            ));
        }
        note_no_title(&variables.meta_title, &mut notes);
        self.note_description(&mut notes);
        SocialCard {
            picture,
            host: self.host().to_owned(),
            title: variables.meta_title.clone(),
            description: variables.description.clone(),
            notes,
        }
    }

    fn search_result(&self) -> SearchResult {
        let variables = self.preview.variables();
        let site = &self.site.profile.name;
        let title = if variables.title.is_empty() {
            site.clone()
        } else {
            format!("{} | {site}", variables.title)
        };
        let mut notes = Vec::new();
        let hidden = self
            .front_matter
            .value(&KeyPath::of(&["params", "noIndex"]));
        if hidden == Some(&Value::Bool(true)) {
            notes.push(
                "“Hide from search engines” is ticked: they are asked to leave this post out."
                    .to_owned(),
            );
        }
        note_no_title(&variables.title, &mut notes);
        let length = title.chars().count();
        if length > SEARCH_TITLE {
            notes.push(format!(
                "With the site’s name the title has {length} characters. Search engines cut most titles after about \
                 {SEARCH_TITLE}: what matters should come first."
            ));
        }
        self.note_description(&mut notes);
        SearchResult {
            site: site.clone(),
            host: self.host().to_owned(),
            steps: variables.steps().collect(),
            title,
            description: variables.description.clone(),
            notes,
        }
    }

    /// What a picture's address stands for: a file of the post, something of the site, or nothing that is here.
    fn picture(&self, address: Option<&str>, role: &Role, notes: &mut Vec<String>) -> Picture {
        let Some(address) = address else {
            notes.push(format!(
                "The {} has no picture. The site takes {} (.png and .webp do too): put such a file \
                 beside the post and open both.",
                role.what, role.files
            ));
            return Picture::Missing;
        };
        let base = self.site.profile.base_url.trim_end_matches('/');
        let path = address.strip_prefix(base).unwrap_or(address);
        let permalink = &self.preview.variables().permalink;
        let name = path.strip_prefix(permalink.as_str()).unwrap_or(path);
        let name = name.trim_start_matches("./").replace("%20", " ");
        if self.files.iter().any(|file| file.name == name) {
            return Picture::Held(name);
        }
        if path.starts_with('/') || path.contains("://") {
            notes.push(format!(
                "The {}’s picture is {path}. It is not one of the post’s own files, so it is not loaded here.",
                role.what
            ));
            return Picture::Elsewhere;
        }
        notes.push(format!(
            "“{name}”, named under “{}”, is not here. Open it together with the post, or name a file that stands \
             beside it.",
            role.field
        ));
        Picture::Missing
    }

    /// The site's host, as readers know it.
    fn host(&self) -> &str {
        let base = &self.site.profile.base_url;
        let host = base
            .split_once("://")
            .map_or(base.as_str(), |(_, host)| host);
        host.trim_end_matches('/')
    }

    /// What the site does to the description, where readers notice it.
    fn note_description(&self, notes: &mut Vec<String>) {
        let description = &self.preview.variables().description;
        let own = self.front_matter.value(&KeyPath::of(&["description"]));
        let own = matches!(own, Some(Value::String(text)) if !text.is_empty());
        if description.is_empty() {
            notes
                .push("There is nothing to describe the post yet. Write a description.".to_owned());
        } else if !own {
            notes.push(
                "The post has no description, so its first words stand here. One of up to 160 characters can say more."
                    .to_owned(),
            );
        } else if description.ends_with(" …") {
            notes.push("The site cuts the description after 160 characters.".to_owned());
        }
        let escaped = || {
            ESCAPES
                .iter()
                .filter(|(_, shown)| description.contains(shown))
        };
        if escaped().next().is_none() {
            return;
        }
        let list: Vec<String> = escaped()
            .map(|(typed, shown)| format!("{typed} shows as {shown}"))
            .collect();
        let quotes = escaped().any(|(typed, _)| matches!(*typed, "'" | "\""));
        let advice = if quotes {
            "Curly quotes (’ “ ”) stay as they are: write those, or do without."
        } else {
            "Do without where it reads badly."
        };
        notes.push(format!(
            "The site escapes this text twice, and readers see it: {}. {advice}",
            list.join(", ")
        ));
    }
}

fn note_no_title(title: &str, notes: &mut Vec<String>) {
    if title.trim().is_empty() {
        notes.push("The post has no title yet.".to_owned());
    }
}
