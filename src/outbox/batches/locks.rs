//! What tabs of one browser say to one another about batches: which one of them runs them, and what has
//! changed.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent, PageTransitionEvent};

use crate::browser::rest::{promise, settle};

/// Where changes are told.
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

/// A right that one tab has at a time. It goes to the next one when it is dropped, or when the tab is gone or
/// shows another site.
pub(super) struct Lock {
    /// Ends the wait for it.
    waiting: AbortController,
    release: Function,
    leaving: Option<[WindowListenerHandle; 2]>,
}

/// Why there is no lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoLocks;

impl Lock {
    /// Waits for the right of a name.
    ///
    /// # Errors
    /// [`NoLocks`] where the browser has none: on a connection that is neither encrypted nor this
    /// computer's own.
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
            reason = "it fails when the wait is ended, which is no news to whoever ended it"
        )]
        let _ = request.catch(&ignore);
        ignore.forget();
        JsFuture::from(granted).await.map_err(|_| NoLocks)?;
        Ok(lock)
    }
}

/// The right to send what is planned of a catalogue, or to plan it otherwise, which one has at a time, of all
/// tabs: else what is being put into other batches could be sent, and batches get the same numbers. None where
/// the browser has no locks.
pub(super) async fn lock_catalogue(catalogue: &str) -> Option<Lock> {
    Lock::wait(&format!("import8.batches.of.{catalogue}")).await.ok()
}

/// A page that is left may be kept by the browser as it is, to be shown again: with its locks, and with the
/// place in the queue for one. Then it gives up both, and comes back as a new page: another tab may have run
/// by then.
fn watch_leaving(waiting: AbortController, release: Function) -> [WindowListenerHandle; 2] {
    let leave = window_event_listener(ev::pagehide, move |_| {
        waiting.abort();
        settle(&release);
    });
    let come_back = window_event_listener(ev::pageshow, |event: PageTransitionEvent| {
        if event.persisted() {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a page that cannot be loaded anew says so itself"
            )]
            let _ = window().location().reload();
        }
    });
    [leave, come_back]
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.waiting.abort();
        // A lock that was never granted has nobody who waits for this.
        settle(&self.release);
        self.leaving.take().into_iter().flatten().for_each(WindowListenerHandle::remove);
    }
}

/// Tells other tabs of changes, and hears theirs.
pub(super) struct Channel {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens it; none where the browser has no such thing. `apply` is told the catalogue that another tab has
    /// changed, and the number of its batch, if it was one.
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

    /// Tells that a catalogue has changed, or a batch of it.
    pub(super) fn tell(&self, catalogue: &str, batch: Option<u32>) {
        let said = serde_json::to_string(&(catalogue, batch)).unwrap_or_default();
        #[expect(
            clippy::let_underscore_must_use,
            reason = "a tab that does not hear it sees the change when it next reads"
        )]
        let _ = self.channel.post_message(&said.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
