//! The command line on native targets, the web app on wasm32.

fn main() {}
