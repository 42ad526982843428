//! Coordination of the tabs of a browser: which one runs the batches (Web Locks), and messages about changes
//! (`BroadcastChannel`).

use js_sys::{Function, Object, Promise, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent, PageTransitionEvent};

use crate::browser::rest::{promise, settle};

/// The name of the broadcast channel.
const CHANNEL: &str = "import8.batches";

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which `web-sys` counts as unstable.
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        granted: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// A Web Lock, which one tab has at a time. The next tab gets it when it is dropped, or when this tab is closed or
/// leaves the page.
pub(super) struct Lock {
    /// Aborts the wait for the lock.
    waiting: AbortController,
    release: Function,
    leaving: Option<[WindowListenerHandle; 2]>,
}

/// The browser has no Web Locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoLocks;

impl Lock {
    /// Waits for the lock with a name.
    ///
    /// # Errors
    /// [`NoLocks`] where the browser has none: on a connection that is neither encrypted nor to this computer itself.
    pub(super) async fn wait(name: &str) -> Result<Self, NoLocks> {
        let navigator = web_sys::window().ok_or(NoLocks)?.navigator();
        let locks =
            Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object).ok_or(NoLocks)?;
        let waiting = AbortController::new().map_err(|_| NoLocks)?;
        let (released, release) = promise();
        let (granted, grant) = promise();
        let leaving = Some(watch_leaving(waiting.clone(), release.clone()));
        let lock = Self { waiting, release, leaving };
        let options = Object::new();
        Reflect::set(&options, &"signal".into(), &lock.waiting.signal()).map_err(|_| NoLocks)?;
        let callback = Closure::once_into_js(move || {
            settle(&grant);
            released
        });
        let request =
            locks.unchecked_into::<LockManager>().request(name, &options, &callback).map_err(|_| NoLocks)?;
        let ignore = Closure::<dyn FnMut(JsValue)>::new(|_| {});
        #[expect(
            clippy::let_underscore_must_use,
            reason = "it fails when the wait is aborted, which the aborting code knows"
        )]
        let _ = request.catch(&ignore);
        ignore.forget();
        JsFuture::from(granted).await.map_err(|_| NoLocks)?;
        Ok(lock)
    }
}

/// The lock of a catalogue's batches, for sending, planning and dividing. Without it a batch could be sent while it
/// is divided, and new batches could get equal numbers. `None` where the browser has no locks.
pub(super) async fn lock_catalogue(catalogue: &str) -> Option<Lock> {
    Lock::wait(&format!("import8.batches.of.{catalogue}")).await.ok()
}

/// Releases the lock, or the wait for it, when the page is left, and reloads the page when it is shown again. The
/// browser may keep a page that is left, with its locks, and another tab may have run the batches meanwhile.
fn watch_leaving(waiting: AbortController, release: Function) -> [WindowListenerHandle; 2] {
    let leave = window_event_listener(ev::pagehide, move |_| {
        waiting.abort();
        settle(&release);
    });
    let come_back = window_event_listener(ev::pageshow, |event: PageTransitionEvent| {
        if event.persisted() {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "if the reload fails, the browser tells the person itself"
            )]
            let _ = window().location().reload();
        }
    });
    [leave, come_back]
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.waiting.abort();
        // If the lock was never granted, nothing waits for this promise.
        settle(&self.release);
        self.leaving.take().into_iter().flatten().for_each(WindowListenerHandle::remove);
    }
}

/// The channel to the other tabs.
pub(super) struct Channel {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens the channel; `None` where the browser has no `BroadcastChannel`. Calls `apply` with the identifier of a
    /// catalogue that another tab has changed, and with the number of the batch if only that has changed.
    pub(super) fn open(apply: impl Fn(String, Option<u32>) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let said = event.data().as_string().and_then(|said| serde_json::from_str(&said).ok());
            if let Some((catalogue, batch)) = said {
                apply(catalogue, batch);
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { channel, _heard: heard })
    }

    /// Informs the other tabs that a catalogue, or a batch of it, has changed.
    pub(super) fn tell(&self, catalogue: &str, batch: Option<u32>) {
        let said = serde_json::to_string(&(catalogue, batch)).unwrap_or_default();
        #[expect(
            clippy::let_underscore_must_use,
            reason = "a tab that misses the message sees the change at its next read"
        )]
        let _ = self.channel.post_message(&said.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
