//! Has the linker write down, for the web app alone, who speaks of what: `www/hooks/split.mjs` takes the app apart by it.

fn main() {
    println!("cargo::rerun-if-changed=www/hooks/build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        println!("cargo::rustc-link-arg-bin=hongbang=--emit-relocs");
    }
}
