//! Web worker that reads and writes spreadsheet files, so that the page stays responsive. Its WebAssembly is
//! downloaded when the first file is opened or exported.

use import8_api::Country;
use import8_catalogue::catalogue::OutputForm;
use import8_catalogue::columns::Mapping;
use import8_catalogue::report::{CodeRows, Edits, Known, Product, Report, Row};
use import8_catalogue::{Error as JobError, Opened, Reply, Request, message};
use js_sys::{ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, WorkerOptions, WorkerType};

use crate::browser::download::download;

pub use import8_sheets::reading::{FileKind, Foreign, ReadError, Remark, WorkbookKind};
pub use import8_sheets::{CellKind, Column, Error as TableError, Format, Separators};

/// The worker's script, under Trunk's file name.
const SCRIPT: &str = "/sheets_loader.js";

/// The only Trusted Types policy that the server allows to make script URLs.
const POLICY: &str = "import8-sheets";

/// Error of reading or writing a spreadsheet file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetError {
    /// The worker did not load: the connection is down, or the server does not have the script.
    Unavailable,
    /// The worker failed: it ran out of memory, for example.
    Broken,
    /// The server has the worker of another build than this page.
    OtherBuild,
    /// The table does not fit into this file format.
    Table(TableError),
    /// The file cannot be read.
    Read(ReadError),
    /// The file is read with other rows than when its products were sent, by an older version of the dashboard. What
    /// belongs to a row would be written into another.
    OtherRows,
}

/// A file that is being written. Dropping it unfinished ends the worker, and there is no file.
pub struct Export {
    worker: Worker,
    format: Format,
    name: String,
}

impl Export {
    /// Starts a file. `name` has no file extension; the format adds it.
    ///
    /// # Errors
    /// [`SheetError`]. After an error of this or a later call there is no file.
    pub async fn start(format: Format, name: &str, columns: Vec<Column>) -> Result<Self, SheetError> {
        let mut worker = Worker::start().await?;
        worker.ask(&Request::Begin { format, columns }).await?;
        Ok(Self { worker, format, name: format!("{name}.{}", format.extension()) })
    }

    /// Appends rows; each row has one text for each column. The future resolves when the worker has written
    /// the rows, so at most one call's rows are in flight. Hundreds of rows in one call are faster than
    /// single rows.
    ///
    /// # Errors
    /// [`SheetError`], for example if a row does not fit the columns.
    pub async fn rows(&mut self, rows: Vec<Vec<String>>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Rows(rows)).await.map(drop)
    }

    /// Finishes the file and downloads it.
    ///
    /// # Errors
    /// [`SheetError`], for example if the table does not fit the format.
    pub async fn finish(mut self) -> Result<(), SheetError> {
        let file = self.worker.file(&Request::Finish).await?;
        download(&self.name, self.format.media_type(), &file).map_err(|_| SheetError::Broken)
    }
}

/// An opened file in its own worker. Each call may take seconds for a file of tens of thousands of rows.
pub struct Opening {
    worker: Worker,
}

impl Opening {
    /// Opens a file and reads its first rows.
    ///
    /// # Errors
    /// [`SheetError::Read`] if the file is no readable table.
    pub async fn start(file: &Uint8Array) -> Result<(Self, Opened), SheetError> {
        let mut worker = Worker::start().await?;
        // A copy: the message must not share the caller's buffer.
        let answer = worker.exchange(&file.slice(0, file.length()).buffer()).await?;
        let opened = opened(read(&answer)?)?;
        Ok((Self { worker }, opened))
    }

    /// Switches to another sheet of the workbook.
    ///
    /// # Errors
    /// [`SheetError`] if the worker has failed or the sheet cannot be read.
    pub async fn sheet(&mut self, name: &str) -> Result<Opened, SheetError> {
        opened(self.worker.ask(&Request::Sheet(name.to_owned())).await?)
    }

    /// Takes the titles from a row, from 0, and guesses the columns again; `None` for a file without titles.
    ///
    /// # Errors
    /// [`SheetError::Broken`] if the worker has failed.
    pub async fn titles(&mut self, row: Option<usize>) -> Result<Opened, SheetError> {
        opened(self.worker.ask(&Request::Titles(row)).await?)
    }

