//! Writes what the targets start from into `corpus/TARGET/`, a few small files each.

use std::fs;
use std::path::Path;

use hongbang::snapshot::delta;
use hongbang::trust::json::Value;
use hongbang_fuzz::signing::{claims, examples, key_set, root};
use hongbang_fuzz::{CONTENT, WORKBOOK, snapshots, workbook};

fn main() -> std::io::Result<()> {
    let [old, new] = snapshots();
    let content = |bytes: &[u8]| bytes[CONTENT..bytes.len() - 4].to_vec();
    // The target of deltas puts the checksums before the coded bytes itself.
    let coded = |to: &[u8]| content(&delta::make(old, to).expect("both are snapshots"))[8..].to_vec();
    write("snapshot", &[content(old), content(new)])?;
    write("delta", &[coded(new), coded(old)])?;
    let metadata = br#"{"signatures":[],"signed":{"_type":"timestamp","expires":"2030-01-01T00:00:00Z","spec_version":"1.0.31","version":1,"meta":{"snapshot.json":{"version":1}}}}"#;
    let parts = examples().into_iter().chain([root()]).map(|fields| Value::Object(fields).to_json().into_bytes());
    let files = [metadata.to_vec(), br#"{"a":[1,-2,true,null,"\u00e9\n"]}"#.to_vec()];
    write("metadata", &files.into_iter().chain(parts).collect::<Vec<_>>())?;
    let envelope = b"\xd2\x84\x43\xa1\x01\x27\xa0\x44\xa1\x01\x61a\x40";
    write("certificate", &[envelope.to_vec(), b"HB1:6BFOXN".to_vec(), claims(), key_set().encode()])?;
    let tables = bulletins().map(|text| text.as_bytes().to_vec());
    let workbooks = workbooks().map(|parts| [WORKBOOK, parts.join("\0").as_bytes()].concat());
    let file = workbook(&workbooks[0][WORKBOOK.len()..]);
    // A made-up table of the tests in the old format.
    let old = include_bytes!("../../../tests/fixtures/lamps-2023-05-01.xls").to_vec();
    write("ingest", &[tables.as_slice(), &workbooks, &[file, old]].concat())?;
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

const BOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="结果" sheetId="1" r:id="a"/></sheets></workbook>"#;
const BOOK_OF_TWO: &str = r#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="合格" sheetId="1" r:id="a"/><sheet name="旧" state="hidden" sheetId="2" r:id="b"/></sheets><definedNames><definedName name="n">合格!$A$1</definedName></definedNames></workbook>"#;
const PLACES: &str = r#"<Relationships><Relationship Id="a" Type="t/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="t/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="r" Type="t/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// One with texts of its own, a day and a cell merged over two rows; one with shared texts, formulas and a hidden sheet.
fn workbooks() -> [[&'static str; 7]; 2] {
    [
        [
            r#"<worksheet><dimension ref="A1:F4"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>2021年灯具产品质量监督抽查结果</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>序号</t></is></c><c r="B2" t="inlineStr"><is><t>产品名称</t></is></c><c r="C2" t="inlineStr"><is><t>标称生产单位</t></is></c><c r="D2" t="inlineStr"><is><t>抽样日期</t></is></c><c r="E2" t="inlineStr"><is><t>检验结果</t></is></c></row><row r="3"><c r="A3"><v>1</v></c><c r="B3" t="inlineStr"><is><t>台灯</t></is></c><c r="C3" t="inlineStr"><is><t>云州市霁榫照明有限公司</t></is></c><c r="D3" s="1"><v>44317</v></c><c r="E3" t="inlineStr"><is><t>合格</t></is></c></row><row r="4"><c r="A4"><v>2</v></c><c r="B4" t="inlineStr"><is><r><t>吊</t></r><r><t>灯</t></r></is></c><c r="D4" t="d"><v>2021-06-01T00:00:00</v></c><c r="E4" t="inlineStr"><is><t>不合格</t></is></c></row></sheetData><mergeCells count="1"><mergeCell ref="C3:C4"/></mergeCells></worksheet>"#,
            "<sst/>",
            STYLES,
            BOOK,
            PLACES,
            "",
            ROOT,
        ],
        [
            r#"<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row><row><c t="s"><v>4</v></c><c t="s"><v>5</v></c><c s="2"><v>42855.5</v></c><c t="s"><v>6</v></c></row><row><c t="str"><f t="shared" ref="A3:A4" si="0">A2</f><v>吊灯</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c t="s"><v>6</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells></worksheet>"#,
            r#"<sst count="7" uniqueCount="7"><si><t>产品名称</t></si><si><t>标称生产企业名称</t></si><si><t>抽样日期</t></si><si><t>检验结论</t></si><si><t xml:space="preserve"> 台灯 </t></si><si><r><t>云州市岫橹</t></r><r><t>灯饰厂</t></r><rPh><t>x</t></rPh></si><si><t>合格</t></si></sst>"#,
            STYLES,
            BOOK_OF_TWO,
            PLACES,
            r#"<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>"#,
            ROOT,
        ],
    ]
}

fn write(target: &str, seeds: &[Vec<u8>]) -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    fs::create_dir_all(&folder)?;
    seeds.iter().enumerate().try_for_each(|(at, seed)| fs::write(folder.join(format!("seed-{at}")), seed))
}
