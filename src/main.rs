//! Mounts the dashboard in the page.

fn main() {
    import8_dashboard::app::mount();
}