    /// Sets the country names that the worker recognizes, one list for each language.
    ///
    /// # Errors
    /// [`SheetError::Broken`] if the worker has failed.
    pub async fn countries(&mut self, names: Vec<Vec<(Country, String)>>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Countries(names)).await.map(drop)
    }

    /// Sets the products that were classified before.
    ///
    /// # Errors
    /// [`SheetError::Broken`] if the worker has failed.
    pub async fn known(&mut self, known: Vec<Known>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Known(known)).await.map(drop)
    }

    /// Reads and checks all rows under a column mapping and the person's edits.
    ///
    /// # Errors
    /// [`SheetError`] if the worker has failed or the sheet cannot be read.
    pub async fn check(&mut self, mapping: Mapping, edits: Edits) -> Result<Report, SheetError> {
        match self.worker.ask(&Request::Check { mapping: Box::new(mapping), edits }).await? {
            Reply::Checked(report) => Ok(report),
            _ => Err(SheetError::Broken),
        }
    }

    /// A range of the products of the last [`check`](Self::check).
    ///
    /// # Errors
    /// [`SheetError::Broken`] if the worker has failed.
    pub async fn products(&mut self, from: usize, count: usize) -> Result<Vec<Product>, SheetError> {
        match self.worker.ask(&Request::Products { from, count }).await? {
            Reply::Products(products) => Ok(products),
            _ => Err(SheetError::Broken),
        }
    }

    /// A range of the rows of the last [`check`](Self::check).
    ///
    /// # Errors
    /// [`SheetError::Broken`] if the worker has failed.
    pub async fn rows(&mut self, from: usize, count: usize) -> Result<Vec<Row>, SheetError> {
        match self.worker.ask(&Request::States { from, count }).await? {
            Reply::States(rows) => Ok(rows),
            _ => Err(SheetError::Broken),
        }
    }

    /// The current codes of the last [`check`](Self::check), each with its goods and rows.
    ///
    /// # Errors
    /// [`SheetError::Broken`] if the worker has failed.
    pub async fn codes(&mut self) -> Result<Vec<CodeRows>, SheetError> {
        match self.worker.ask(&Request::Codes).await? {
            Reply::Codes(codes) => Ok(codes),
            _ => Err(SheetError::Broken),
        }
    }

    /// Starts to fill columns of these kinds into the file. Follow with [`cells`](Self::cells) and
    /// [`finish`](Self::finish).
    ///
    /// # Errors
    /// [`SheetError`] if the worker has failed or the file cannot be filled.
    pub async fn fill(&mut self, form: OutputForm, kinds: Vec<CellKind>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Fill { form, kinds }).await.map(drop)
    }

    /// Fills the cells of the next rows; `None` leaves a row out.
    ///
    /// # Errors
    /// [`SheetError`] if the worker has failed or a row does not fit the columns.
    pub async fn cells(&mut self, rows: Vec<Option<Vec<String>>>) -> Result<(), SheetError> {
        self.worker.ask(&Request::Cells(rows)).await.map(drop)
    }

    /// Finishes the filled file and downloads it.
    ///
    /// # Errors
    /// [`SheetError`] if the worker has failed or the file cannot be downloaded.
    pub async fn finish(mut self, name: &str, media_type: &str) -> Result<(), SheetError> {
        let file = self.worker.file(&Request::Finish).await?;
        download(name, media_type, &file).map_err(|_| SheetError::Broken)
    }
}

fn opened(reply: Reply) -> Result<Opened, SheetError> {
    match reply {
        Reply::Opened(opened) => Ok(*opened),
        _ => Err(SheetError::Broken),
    }
}

/// The browser's worker. Dropping it terminates the worker.
struct Worker(ModuleWorker);

impl Worker {
    /// Loads the worker and waits until it listens.
    async fn start() -> Result<Self, SheetError> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let address = ADDRESS.with(Clone::clone);
        let worker = ModuleWorker::new(&address, &options).map_err(|_| SheetError::Unavailable)?;
        let worker = Self(worker);
        // The first message says that the worker listens, and of which build it is.
        let first = worker.next_message().await.map_err(|_| SheetError::Unavailable)?;
        if first.unchecked_into::<MessageEvent>().data() == message::VERSION {
            Ok(worker)
        } else {
            Err(SheetError::OtherBuild)
        }
    }

    /// Sends a request and reads the reply.
    async fn ask(&mut self, request: &Request) -> Result<Reply, SheetError> {
        read(&self.exchange(&written(request)?).await?)
    }

    /// Sends a request whose reply is the bytes of a file.
    async fn file(&mut self, request: &Request) -> Result<JsValue, SheetError> {
        let answer = self.exchange(&written(request)?).await?;
        if answer.is_instance_of::<ArrayBuffer>() {
            return Ok(Uint8Array::new(&answer).into());
        }
        read(&answer).and(Err(SheetError::Broken))
    }

    async fn exchange(&mut self, message: &JsValue) -> Result<JsValue, SheetError> {
        let answer = self.next_message();
        self.0.post_message(message).map_err(|_| SheetError::Broken)?;
        let answer = answer.await.map_err(|_| SheetError::Broken)?;
        Ok(answer.unchecked_into::<MessageEvent>().data())
    }

    /// The worker's next message, or an error event. Call it before the worker can send the message.
    fn next_message(&self) -> JsFuture {
        let mut wait = |resolve, reject| {
            self.0.set_onmessage(Some(&resolve));
            self.0.set_onerror(Some(&reject));
        };
        Promise::new(&mut wait).into()
    }
}

/// A request as a message.
fn written(request: &Request) -> Result<JsValue, SheetError> {
    let message = message::write(request).map_err(|_| SheetError::Broken)?;
    Ok(Uint8Array::from(message.as_slice()).into())
}

/// Reads the worker's answer, which is a message.
fn read(answer: &JsValue) -> Result<Reply, SheetError> {
    match message::read(&Uint8Array::new(answer).to_vec()).map_err(|_| SheetError::Broken)? {
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
    /// `Worker` with a constructor that takes a trusted script URL instead of text, as Trusted Types require.
    #[wasm_bindgen(extends = web_sys::Worker, js_name = Worker)]
    type ModuleWorker;
    #[wasm_bindgen(constructor, js_class = Worker, catch)]
    fn new(address: &JsValue, options: &WorkerOptions) -> Result<ModuleWorker, JsValue>;

    /// The browser's Trusted Types factory. Not every browser has one.
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
    /// The worker's address as a trusted script URL. Created once, because a browser refuses a second policy
    /// of the same name.
    static ADDRESS: JsValue = trusted_address().unwrap_or_else(|_| SCRIPT.into());
}

fn trusted_address() -> Result<JsValue, JsValue> {
    let Some(types) = TRUSTED_TYPES.with(Clone::clone) else { return Ok(SCRIPT.into()) };
    // The policy returns this address for every input, so it can make no other script URL.
    let only = Closure::<dyn Fn() -> String>::new(|| SCRIPT.to_owned());
    let rules = Object::new();
    Reflect::set(&rules, &"createScriptURL".into(), only.as_ref())?;
    types.create_policy(POLICY, &rules)?.create_script_url(SCRIPT)
}
