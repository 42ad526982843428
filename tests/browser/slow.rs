//! A slow machine, to find tests that look before something can be there: `IMPORT8_SLOW=1` in the environment. Answers,
//! timers, animation frames and the database then take longer, each time by another amount.

use serde_json::json;

use crate::scene::Scene;

/// Script: the page's own functions, but later.
const LATER: &str = "const start = window.setTimeout, late = most => Math.random() * most;
    const rest = most => new Promise(go => start(go, late(most)));
    window.setTimeout = (run, wait, ...more) => start(run, (wait || 0) + late(Math.min(wait || 0, 400)), ...more);
    const ask = window.fetch;
    window.fetch = async (...call) => { await rest(300); const answer = await ask(...call); await rest(600); return answer };
    const frame = window.requestAnimationFrame;
    window.requestAnimationFrame = run => frame(() => start(() => frame(run), late(200)));
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...name) {
        const request = open.apply(this, name);
        let tell;
        Object.defineProperty(request, 'onsuccess', { get: () => tell, set: to => { tell = to } });
        request.addEventListener('success', event => start(() => tell?.call(request, event), late(300)));
        return request;
    };";

/// Makes a browser slow, if the environment asks for it.
pub(crate) async fn slow_down(scene: &Scene) {
    if std::env::var_os("IMPORT8_SLOW").is_none() {
        return;
    }
    scene.before_each_page(LATER).await;
    let name = "Emulation.setCPUThrottlingRate";
    scene.browser.cdp().send_raw(name, json!({ "rate": 3 })).await.expect(name);
}
