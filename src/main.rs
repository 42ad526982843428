//! Mounts the dashboard in the page.

fn main() {
    // The release build ends without a word; this one tells a developer why.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    import8_dashboard::app::mount();
}
