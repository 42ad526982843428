//! Tables as files for a spreadsheet. A worker reads and writes them, so that the screen stays alive meanwhile;
//! its WebAssembly is loaded when the first file is opened or wanted, and is no part of a visit without one.

use import8_api::Country;
use import8_catalogue::catalogue::Form;
use import8_catalogue::columns::Mapping;
use import8_catalogue::report::{Edits, Known, Product, Report, Row};
use import8_catalogue::{Error as JobError, Opened, Reply, Request};
use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, WorkerOptions, WorkerType};

use crate::download::download;

pub use import8_sheets::reading::ReadError;
pub use import8_sheets::{Column, Error as TableError, Format, Kind, Separators};

/// The worker's script, as Trunk names it.
const SCRIPT: &str = "/sheets_loader.js";

/// The only policy under which the server lets an address become a script.
const POLICY: &str = "import8-sheets";

/// Why a file is not read, or not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetError {
    /// The worker was not loaded: there is no connection, or the server does not have it.
    Unavailable,
    /// The worker broke off: the table needs more memory than there is, or the server has a newer
    /// worker, which this page does not understand.
    Broken,
    /// The table does not fit into such a file.
    Table(TableError),
    /// The file cannot be read.
    Read(ReadError),
}

/// A file that is being written. When it is dropped unfinished, it is given up at once.
pub struct Export {
    worker: Worker,
    format: Format,
    name: String,
}

impl Export {
    /// Begins a file. `name` is without the ending, which follows from the format.
    ///
    /// # Errors
    /// See [`SheetError`], here and below; after any of them there is no file.
    pub async fn start(format: Format, name: &str, columns: Vec<Column>) -> Result<Self, SheetError> {
        let mut worker = Worker::start().await?;
        worker.ask(&Request::Begin { format, columns }).await?;
        Ok(Self { worker, format, name: format!("{name}.{}", format.extension()) })
    }

    /// Adds rows, a text for each column. Done when the worker has written them, so that no more than
    /// these ever wait. Hundreds of rows at a time are quicker than one by one.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn rows(&mut self, rows: Vec<Vec<String>>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Rows(rows)).await.map(drop)
    }

    /// Finishes the file and has the browser download it.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn finish(mut self) -> Result<(), SheetError> {
        let file = self.worker.file(&Request::Finish).await?;
        download(&self.name, self.format.media_type(), &file).map_err(|_| SheetError::Broken)
    }
}

/// A file that was opened. What is asked of it takes seconds where it has tens of thousands of rows.
pub struct Opening {
    worker: Worker,
}

impl Opening {
    /// Opens a file.
    ///
    /// # Errors
    /// See [`SheetError`], here and below.
    pub async fn start(file: &Uint8Array) -> Result<(Self, Opened), SheetError> {
        let mut worker = Worker::start().await?;
        // A copy: the one that is given may be needed again.
        let answer = worker.send(&file.slice(0, file.length())).await?;
        let opened = opened(answer)?;
        Ok((Self { worker }, opened))
    }

    /// Goes to another sheet.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn sheet(&mut self, name: &str) -> Result<Opened, SheetError> {
        opened(self.worker.ask(&Request::Sheet(name.to_owned())).await?)
    }

    /// Has countries known by these names.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn countries(&mut self, names: Vec<Vec<(Country, String)>>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Countries(names)).await.map(drop)
    }

    /// Has products known that were classified before.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn known(&mut self, known: Vec<Known>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Known(known)).await.map(drop)
    }

    /// Reads all rows.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn check(&mut self, mapping: Mapping, edits: Edits) -> Result<Report, SheetError> {
        match self.worker.ask(&Request::Check { mapping, edits }).await? {
            Reply::Checked(report) => Ok(report),
            _ => Err(SheetError::Broken),
        }
    }

    /// Some products of the last check.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn products(&mut self, from: usize, count: usize) -> Result<Vec<Product>, SheetError> {
        match self.worker.ask(&Request::Products { from, count }).await? {
            Reply::Products(products) => Ok(products),
            _ => Err(SheetError::Broken),
        }
    }

    /// Some rows of the last check.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn rows(&mut self, from: usize, count: usize) -> Result<Vec<Row>, SheetError> {
        match self.worker.ask(&Request::States { from, count }).await? {
            Reply::States(rows) => Ok(rows),
            _ => Err(SheetError::Broken),
        }
    }

    /// Begins to fill columns of these kinds into the file.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn fill(&mut self, form: Form, kinds: Vec<Kind>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Fill { form, kinds }).await.map(drop)
    }

    /// Gives the cells of the next rows, none for a row that is left out.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn cells(&mut self, rows: Vec<Option<Vec<String>>>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Cells(rows)).await.map(drop)
    }

    /// Finishes the file and has the browser download it.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub async fn finish(mut self, name: &str, media_type: &str) -> Result<(), SheetError> {
        let file = self.worker.file(&Request::Finish).await?;
        download(name, media_type, &file).map_err(|_| SheetError::Broken)
    }
}

