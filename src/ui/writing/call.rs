//! The form of a shortcode that stands in the text already.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::{CallTold, Msg};
use crate::shell::clock;
use crate::ui::dom;
use crate::writing::call::Call;
use crate::writing::embed;

use super::sheet::Sheet;

/// What the form needs.
#[derive(Properties, PartialEq)]
pub(crate) struct CallFormProps {
    pub(crate) call: Rc<Call>,
    pub(crate) send: Callback<Msg>,
    /// It was put away: the keyboard goes back to the text.
    pub(crate) on_left: Callback<()>,
}

/// What an argument is called.
fn label(shortcode: &str, name: Option<&str>, at: usize) -> String {
    match (shortcode, name) {
        ("youtube", Some("id")) => "Address or id of the video".to_owned(),
        ("youtube", None) if at == 0 => "Address or id of the video".to_owned(),
        ("youtube", Some("start")) => "Starts at, in seconds".to_owned(),
        ("x", Some("user")) => "User".to_owned(),
        ("x", Some("id")) => "Number of the post".to_owned(),
        (_, Some(name)) => name.to_owned(),
        (_, None) => format!("Argument {}", at + 1),
    }
}

/// The form.
#[function_component(CallForm)]
pub(crate) fn call_form(props: &CallFormProps) -> Html {
    let call = &props.call;
    let values = use_state(|| {
        let values = call.arguments.iter().map(|(_, value)| value.clone());
        values.collect::<Vec<String>>()
    });
    let inner = use_state(|| call.inner.clone().unwrap_or_default());
    let trouble = use_state_eq(|| None::<usize>);
    let leave = {
        let (send, left) = (props.send.clone(), props.on_left.clone());
        Callback::from(move |told: CallTold| {
            left.emit(());
            send.emit(Msg::Call {
                told,
                at: clock::now(),
            });
        })
    };
    let submit = {
        let (values, inner, call) = (values.clone(), inner.clone(), Rc::clone(call));
        let (leave, trouble) = (leave.clone(), trouble.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let mut values = (*values).clone();
            for (at, (value, (name, old))) in values.iter_mut().zip(&call.arguments).enumerate() {
                let is_video = call.name == "youtube"
                    && (name.as_deref() == Some("id") || (name.is_none() && at == 0));
                if !is_video || value == old {
                    continue;
                }
                match embed::youtube_id(value) {
                    Some(id) => *value = id,
                    None => return trouble.set(Some(at)),
                }
            }
            leave.emit(CallTold::Written {
                values,
                inner: call.inner.as_ref().map(|_| (*inner).clone()),
            });
        })
    };
    let boxes = call.arguments.iter().enumerate().map(|(at, (name, _))| {
        let id = format!("call-{at}");
        let input = {
            let values = values.clone();
            Callback::from(move |event: InputEvent| {
                let mut now = (*values).clone();
                if let Some(value) = now.get_mut(at) {
                    *value = dom::typed(&event);
                }
                values.set(now);
            })
        };
        let wrong = *trouble == Some(at);
        let trouble_id = format!("{id}-trouble");
        html! {
            <div class="box" key={at}>
                <label for={id.clone()}>{ label(&call.name, name.as_deref(), at) }</label>
                <input
                    id={id} type="text" data-own-undo="true" autocomplete="off" autofocus={at == 0}
                    aria-invalid={wrong.then_some("true")} aria-describedby={wrong.then(|| trouble_id.clone())}
                    value={values.get(at).cloned().unwrap_or_default()} oninput={input}
                />
                <p class="refusal" id={trouble_id} aria-live="polite">{
                    if wrong { "This is no video on YouTube. Copy the address from the video’s page." } else { "" }
                }</p>
            </div>
        }
    });
    let write = {
        let inner = inner.clone();
        Callback::from(move |event: InputEvent| inner.set(dom::typed(&event)))
    };
    let nothing = call.arguments.is_empty() && call.inner.is_none();
    html! {
        <Sheet heading={format!("Shortcode {}", call.name)} on_close={leave.reform(|()| CallTold::Dismissed)}>
            <form class="ask" novalidate=true onsubmit={submit}>
                if nothing {
                    <p>{ "There is nothing to fill in: this shortcode has no arguments." }</p>
                }
                { for boxes }
                if call.inner.is_some() {
                    <div class="box">
                        <label for="call-text">{ "Text" }</label>
                        <textarea
                            id="call-text" rows="6" data-own-undo="true" spellcheck="true" autofocus={call.arguments.is_empty()}
                            value={(*inner).clone()} oninput={write}
                        />
                    </div>
                }
                <div class="answers"><button type="submit" class="primary">{ "Change" }</button></div>
            </form>
        </Sheet>
    }
}
