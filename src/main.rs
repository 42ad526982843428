//! Entry point: mounts the dashboard in the page.

fn main() {
    // Debug builds log a panic on the console. Release builds abort without a message.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    import8_dashboard::app::mount();
}
