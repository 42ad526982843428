//! A person at a browser, with a server that has its own database, a key, and a Chromium.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::pool;
use crate::slow::slow_down;

/// The longest wait. A passing test never waits that long, even on a loaded machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(45);

pub(crate) const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Arguments of a server whose products stay pending, until [`Scene::release`].
pub(crate) const HOLDS: [&str; 2] = ["--classify-delay", "3600000"];

/// Number of files into which the screens are split: the seven parts in `src/screens.rs`, and two with what
/// several of them share.
const PARTS: u64 = 9;

pub(crate) struct Server {
    pub(crate) base: String,
    data: PathBuf,
    process: Child,
}

impl Server {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let data = std::env::temp_dir().join(format!("import8-browser-{}-{number}", std::process::id()));
        Self::start_in(data, "127.0.0.1:0", arguments)
    }

    fn start_in(data: PathBuf, address: &str, arguments: &[&str]) -> Self {
        let built = ["--dist".to_owned(), setting("IMPORT8_DIST")];
        let mut process = Command::new(setting("IMPORT8_SERVER"))
            .args(["serve", "--addr", address, "--data"])
            .arg(&data)
            .args(if arguments.contains(&"--dist") { &[][..] } else { &built[..] })
            .args(arguments)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut base = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut base).expect("its address");
        assert!(base.starts_with("http"), "the server has ended without telling its address");
        Self { base: base.trim().to_owned(), data, process }
    }

    pub(crate) fn key(&self, more: &[&str]) -> String {
        self.key_of("Harbour Imports", more)
    }

    /// Creates an organisation and returns its key.
    pub(crate) fn key_of(&self, name: &str, more: &[&str]) -> String {
        let output = Command::new(setting("IMPORT8_SERVER"))
            .args(["keys", "create", "--name", name, "--data"])
            .arg(&self.data)
            .args(if more.contains(&"--credits") { &[][..] } else { &["--credits", "30"] })
            .args(more)
            .output()
            .expect("a key");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }

    /// Imports an edition of the Harmonized System of a day, whose heading 8518 has these subheadings, each with its
    /// text.
    pub(crate) fn import(&self, day: &str, subheadings: &[(&str, &str)]) {
        let file = self.data.join(format!("{day}.csv"));
        let own = subheadings.iter().map(|(code, text)| format!("XVI,{code},{text},8518,6\n"));
        let rows = "section,hscode,description,parent,level\nXVI,85,Electrical machinery,TOTAL,2\n\
            XVI,8518,Microphones and loudspeakers,85,4\n";
        fs::write(&file, format!("{rows}{}", own.collect::<String>())).expect("written");
        let output = Command::new(setting("IMPORT8_SERVER"))
            .args(["tariff", "import", "--use", "--day", day, "--data"])
            .args([&self.data, &file])
            .output()
            .expect("an import");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("killed");
        self.process.wait().expect("gone");
    }

    /// Restarts after a kill, at the same address and with the same data.
    pub(crate) fn restart(&mut self, arguments: &[&str]) {
        let address = self.base.trim_start_matches("http://").to_owned();
        // A connection of another test may have the port as its own for a moment.
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = TcpListener::bind(&address) {
            assert!(Instant::now() < deadline, "{address} is not free: {error}");
            std::thread::sleep(LOOK_AGAIN);
        }
        let again = Self::start_in(self.data.clone(), &address, arguments);
        // The old process is gone; only its folder is still used.
        let old = std::mem::replace(self, again);
        std::mem::forget(old);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        #[expect(clippy::let_underscore_must_use, reason = "it may be gone already, as intended")]
        let _ = (self.process.kill(), self.process.wait());
        let profile = self.data.with_extension("profile");
        #[expect(clippy::let_underscore_must_use, reason = "a file that does not exist need not be removed")]
        let _ = (fs::remove_dir_all(&self.data), fs::remove_dir_all(profile));
    }
}

