//! Writes what the targets start from into `corpus/TARGET/`, a few small files each.

use std::fs;
use std::path::Path;

use hongbang::snapshot::delta;
use hongbang_fuzz::{CONTENT, snapshots};

fn main() -> std::io::Result<()> {
    let [old, new] = snapshots();
    let content = |bytes: &[u8]| bytes[CONTENT..bytes.len() - 4].to_vec();
    // The target of deltas puts the checksums before the coded bytes itself.
    let coded = |to: &[u8]| content(&delta::make(old, to).expect("both are snapshots"))[8..].to_vec();
    write("snapshot", &[content(old), content(new)])?;
    write("delta", &[coded(new), coded(old)])?;
    let metadata = br#"{"signatures":[],"signed":{"_type":"timestamp","expires":"2030-01-01T00:00:00Z","spec_version":"1.0.31","version":1,"meta":{"snapshot.json":{"version":1}}}}"#;
    write("metadata", &[metadata.to_vec(), br#"{"a":[1,-2,true,null,"\u00e9\n"]}"#.to_vec()])?;
    write(
        "certificate",
        &[b"\xd2\x84\x43\xa1\x01\x27\xa0\x44\xa1\x01\x61a\x40".to_vec(), b"HB1:6BFOXN".to_vec()],
    )?;
    write("ingest", &bulletins().map(|text| text.as_bytes().to_vec()))?;
    let questions = ["霁榫照明", "91446060MA4UHH0C9E", "jisun", "6901234567892", "云州"];
    write("search", &questions.map(|question| question.as_bytes().to_vec()))
}

/// A table with a section line, one with failures and remarks, and a page.
fn bulletins() -> [&'static str; 3] {
    [
        "序号,产品名称,标称生产单位,规格型号,生产日期/批号,检验结果\n         灯具\n         1,台灯,云州市霁榫照明有限公司,T1,2021-05-01,合格\n         2,吊灯,云州市岫橹灯饰厂（委托云州市霁榫照明有限公司）,D2,2021/6,不合格\n",
        "标称生产企业名称\t产品名称\t商标\t抽样日期\t检验结论\t不合格项目\t备注\n         云州市霁榫照明有限公司\t润滑油\t霁榫\t2021.07.03\t不合格\t粘度、冰点\t复检仍不合格，涉嫌假冒\n         /\t润滑油\t\t2021年8月\t合格\t——\t已整改，经复查检验合格\n",
        "<title>结果</title><table><tr><th>生产单位<th>产品名称<th>综合判定<tr><td rowspan=2>云州市岫橹灯饰厂<td>台灯\
         <td>合格<tr><td>吊灯<td>不合格</table>",
    ]
}

fn write(target: &str, seeds: &[Vec<u8>]) -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    fs::create_dir_all(&folder)?;
    seeds.iter().enumerate().try_for_each(|(at, seed)| fs::write(folder.join(format!("seed-{at}")), seed))
}
