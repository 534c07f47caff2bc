//! What a browser's refusal means.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::DomException;

use crate::draft::Failure;

/// The failure an exception's name stands for.
pub(super) fn of_exception(error: &DomException) -> Failure {
    match error.name().as_str() {
        "QuotaExceededError" => Failure::Quota,
        "SecurityError" | "NotAllowedError" => Failure::Refused,
        "InvalidStateError" => Failure::Closed,
        _ => Failure::Aborted,
    }
}

/// The same for whatever was thrown.
pub(super) fn of_value(error: &JsValue) -> Failure {
    error
        .dyn_ref::<DomException>()
        .map_or(Failure::Aborted, of_exception)
}

/// What went wrong in a call of the database's.
pub(super) fn of_call(error: &idb::Error) -> Failure {
    use idb::Error as E;
    match error {
        E::IndexedDbNotFound(_) => Failure::Unavailable,
        E::DomException(error) => of_exception(error),
        E::IndexedDbOpenFailed(error)
        | E::TransactionOpenFailed(error)
        | E::UpdateFailed(error)
        | E::DeleteFailed(error)
        | E::GetAllFailed(error)
        | E::GetAllKeysFailed(error)
        | E::TransactionCommitError(error) => of_value(error),
        _ => Failure::Aborted,
    }
}