fn opened(reply: Reply) -> Result<Opened, SheetError> {
    match reply {
        Reply::Opened(opened) => Ok(opened),
        _ => Err(SheetError::Broken),
    }
}

/// The browser's worker, ended when it is dropped.
struct Worker(ModuleWorker);

impl Worker {
    /// Loads the worker.
    async fn start() -> Result<Self, SheetError> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let address = ADDRESS.with(Clone::clone);
        let worker = ModuleWorker::new(&address, &options).map_err(|_| SheetError::Unavailable)?;
        let worker = Self(worker);
        // It says so when it listens.
        worker.said().await.map_err(|_| SheetError::Unavailable)?;
        Ok(worker)
    }

    /// Has it do something.
    async fn ask(&mut self, request: &Request) -> Result<Reply, SheetError> {
        self.send(&json(request)?).await
    }

    /// Has it give a file.
    async fn file(&mut self, request: &Request) -> Result<JsValue, SheetError> {
        let answer = self.exchange(&json(request)?).await?;
        match answer.as_string() {
            None => Ok(answer),
            Some(said) => read(&said).and(Err(SheetError::Broken)),
        }
    }

    async fn send(&mut self, message: &JsValue) -> Result<Reply, SheetError> {
        let answer = self.exchange(message).await?;
        read(&answer.as_string().ok_or(SheetError::Broken)?)
    }

    async fn exchange(&mut self, message: &JsValue) -> Result<JsValue, SheetError> {
        let said = self.said();
        self.0.post_message(message).map_err(|_| SheetError::Broken)?;
        let said = said.await.map_err(|_| SheetError::Broken)?;
        Ok(said.unchecked_into::<MessageEvent>().data())
    }

    /// The next message; an error when it breaks off instead. It must be waited for before it comes.
    fn said(&self) -> JsFuture {
        let mut wait = |resolve, reject| {
            self.0.set_onmessage(Some(&resolve));
            self.0.set_onerror(Some(&reject));
        };
        Promise::new(&mut wait).into()
    }
}

fn json(request: &Request) -> Result<JsValue, SheetError> {
    serde_json::to_string(request).map(JsValue::from).map_err(|_| SheetError::Broken)
}

/// What the worker said.
fn read(said: &str) -> Result<Reply, SheetError> {
    match serde_json::from_str(said).map_err(|_| SheetError::Broken)? {
        Ok(reply) => Ok(reply),
        Err(JobError::Table(error)) => Err(SheetError::Table(error)),
        Err(JobError::Read(error)) => Err(SheetError::Read(error)),
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

#[wasm_bindgen]
extern "C" {
    /// A worker whose address need not be text: by Trusted Types it must not.
    #[wasm_bindgen(extends = web_sys::Worker, js_name = Worker)]
    type ModuleWorker;
    #[wasm_bindgen(constructor, js_class = Worker, catch)]
    fn new(address: &JsValue, options: &WorkerOptions) -> Result<ModuleWorker, JsValue>;

    /// What makes trusted addresses of texts. Not every browser has it, or asks for them.
    #[derive(Clone)]
    type TrustedTypes;
    #[wasm_bindgen(thread_local_v2, js_name = trustedTypes)]
    static TRUSTED_TYPES: Option<TrustedTypes>;
    #[wasm_bindgen(method, catch, js_name = createPolicy)]
    fn create_policy(this: &TrustedTypes, name: &str, rules: &Object) -> Result<Policy, JsValue>;

    type Policy;
    #[wasm_bindgen(method, catch, js_name = createScriptURL)]
    fn create_script_url(this: &Policy, address: &str) -> Result<JsValue, JsValue>;
}

thread_local! {
    /// The worker's address, for the browser to trust. Made once: a browser makes no second policy of
    /// the same name.
    static ADDRESS: JsValue = trusted_address().unwrap_or_else(|_| SCRIPT.into());
}

fn trusted_address() -> Result<JsValue, JsValue> {
    let Some(types) = TRUSTED_TYPES.with(Clone::clone) else { return Ok(SCRIPT.into()) };
    // Whatever it is asked to trust, it is this one; and nobody else gets to ask.
    let only = Closure::<dyn Fn() -> String>::new(|| SCRIPT.to_owned());
    let rules = Object::new();
    Reflect::set(&rules, &"createScriptURL".into(), only.as_ref())?;
    types.create_policy(POLICY, &rules)?.create_script_url(SCRIPT)
}
