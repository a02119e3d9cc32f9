//! Real bulletins, where the folder of test input is present beside the project.

use std::path::PathBuf;

use hongbang::publish::ingest::ingest;

#[test]
fn look() {
    let read = ingest(&[PathBuf::from("../shared/data/bulletins")], &mut |_| {}).unwrap();
    for warning in &read.warnings {
        println!("WARN {warning}");
    }
    for b in &read.bulletins {
        println!(
            "== {} {} {:?} {} {:?} {} class0={:?}",
            b.bulletin.id,
            b.bulletin.body,
            b.bulletin.level,
            b.bulletin.published_on,
            b.bulletin.lists,
            b.bulletin.title,
            b.rows.first().map(|r| r.product_class.clone())
        );
        for r in &b.rows {
            if let Some(reason) = r.set_aside {
                println!(
                    "ASIDE {} {} {:?} {} | {}",
                    b.file,
                    r.row,
                    reason.word(),
                    r.producer_printed,
                    r.remark
                );
            }
            for p in &r.parties {
                println!("NAME {} {}", p.role.word(), p.name);
            }
            if !r.failed_items.is_empty() || !r.remark.is_empty() {
                println!(
                    "ITEMS {} {:?} {:?} {} {} {:?} {} {}",
                    r.row,
                    r.first_test,
                    r.retest,
                    r.follow_up.word(),
                    r.standing.word(),
                    r.failed_items,
                    r.remark,
                    r.day
                );
            }
        }
    }
}
