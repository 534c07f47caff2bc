//! The post in short: in the blog's lists, as a shared link, as a hit of a search engine.

use yew::prelude::*;

use crate::session::surface::{ListCards, Picture, SearchResult, SocialCard, SurfaceView};
use crate::shell::Addresses;

/// The chosen surface's panel; nothing for the article, which has its own.
pub(super) fn panel(surface: &SurfaceView, addresses: &Addresses) -> Html {
    let (id, content) = match surface {
        SurfaceView::Article => return Html::default(),
        SurfaceView::ListCard(cards) => ("list", list_cards(cards, addresses)),
        SurfaceView::SocialCard(card) => ("social", social_card(card, addresses)),
        SurfaceView::SearchResult(result) => ("search", search_result(result)),
    };
    html! {
        // It scrolls where it is long: the keyboard has to get there.
        <div
            key={id} class="surface cards shown" role="tabpanel" id={format!("surface-{id}")} tabindex="0"
            aria-labelledby={format!("surface-tab-{id}")}
        >{ content }</div>
    }
}

fn list_cards(cards: &ListCards, addresses: &Addresses) -> Html {
    let words = html! {
        <div class="words">
            <p class="card-title">{ &cards.title }</p>
            <p class="facts">{ &cards.facts }</p>
        </div>
    };
    html! {
        <>
            { specimen("In the list of posts", html! {
                <div class="list-card">
                    <div class={classes!("thumbnail", cards.fit.then_some("fit"))}>
                        if let Some(address) = address(&cards.thumbnail, addresses).filter(|_| cards.fit) {
                            <img class="blurred" src={address} alt="" />
                        }
                        { picture(&cards.thumbnail, "Thumbnail", addresses) }
                    </div>
                    { words.clone() }
                </div>
            }) }
            { specimen("As the featured post", html! {
                <div class="featured-card">
                    <div class="feature">{ picture(&cards.feature, "Feature image", addresses) }</div>
                    { words }
                </div>
            }) }
            { notes(&cards.notes) }
        </>
    }
}

fn social_card(card: &SocialCard, addresses: &Addresses) -> Html {
    let form = if card.picture.is_some() {
        "large"
    } else {
        "small"
    };
    html! {
        <>
            { specimen("A shared link", html! {
                <div class={classes!("social-card", form)}>
                    <div class="social-picture">
                        if let Some(shown) = &card.picture {
                            { picture(shown, "Social image", addresses) }
                        } else {
                            <span class="no-picture" aria-hidden="true"><span class="page-sign" /></span>
                        }
                    </div>
                    <div class="words">
                        <p class="host">{ &card.host }</p>
                        <p class="card-title">{ &card.title }</p>
                        <p class="description">{ &card.description }</p>
                    </div>
                </div>
            }) }
            { notes(&card.notes) }
        </>
    }
}

fn search_result(result: &SearchResult) -> Html {
    let steps = result.steps.iter().map(|step| format!(" › {step}"));
    html! {
        <>
            { specimen("In a search engine", html! {
                <div class="search-result">
                    <div class="from">
                        <span class="site-sign" aria-hidden="true">{ result.site.chars().next() }</span>
                        <div>
                            <p class="site">{ &result.site }</p>
                            <p class="trail">{ &result.host }{ for steps }</p>
                        </div>
                    </div>
                    <p class="card-title">{ &result.title }</p>
                    <p class="description">{ &result.description }</p>
                </div>
            }) }
            { notes(&result.notes) }
        </>
    }
}

/// A card on the site's own ground, with what it is above.
fn specimen(name: &'static str, card: Html) -> Html {
    html! {
        <figure class="specimen">
            <figcaption>{ name }</figcaption>
            <div class="paper">{ card }</div>
        </figure>
    }
}

fn notes(notes: &[String]) -> Html {
    if notes.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="card-notes" aria-label="Notes on this card">
            { for notes.iter().map(|note| html! { <li>{ note }</li> }) }
        </ul>
    }
}

fn picture(picture: &Picture, alt: &'static str, addresses: &Addresses) -> Html {
    match (address(picture, addresses), picture) {
        (Some(address), _) => html! { <img src={address} {alt} /> },
        (None, Picture::Elsewhere) => {
            html! { <span class="no-picture">{ "Not loaded here" }</span> }
        }
        (None, _) => html! { <span class="no-picture">{ "No picture" }</span> },
    }
}

fn address(picture: &Picture, addresses: &Addresses) -> Option<String> {
    match picture {
        Picture::Held(name) => addresses.get(name).cloned(),
        Picture::Elsewhere | Picture::Missing => None,
    }
}
