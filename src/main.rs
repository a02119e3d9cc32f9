//! The command line on native targets, the web app on wasm32.

#[cfg(target_arch = "wasm32")]
fn main() {
    hongbang::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
