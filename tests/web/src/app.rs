//! The app in a browser, handled as a person would: by names and roles.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::TimeoutConfiguration;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::chrome::ChromeDriver;

/// What a case ends with: nothing, or what was wrong.
pub type Outcome = Result<(), Failed>;

/// What was wrong.
#[derive(Debug)]
pub struct Failed(pub String);

impl<E: std::fmt::Display> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Fails with a sentence unless the condition holds.
pub fn ensure(holds: bool, otherwise: impl Into<String>) -> Outcome {
    if holds {
        Ok(())
    } else {
        Err(Failed(otherwise.into()))
    }
}

/// Fails unless both are equal.
pub fn equal<T: PartialEq + std::fmt::Debug>(found: &T, wanted: &T, what: &str) -> Outcome {
    ensure(
        found == wanted,
        format!("{what}: found {found:?}, wanted {wanted:?}"),
    )
}

/// How long a condition may take before it counts as never coming true. Generous: a slow machine fails no test.
const PATIENCE: Duration = Duration::from_secs(30);

/// What stays down while other keys are pressed.
const MODIFIERS: [Key; 4] = [Key::Control, Key::Shift, Key::Alt, Key::Meta];

/// Whether an error is only of this moment.
fn passing(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::StaleElementReference(_)
    )
}

/// An open app.
pub struct App<'a> {
    /// The browser.
    pub driver: WebDriver,
    chrome: &'a ChromeDriver,
    origin: String,
    _profile: Option<tempfile::TempDir>,
    files: tempfile::TempDir,
}

impl<'a> App<'a> {
    /// Opens the app in a new browser.
    pub async fn open(chrome: &'a ChromeDriver, origin: &str) -> Result<Self, Failed> {
        let profile = tempfile::tempdir()?;
        let mut app = Self::open_with(chrome, origin, profile.path()).await?;
        app._profile = Some(profile);
        Ok(app)
    }

    /// Opens it in a new browser with a profile that stays.
    pub async fn open_with(
        chrome: &'a ChromeDriver,
        origin: &str,
        profile: &Path,
    ) -> Result<Self, Failed> {
        let driver = chrome.browser(profile).await?;
        let app = Self {
            driver,
            chrome,
            origin: origin.to_owned(),
            _profile: None,
            files: tempfile::tempdir()?,
        };
        let folder = app.downloads();
        std::fs::create_dir_all(&folder)?;
        app.cdp(
            "Browser.setDownloadBehavior",
            json!({ "behavior": "allow", "downloadPath": folder }),
        )
        .await?;
        app.size(1440, 900).await?;
        // What the browser's own first page asked for is none of the app's.
        app.driver.goto("about:blank").await?;
        for kind in ["browser", "performance"] {
            chrome.log(&app.driver, kind).await?;
        }
        app.reload().await?;
        Ok(app)
    }

    /// Loads the page anew and waits for the start screen.
    pub async fn reload(&self) -> Outcome {
        self.arrive().await?;
        self.wait(
            "the start screen",
            "return !!document.querySelector('main.start h1')",
        )
        .await
    }

    /// Loads the page. A browser that was only just started sometimes waits forever for its first answer: it is asked again.
    async fn arrive(&self) -> Outcome {
        let patience = TimeoutConfiguration::new(None, Some(Duration::from_secs(20)), None);
        self.driver.update_timeouts(patience).await?;
        for _ in 0..3 {
            if self.driver.goto(&self.origin).await.is_ok() {
                return Ok(());
            }
        }
        Ok(self.driver.goto(&self.origin).await?)
    }

