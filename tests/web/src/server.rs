//! A static server on 127.0.0.1, on a free port, that stops with its owner.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tiny_http::{Header, Request, Response, Server, StatusCode};

/// Serves a folder.
pub struct Static {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
    origin: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Static {
    /// Starts serving `folder`.
    pub fn start(folder: &Path) -> Result<Self, String> {
        let server = Server::http("127.0.0.1:0")
            .map_err(|error| format!("No port to serve on: {error}."))?;
        let address = server.server_addr();
        let server = Arc::new(server);
        let folder = folder.to_owned();
        let serving = Arc::clone(&server);
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&asked);
        let thread = std::thread::spawn(move || {
            for request in serving.incoming_requests() {
                noted
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(request.url().to_owned());
                let folder = folder.clone();
                // A thread each: the browser may leave one answer half read until it has another.
                std::thread::spawn(move || answer(&folder, request));
            }
        });
        Ok(Self {
            server,
            thread: Some(thread),
            origin: format!("http://{address}"),
            asked,
        })
    }

    /// `http://127.0.0.1:PORT`
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The paths it was asked for so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for Static {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(folder: &Path, request: Request) {
    let path = request
        .url()
        .split(['?', '#'])
        .next()
        .unwrap_or("/")
        .to_owned();
    // A browser that went away is no failure of the test.
    let _ = match file(folder, &path) {
        Some((bytes, kind)) => {
            let mut response = Response::from_data(bytes);
            for (name, value) in [("Content-Type", kind), ("Connection", "close")] {
                if let Ok(header) = Header::from_bytes(name, value) {
                    response.add_header(header);
                }
            }
            request.respond(response)
        }
        None => request.respond(Response::empty(StatusCode(404))),
    };
}

fn file(folder: &Path, path: &str) -> Option<(Vec<u8>, &'static str)> {
    let name = path.trim_start_matches('/');
    let name = if name.is_empty() { "index.html" } else { name };
    if name.split('/').any(|part| part == "..") {
        return None;
    }
    let file: PathBuf = folder.join(name);
    let kind = match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    Some((std::fs::read(file).ok()?, kind))
}
