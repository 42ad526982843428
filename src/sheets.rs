//! Tables as files for a spreadsheet. A worker writes them, so that the screen stays alive meanwhile;
//! its WebAssembly is loaded when the first file is wanted, and is no part of a visit without one.

use import8_sheets::Request;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, MessageEvent, Url, WorkerOptions, WorkerType};

pub use import8_sheets::{Column, Error as TableError, Format, Kind, Separators};

/// The worker's script, as Trunk names it.
const SCRIPT: &str = "/sheets_loader.js";

/// The only policy under which the server lets an address become a script.
const POLICY: &str = "import8-sheets";

/// How long a browser may take to read a file that it downloads, in milliseconds.
const DOWNLOAD: u32 = 60_000;

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportError {
    /// The worker was not loaded: there is no connection, or the server does not have it.
    Unavailable,
    /// The worker broke off: the table needs more memory than there is, or the server has a newer
    /// worker, which this page does not understand.
    Broken,
    /// The table does not fit into such a file.
    Table(TableError),
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
    /// See [`ExportError`], here and below; after any of them there is no file.
    pub async fn start(format: Format, name: &str, columns: Vec<Column>) -> Result<Self, ExportError> {
        let mut worker = Worker::start().await?;
        worker.ask(&Request::Begin { format, columns }).await?;
        Ok(Self { worker, format, name: format!("{name}.{}", format.extension()) })
    }

    /// Adds rows, a text for each column. Done when the worker has written them, so that no more than
    /// these ever wait. Hundreds of rows at a time are quicker than one by one.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub async fn rows(&mut self, rows: Vec<Vec<String>>) -> Result<(), ExportError> {
        self.worker.ask(&Request::Rows(rows)).await.map(drop)
    }

    /// Finishes the file and has the browser download it.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub async fn finish(mut self) -> Result<(), ExportError> {
        let file = self.worker.ask(&Request::Finish).await?;
        download(&self.name, self.format, &file).map_err(|_| ExportError::Broken)
    }
}

/// The browser's worker, ended when it is dropped.
struct Worker(ModuleWorker);

impl Worker {
    /// Loads the worker.
    async fn start() -> Result<Self, ExportError> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let address = ADDRESS.with(Clone::clone);
        let worker = ModuleWorker::new(&address, &options).map_err(|_| ExportError::Unavailable)?;
        let worker = Self(worker);
        // It says so when it listens.
        worker.said().await.map_err(|_| ExportError::Unavailable)?;
        Ok(worker)
    }

    /// Has it do something; answers with the file, if that is what was asked for.
    async fn ask(&mut self, request: &Request) -> Result<JsValue, ExportError> {
        let request = serde_json::to_string(request).map_err(|_| ExportError::Broken)?;
        let said = self.said();
        self.0.post_message(&request.into()).map_err(|_| ExportError::Broken)?;
        let said = said.await.map_err(|_| ExportError::Broken)?.unchecked_into::<MessageEvent>().data();
        match said.as_string() {
            None => Ok(said),
            Some(error) => Err(serde_json::from_str(&error).map_or(ExportError::Broken, ExportError::Table)),
        }
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

fn download(name: &str, format: Format, file: &JsValue) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(format.media_type());
    let file = Blob::new_with_u8_array_sequence_and_options(&Array::of1(file), &options)?;
    let address = Url::create_object_url_with_blob(&file)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    spawn_local(async move {
        gloo_timers::future::TimeoutFuture::new(DOWNLOAD).await;
        // One that is not known any more is as good as given back.
        let _ = Url::revoke_object_url(&address);
    });
    Ok(())
}