    /// A DevTools command.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value, Failed> {
        Ok(self.driver.cdp().send_raw(command, parameters).await?)
    }

    /// Sets the window's inner size, as a phone below 500 px.
    pub async fn size(&self, width: u32, height: u32) -> Outcome {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// Chooses light or dark.
    pub async fn dark(&self, dark: bool) -> Outcome {
        let value = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.cdp("Emulation.setEmulatedMedia", media).await?;
        // Colours go over in steps; what is in between is nothing to judge.
        self.wait(
            "the colours to settle",
            "document.getAnimations().forEach(a => a.finish()); return true",
        )
        .await
    }

    /// Runs a script and gives its value.
    pub async fn js(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Failed> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// The text a script returns.
    pub async fn text(&self, script: &str) -> Result<String, Failed> {
        Ok(self
            .js(script, vec![])
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Waits until a script returns true. Asked anew each animation frame, inside the page.
    pub async fn wait(&self, what: &str, script: &str) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        let ask = format!(
            "const done = arguments[arguments.length - 1]; const test = () => {{ {script} }}; let left = 60;\
             const step = () => {{ let ok = false; try {{ ok = test(); }} catch (e) {{}}\
             if (ok) done(true); else if (--left < 0) done(false); else requestAnimationFrame(step); }}; step();"
        );
        while Instant::now() < deadline {
            let answer = self.driver.execute_async(&ask, vec![]).await?;
            if answer.json().as_bool() == Some(true) {
                return Ok(());
            }
        }
        Err(Failed(format!("waited in vain for {what}")))
    }

    /// Whether a script returns true within so long.
    pub async fn wait_for(&self, patience: Duration, script: &str) -> Result<bool, Failed> {
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if self.js(script, vec![]).await?.as_bool() == Some(true) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Forgets a browser that is not there any more.
    pub fn forget(self) {
        let _ = self.driver.leak();
    }

    /// The button with this name.
    pub async fn button(&self, name: &str) -> Result<WebElement, Failed> {
        let path = format!(
            "//*[self::button or @role='tab'][(@aria-label='{name}') or (not(@aria-label) and (normalize-space(.)='{name}' or normalize-space(b)='{name}'))]"
        );
        self.driver
            .query(By::XPath(path))
            .wait(PATIENCE, Duration::from_millis(20))
            .first()
            .await
            .map_err(|_| Failed(format!("there is no button “{name}”")))
    }

    /// Presses the button with this name, as soon as it can be pressed: what is drawn anew, or lies under something that is
    /// still on its way out, is no fault.
    pub async fn press(&self, name: &str) -> Outcome {
        self.click(async || self.button(name).await).await
    }

    async fn click(&self, find: impl AsyncFn() -> Result<WebElement, Failed>) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match find().await?.click().await {
                Err(error) if passing(&error) && Instant::now() < deadline => {}
                done => return Ok(done?),
            }
        }
    }

    /// Presses keys, wherever the keyboard is. Modifiers stay down until the end, as WebDriver has it for an element; no
    /// element is asked for here, since the one with the focus may be drawn anew between question and key.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Outcome {
        let mut chain = self.driver.action_chain();
        let mut held = Vec::new();
        for key in keys.into().as_vec() {
            chain = chain.key_down(key);
            if MODIFIERS.iter().any(|modifier| modifier.value() == key) {
                held.push(key);
            } else {
                chain = chain.key_up(key);
            }
        }
        for key in held {
            chain = chain.key_up(key);
        }
        Ok(chain.perform().await?)
    }

    /// The control with this label.
    pub async fn field(&self, label: &str) -> Result<WebElement, Failed> {
        let path = format!("//*[@id=//label[normalize-space(.)='{label}']/@for]");
        self.driver
            .query(By::XPath(path))
            .wait(PATIENCE, Duration::from_millis(20))
            .first()
            .await
            .map_err(|_| Failed(format!("there is no field “{label}”")))
    }

    /// Puts `text` in the place of what a field says, by keyboard.
    pub async fn fill(&self, label: &str, text: &str) -> Outcome {
        self.click(async || self.field(label).await).await?;
        self.keys(Key::Control + "a").await?;
        self.keys(text).await
    }

    /// Opens files through the hidden input behind "Open file".
    pub async fn choose(&self, files: &[&Path]) -> Outcome {
        let input = self
            .driver
            .find(By::Css("input[type=file][data-testid='open-file']"))
            .await?;
        // Files would be added to those that were chosen before.
        self.js("arguments[0].value = ''", vec![input.to_json()?])
            .await?;
        let names: Vec<String> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        input.send_keys(names.join("\n")).await?;
        Ok(())
    }

    /// Writes a file and opens it; waits for the editor.
    pub async fn open_bytes(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failed> {
        let file = self.files.path().join(name);
        std::fs::write(&file, bytes)?;
        self.choose(&[&file]).await?;
        // A post that was written in before has a draft by now; the file is what the case is about.
        self.wait(
            "the editor, or the question about a draft",
            "const ask = document.querySelector('dialog.compare');\
             if (ask) [...ask.querySelectorAll('button')].find(b => b.textContent.startsWith('Begin with the file')).click();\
             return !ask && !!document.getElementById('markdown')",
        )
        .await?;
        self.editor().await?;
        Ok(file)
    }

    /// Waits for the editor with its preview.
    pub async fn editor(&self) -> Outcome {
        self.wait(
            "the editor and its preview",
            "const frame = document.querySelector('iframe[title=\"Article preview\"]');\
             return !!document.getElementById('markdown') && !!frame && !!frame.contentDocument\
             && !!frame.contentDocument.querySelector('header.article-header:not([hidden])');",
        )
        .await
    }

    /// The folder of downloads.
    pub fn downloads(&self) -> PathBuf {
        self.files.path().join("downloads")
    }

    /// Presses "Download" and gives the file's bytes.
    pub async fn download(&self, name: &str) -> Result<Vec<u8>, Failed> {
        let file = self.downloads().join(name);
        if file.exists() {
            std::fs::remove_file(&file)?;
        }
        self.press("Download").await?;
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            let busy = std::fs::read_dir(self.downloads())?
                .filter_map(Result::ok)
                .any(|entry| {
                    entry
                        .path()
                        .extension()
                        .is_some_and(|ending| ending == "crdownload")
                });
            if !busy && file.exists() {
                return Ok(std::fs::read(&file)?);
            }
            // The browser is asked for a frame, so the wait is as long as its work.
            self.js("return 0", vec![]).await?;
        }
        Err(Failed(format!("“{name}” was never downloaded")))
    }

    /// A picture of the window.
    pub async fn picture(&self, file: &Path) -> Outcome {
        Ok(std::fs::write(
            file,
            self.driver.screenshot_as_png().await?,
        )?)
    }

    /// What axe-core finds wrong on the page.
    pub async fn axe(&self, script: &str) -> Outcome {
        self.cdp("Runtime.evaluate", json!({ "expression": script }))
            .await?;
        let found = self
            .driver
            .execute_async(
                "const done = arguments[arguments.length - 1];\
                 axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(\
                 r => done(r.violations.map(v => v.id + ': ' + v.help + ' — ' + v.nodes.map(n => n.target.join(' ')).join(', '))),\
                 e => done([String(e)]));",
                vec![],
            )
            .await?;
        let found: Vec<String> = found
            .json()
            .as_array()
            .into_iter()
            .flatten()
            .map(ToString::to_string)
            .collect();
        ensure(found.is_empty(), format!("axe-core: {}", found.join("; ")))
    }

    /// Nothing may have been refused by the page's policy, asked of another origin, or gone wrong unnoticed.
    pub async fn guard(&self) -> Outcome {
        for entry in self.chrome.log(&self.driver, "browser").await? {
            let message = entry["message"].as_str().unwrap_or_default();
            let level = entry["level"].as_str().unwrap_or_default();
            let refused =
                message.contains("Content Security Policy") || message.contains("Refused to");
            // The frame's sandbox at work, which some cases are there to see.
            let sandboxed = message.contains("Blocked script execution");
            ensure(
                sandboxed || (level != "SEVERE" && !refused),
                format!("the console says: {message}"),
            )?;
        }
        match self.foreign_requests().await?.as_slice() {
            [] => Ok(()),
            [url, ..] => Err(Failed(format!("a request left the origin: {url}"))),
        }
    }

    /// What was asked of other origins since the last time. What a policy refused before it was sent is not: the console
    /// tells of that.
    pub async fn foreign_requests(&self) -> Result<Vec<String>, Failed> {
        let mut foreign = Vec::new();
        for entry in self.chrome.log(&self.driver, "performance").await? {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("{}"))?;
            let event = &message["message"];
            let id = event["params"]["requestId"].clone();
            if event["method"] == "Network.loadingFailed"
                && event["params"]["blockedReason"] == "csp"
            {
                foreign.retain(|(known, _)| *known != id);
            }
            if event["method"] != "Network.requestWillBeSent" {
                continue;
            }
            let url = event["params"]["request"]["url"]
                .as_str()
                .unwrap_or_default();
            let own = url.starts_with(&self.origin)
                || ["blob:", "data:", "about:", "chrome:", "chrome-error:"]
                    .iter()
                    .any(|start| url.starts_with(start));
            if !own {
                foreign.push((id, url.to_owned()));
            }
        }
        Ok(foreign.into_iter().map(|(_, url)| url).collect())
    }

    /// Forgets what the browser said and asked so far, after a case that was there to see it.
    pub async fn forget_console(&self) -> Outcome {
        for kind in ["browser", "performance"] {
            self.chrome.log(&self.driver, kind).await?;
        }
        Ok(())
    }

    /// Ends the browser.
    pub async fn close(self) -> Outcome {
        Ok(self.driver.quit().await?)
    }
}
