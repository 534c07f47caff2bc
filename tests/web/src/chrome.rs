//! ChromeDriver and Chromium: started by us, on a free port, and ended with their owner.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// What keeps Chromium quiet and to itself.
const FLAGS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    // A second page looks on time what the first one does.
    "--disable-background-timer-throttling",
    // Tests reach no other host; what they ask for is told before its name is looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// A running ChromeDriver.
pub struct ChromeDriver {
    child: Child,
    address: String,
}

impl ChromeDriver {
    /// Starts one on a port of its own choice.
    pub fn start() -> Result<Self, String> {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                format!("chromedriver does not start: {error}. Install Debian's chromium-driver.")
            })?;
        let out = child.stdout.take().ok_or("chromedriver says nothing")?;
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let port = line
                .split_once("started successfully on port ")
                .and_then(|(_, rest)| rest.trim_end_matches('.').trim().parse::<u16>().ok());
            if let Some(port) = port {
                return Ok(Self {
                    child,
                    address: format!("http://127.0.0.1:{port}"),
                });
            }
        }
        let _ = child.kill();
        Err("chromedriver ended before it was ready.".to_owned())
    }

    /// A new browser with a profile of its own in `profile`.
    pub async fn browser(&self, profile: &std::path::Path) -> WebDriverResult<WebDriver> {
        let mut options = DesiredCapabilities::chrome();
        for flag in FLAGS {
            options.add_arg(flag)?;
        }
        options.add_arg(&format!("--user-data-dir={}", profile.display()))?;
        options.set(
            "goog:loggingPrefs",
            json!({ "browser": "ALL", "performance": "ALL" }),
        )?;
        WebDriver::new(&self.address, options).await
    }

    /// What a browser noted down since the last time, of one kind.
    pub async fn log(&self, driver: &WebDriver, kind: &str) -> Result<Vec<Value>, String> {
        let address = format!("{}/session/{}/se/log", self.address, driver.session_id());
        let answer: Value = reqwest::Client::new()
            .post(address)
            .json(&json!({ "type": kind }))
            .send()
            .await
            .map_err(|error| error.to_string())?
            .json()
            .await
            .map_err(|error| error.to_string())?;
        Ok(answer["value"].as_array().cloned().unwrap_or_default())
    }
}

impl Drop for ChromeDriver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