pub(crate) fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test`"))
}

/// A driver with one Chromium. It ends with the test.
struct Driver(Child);

impl Driver {
    /// Starts a driver and returns its address.
    fn start() -> (Self, String) {
        let mut driver = Command::new(setting("CHROMEDRIVER"))
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut output =
            BufReader::new(driver.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let said = output.find_map(|line| {
            line.split_once("started successfully on port ").map(|(_, port)| port.to_owned())
        });
        let port = said.expect("chromedriver tells its port");
        // What it says later must have a reader.
        std::thread::spawn(move || output.for_each(drop));
        (Self(driver), format!("http://127.0.0.1:{}", port.trim_end_matches('.')))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        #[expect(clippy::let_underscore_must_use, reason = "it may be gone already, as intended")]
        let _ = (self.0.kill(), self.0.wait());
    }
}

/// The screen size and theme of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// 1440 pixels wide, light.
    Desk,
    /// 390 pixels wide, dark.
    DarkPhone,
}

pub(crate) struct Scene {
    pub(crate) server: Server,
    pub(crate) key: String,
    pub(crate) browser: WebDriver,
    screen: Screen,
    language: String,
    /// For a browser that may be killed: its driver, and the folder of its profile.
    own: Option<(Driver, PathBuf)>,
}

impl Scene {
    /// A server without delay, and an English browser.
    pub(crate) async fn open() -> Self {
        Self::open_with(&[], "en-GB").await
    }

    pub(crate) async fn open_with(arguments: &[&str], language: &str) -> Self {
        Self::with_server(Server::start(arguments), language).await
    }

    pub(crate) async fn with_server(server: Server, language: &str) -> Self {
        Self::on(Screen::Desk, server, language).await
    }

    pub(crate) async fn on(screen: Screen, server: Server, language: &str) -> Self {
        let key = server.key(&["--rate-limit", "10000"]);
        let browser = match pool::take(screen, language) {
            Some(browser) => browser,
            None => browser(&setting("IMPORT8_DRIVER"), screen, language, None).await,
        };
        let scene = Self { server, key, browser, screen, language: language.to_owned(), own: None };
        slow_down(&scene).await;
        scene
    }

    /// A browser that can be killed and opened again.
    pub(crate) async fn mortal(server: Server, key: String) -> Self {
        let profile = server.data.with_extension("profile");
        let (screen, language) = (Screen::Desk, "en-GB".to_owned());
        let (driver, address) = Driver::start();
        let browser = browser(&address, screen, &language, Some(&profile)).await;
        Self { server, key, browser, screen, language, own: Some((driver, profile)) }
    }

    /// Kills the browser without warning, as a crash does.
    pub(crate) fn kill_browser(&mut self) {
        let (driver, profile) = self.own.as_mut().expect("a browser that may be killed");
        let profile = profile.to_str().expect("a path").to_owned();
        for process in fs::read_dir("/proc").expect("processes").flatten() {
            let command = fs::read(process.path().join("cmdline")).unwrap_or_default();
            if String::from_utf8_lossy(&command).contains(&profile) {
                let number = process.file_name();
                let kill = format!("kill -9 {}", number.to_string_lossy());
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "a process that is gone already was its child"
                )]
                let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
            }
        }
        #[expect(clippy::let_underscore_must_use, reason = "it may be gone already, as intended")]
        let _ = (driver.0.kill(), driver.0.wait());
    }

    /// Opens the browser again, with its profile.
    pub(crate) async fn reopen(&mut self) {
        let (driver, profile) = self.own.as_mut().expect("a browser that may be killed");
        for lock in ["SingletonLock", "SingletonSocket", "SingletonCookie"] {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a browser that ended properly leaves no such file"
            )]
            let _ = fs::remove_file(profile.join(lock));
        }
        let (started, address) = Driver::start();
        *driver = started;
        let browser = browser(&address, self.screen, &self.language, Some(profile)).await;
        // Nothing could end the old session.
        std::mem::replace(&mut self.browser, browser).leak().expect("left alone");
    }

    /// Restarts the server with other arguments. The page sends nothing meanwhile, so it notices no outage.
    pub(crate) async fn restart_unnoticed(&mut self, arguments: &[&str]) {
        let hold = "const real = window.fetch; let go; const is_up = new Promise(done => go = done);
            window.fetch = async (...call) => { await is_up; return real(...call) };
            window.isUp = () => { window.fetch = real; go() }";
        self.run(hold, vec![]).await;
        self.server.kill();
        self.server.restart(arguments);
        self.run("window.isUp()", vec![]).await;
    }

    /// Ends the wait of the products at a server that [`HOLDS`] them.
    pub(crate) async fn release(&mut self) {
        self.restart_unnoticed(&[]).await;
    }

    /// Returns the browser to the pool, or ends it if it belongs to this test alone.
    pub(crate) async fn close(self) {
        if self.own.is_some() {
            self.browser.quit().await.expect("closed");
        } else {
            pool::give_back(self.browser, self.screen, self.language, &self.server.base).await;
        }
    }

    pub(crate) async fn go(&self, path: &str) {
        self.browser.goto(format!("{}{path}", self.server.base)).await.expect(path);
    }

    pub(crate) async fn sign_in(&self) {
        self.go("/").await;
        self.enter_key(&self.key).await;
        self.sees("h1", "Overview").await;
    }

    /// A signed-in person at the form, with a browser of this language.
    pub(crate) async fn at_the_form(language: &str) -> Self {
        let scene = Self::open_with(&[], language).await;
        scene.go("/").await;
        scene.enter_key(&scene.key).await;
        scene.click("nav a[href='/classify']").await;
        scene.appears("#description").await;
        scene
    }

    pub(crate) async fn enter_key(&self, key: &str) {
        self.fill("#key", key).await;
        self.click("form button[type=submit]").await;
    }

    /// Classifies a product and waits for its code.
    pub(crate) async fn classify(&self, description: &str) {
        self.send(description).await;
        self.sees(".code-hero", "").await;
    }

    /// Sends a product without waiting for its result.
    pub(crate) async fn send(&self, description: &str) {
        self.click("nav a[href='/classify']").await;
        self.fill("#description", description).await;
        self.click("form button[type=submit]").await;
    }

    /// Clears a field and types a text.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        self.act(css, async |field| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// Puts a text into a field at once, as from the clipboard, so that a search that waits for the typing to rest
    /// begins only once.
    pub(crate) async fn paste(&self, css: &str, text: &str) {
        self.appears(css).await;
        let script = "const field = document.querySelector(arguments[0]); field.focus(); field.select();
            return document.execCommand('insertText', false, arguments[1])";
        assert_eq!(self.run(script, vec![json!(css), json!(text)]).await, json!(true), "{css}");
    }

    /// Clicks an element once it is enabled.
    pub(crate) async fn click(&self, css: &str) {
        self.act(css, async |element| element.click().await).await;
    }

    /// Does something with the first element that matches `css`, once it is there and enabled. What the driver
    /// refuses before it does anything, such as a click on something that was just drawn anew, is tried until it can
    /// be done.
    async fn act(&self, css: &str, act: impl AsyncFn(WebElement) -> WebDriverResult<()>) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let refusal = match self.browser.find(By::Css(css)).await {
                Ok(element) if element.is_enabled().await.unwrap_or_default() => match act(element).await {
                    Ok(()) => return,
                    Err(error) if is_refusal(&error) => error.to_string(),
                    Err(error) => panic!("{css}: {error}"),
                },
                Ok(_) => "it is disabled".to_owned(),
                Err(error) => error.to_string(),
            };
            assert!(Instant::now() < deadline, "{css}: {refusal}: {}", self.page().await);
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Chooses a country by typing its name.
    pub(crate) async fn choose_country(&self, css: &str, name: &str) {
        self.fill(css, name).await;
        let field = self.browser.find(By::Css(css)).await.expect(css);
        field.send_keys(Key::Tab).await.expect(css);
    }

    /// Chooses an option by its value.
    pub(crate) async fn choose(&self, css: &str, value: &str) {
        self.click(&format!("{css} option[value='{value}']")).await;
    }

    /// Waits until a condition holds; `what` describes it.
    pub(crate) async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds().await {
            assert!(Instant::now() < deadline, "not within {PATIENCE:?}: {what}: {}", self.page().await);
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Waits until something that matches `css` shows `text`.
    pub(crate) async fn sees(&self, css: &str, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let shown = self.all(css).await;
            if shown.iter().any(|shown| shown.contains(text)) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "{css} does not show {text:?} but {shown:?}: {}",
                self.page().await
            );
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    pub(crate) async fn appears(&self, css: &str) {
        self.sees(css, "").await;
    }

    /// Waits until nothing matches `css`.
    pub(crate) async fn vanishes(&self, css: &str) {
        self.until(&format!("{css} is gone"), async || self.all(css).await.is_empty()).await;
    }

    /// The visible texts of all elements that match `css`.
    pub(crate) async fn all(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)";
        let texts = self.run(script, vec![json!(css)]).await;
        texts.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    }

    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.browser.execute(script, arguments).await.expect(script).json().clone()
    }

    /// Runs a script in each page before its own; answers its identifier.
    pub(crate) async fn before_each_page(&self, script: &str) -> Value {
        let name = "Page.addScriptToEvaluateOnNewDocument";
        let added = self.browser.cdp().send_raw(name, json!({ "source": script })).await.expect(name);
        added["identifier"].clone()
    }

    /// Ends what [`Self::before_each_page`] has begun.
    pub(crate) async fn no_longer_before_each_page(&self, identifier: Value) {
        let name = "Page.removeScriptToEvaluateOnNewDocument";
        self.browser.cdp().send_raw(name, json!({ "identifier": identifier })).await.expect(name);
    }

    /// The content of a field.
    pub(crate) async fn value(&self, css: &str) -> String {
        let value = self.run("return document.querySelector(arguments[0]).value", vec![json!(css)]).await;
        value.as_str().expect(css).to_owned()
    }

    /// Waits until a field has a value.
    pub(crate) async fn has_value(&self, css: &str, text: &str) {
        self.until(&format!("{css} has {text:?}"), async || self.value(css).await == text).await;
    }

    /// Waits until the element with an id has the focus, which may move in the next animation frame.
    pub(crate) async fn focuses(&self, id: &str) {
        self.until(&format!("{id} has the focus"), async || self.focused().await == id).await;
    }

    /// Waits until the address is this path with its query.
    pub(crate) async fn is_at(&self, path: &str) {
        self.until(&format!("the address is {path}"), async || self.path().await == path).await;
    }

    /// Waits until this browser's database has, or no longer has, a record with these words in a store.
    pub(crate) async fn keeps(&self, store: &str, words: &str, expected: bool) {
        let look = "const [store, done] = arguments; const open = indexedDB.open('import8');
            open.onerror = () => done([]);
            open.onsuccess = () => { const all = open.result.transaction(store).objectStore(store).getAll();
                all.onsuccess = () => { open.result.close(); done(all.result) } }";
        let is_so = async || {
            let kept = self.browser.execute_async(look, vec![json!(store)]).await.expect(look);
            kept.json().to_string().contains(words) == expected
        };
        self.until(&format!("{words:?} is kept in {store}: {expected}"), is_so).await;
    }

    /// The id of the element that has the focus; empty if it has none.
    pub(crate) async fn focused(&self) -> String {
        let id = self.run("return document.activeElement.id", vec![]).await;
        id.as_str().unwrap_or_default().to_owned()
    }

    /// Checks that nothing overflows to the right.
    pub(crate) async fn fits(&self) {
        let over =
            self.run("return Math.max(0, document.documentElement.scrollWidth - innerWidth)", vec![]).await;
        assert_eq!(over, json!(0), "{} is too wide", self.path().await);
    }

    /// Sends a request to the API with a key; returns the answer's JSON, or null if it has none.
    pub(crate) async fn ask(&self, key: &str, method: &str, path: &str, body: Option<Value>) -> Value {
        let script = "const [key, method, path, body, done] = arguments;
            fetch('/api' + path, {
                method,
                headers: { Authorization: 'Bearer ' + key, 'Content-Type': 'application/json' },
                body: body && JSON.stringify(body),
            }).then(answer => answer.text()).then(text => done(text ? JSON.parse(text) : null))";
        let arguments = vec![json!(key), json!(method), json!(path), json!(body)];
        self.browser.execute_async(script, arguments).await.expect(path).json().clone()
    }

    /// Sends a request to the API with the page's key.
    pub(crate) async fn call(&self, method: &str, path: &str, body: Value) -> Value {
        let key = self.run("return sessionStorage.getItem('import8.key')", vec![]).await;
        let key = key.as_str().expect("a key");
        self.ask(key, method, path, Some(body).filter(|body| !body.is_null())).await
    }

    /// The credits left, according to the service.
    pub(crate) async fn credits(&self) -> u64 {
        let account = self.ask(&self.key, "GET", "/v1/me", None).await;
        account["data"]["credits"]["remaining"].as_u64().expect("credits")
    }

    pub(crate) async fn path(&self) -> String {
        self.run("return location.pathname + location.search", vec![])
            .await
            .as_str()
            .expect("a path")
            .to_owned()
    }

    /// Number of parts of the program that were downloaded after the first.
    pub(crate) async fn parts(&self) -> u64 {
        let parts =
            "return performance.getEntriesByType('resource').filter(e => e.name.includes('/split_')).length";
        self.run(parts, vec![]).await.as_u64().expect("a number")
    }

    /// Waits until every screen can be shown without a connection. A build in one piece always can.
    pub(crate) async fn has_all_screens(&self) {
        let is_split = "return performance.getEntriesByType('resource').some(e => e.name.includes('split'))";
        if self.run(is_split, vec![]).await == json!(false) {
            return;
        }
        self.until("all parts have come", async || self.parts().await >= PARTS).await;
    }

    async fn page(&self) -> String {
        self.run("return document.body.innerText", vec![]).await.as_str().unwrap_or_default().to_owned()
    }
}

/// Whether the driver has refused to act on an element and has done nothing.
fn is_refusal(error: &WebDriverError) -> bool {
    matches!(
        **error,
        WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
    )
}

/// Installs a cryptography provider, which the driver's client requires but does not use on this machine.
fn provide_cryptography() {
    #[expect(clippy::let_underscore_must_use, reason = "another test may have installed it")]
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A Chromium that the driver at `address` starts.
async fn browser(address: &str, screen: Screen, language: &str, profile: Option<&Path>) -> WebDriver {
    provide_cryptography();
    let mut options = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        // The suggestions of the address bar are a page of their own, drawn at each visit and of no use here.
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
        "--window-size=1440,900",
        &format!("--lang={language}"),
        &format!("--accept-lang={language}"),
    ] {
        options.add_arg(argument).expect("an argument");
    }
    if let Some(profile) = profile {
        options.add_arg(&format!("--user-data-dir={}", profile.display())).expect("a profile");
    }
    if screen == Screen::DarkPhone {
        let metrics =
            json!({"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 1.0, "mobile": true}});
        options.add_experimental_option("mobileEmulation", metrics).expect("a phone");
        options.add_arg("--blink-settings=preferredColorScheme=0").expect("dark");
    }
    let deadline = Instant::now() + PATIENCE;
    loop {
        // Connections end with the runtime of the test that opened them; the browser serves other tests afterwards.
        let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().expect("a client");
        match WebDriver::builder(address, options.clone()).client(client).await {
            Ok(browser) => return browser,
            Err(error) => assert!(Instant::now() < deadline, "no browser: {error}"),
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
