//! The command line from outside: what is printed, what is written, and how it exits.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const HONGBANG: &str = env!("CARGO_BIN_EXE_hongbang");
const CODE: &str = "91440606003663344C";

/// A folder to work in; every path of a test is relative to it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn exists(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    /// Runs `hongbang` with words separated by spaces.
    fn run(&self, words: &str) -> Ran {
        let output = Command::new(HONGBANG)
            .args(words.split(' '))
            .current_dir(self.path())
            .env("HOME", self.path())
            .env_remove("HONGBANG_STORE")
            .env_remove("XDG_DATA_HOME")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ran(output)
    }

    /// Two bulletins and a register: a firm on the list, a firm that failed, a counterfeit, and a row for nobody.
    fn with_bulletins() -> Self {
        let place = Self::new();
        place.write(
            "bulletins/index.csv",
            "file,authority,level,division,inspection_year,published_on,rows,nonconforming,lists,source_url\n\
             lamps-2018.csv,云州市市场监督管理局,municipal,440600,2018,2018-06-01,3,1,all,https://example.com/1\n\
             lamps-2025.csv,云州市市场监督管理局,municipal,440600,2025,2025-07-01,3,1,all,https://example.com/2\n",
        );
        place.write(
            "bulletins/lamps-2018.csv",
            "2018年云州市产品质量监督抽查结果,,,,,\n\
             序号,产品名称,标称生产者,生产日期/批号,抽查结果,不合格项目\n\
             1,吸顶灯,云帆灯饰（佛山）有限公司,2018-01-02,合格,/\n\
             2,台灯,北斗电器厂,2018-01-03,合格,/\n\
             3,台灯,亮晶晶,2018-01-04,不合格,绝缘电阻\n",
        );
        place.write(
            "bulletins/lamps-2025.csv",
            "序号,产品名称,标称生产者,生产日期/批号,抽查结果,不合格项目,备注\n\
             1,吸顶灯,云帆灯饰(佛山)有限公司,2025-01-02,合格,/,\n\
             2,落地灯,云帆灯饰（佛山）有限公司,2025-01-03,不合格,标志,涉嫌假冒\n\
             3,台灯,北斗电器厂,2025-01-04,不合格,绝缘电阻,\n",
        );
        place.write(
            "register.csv",
            &format!(
                "credit_code,name,former_names,division,trade_marks,gs1_prefixes,labels\n\
                 {CODE},云帆灯饰（佛山）有限公司,,440606,,,\n"
            ),
        );
        place
    }

    /// The same, made into a published list and fetched.
    fn with_store() -> Self {
        let place = Self::with_bulletins();
        for words in [
            "ingest bulletins --register register.csv --out ledger",
            "build ledger --policy default --as-of 2025-10-31 --out list.hongbang --scope inspected",
            "keys new keys --plain",
            "publish list.hongbang --keys keys --repo repo",
            "fetch repo --root repo/metadata/1.root.json --store store",
        ] {
            place.run(words).expect_status(0);
        }
        place
    }
}

struct Ran(Output);

impl Ran {
    #[track_caller]
    fn expect_status(self, status: i32) -> Self {
        assert_eq!(self.0.status.code(), Some(status), "{}\n{}", self.out(), self.err());
        self
    }

    fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out()).unwrap_or_else(|error| panic!("{error}: {}", self.out()))
    }

    /// The `error` object on standard error.
    #[track_caller]
    fn error(&self) -> Value {
        let value: Value =
            serde_json::from_str(&self.err()).unwrap_or_else(|error| panic!("{error}: {}", self.err()));
        assert!(self.out().is_empty(), "an error prints no answer: {}", self.out());
        assert_ne!(value["error"]["advice"].as_str().unwrap(), "");
        value["error"].clone()
    }
}

#[test]
fn every_row_of_a_bulletin_is_accounted_for() {
    let place = Place::with_bulletins();
    let account =
        place.run("ingest bulletins --register register.csv --out ledger --json").expect_status(0).json();
    assert_eq!(account["rows"], 6);
    assert_eq!(account["booked"], 5);
    assert_eq!(account["duplicates"], 0);
    assert_eq!(account["set_aside"], 1);
    assert_eq!(account["reasons"]["not_a_firm"], 1);
    let first = &account["bulletins"][0];
    assert_eq!((first["file"].as_str(), first["rows"].as_u64()), (Some("lamps-2018.csv"), Some(3)));
    let again = place.run("ingest bulletins --out ledger").expect_status(0).out();
    assert!(again.contains("set aside  lamps-2018.csv:3  not_a_firm  \"亮晶晶\""), "{again}");
}

#[test]
fn a_listed_firm_is_answered_with_the_whole_contract() {
    let place = Place::with_store();
    let answer = place.run(&format!("check {CODE} --store store --json")).expect_status(0).json();
    assert_eq!(answer["kind"], "listed");
    assert_eq!(answer["firm"]["code"], CODE);
    assert_eq!(answer["firm"]["name"], "云帆灯饰（佛山）有限公司");
    assert_eq!(answer["firm"]["division"], "440606");
    assert_eq!(answer["tier"]["years"], 5);
    assert_eq!(answer["tier"]["name"], "五年榜");
    assert_eq!(answer["streak"]["start"], "2018-06-01");
    assert_eq!(answer["streak"]["years"], 7);
    assert_eq!(answer["streak"]["days"], 2709);
    assert_eq!(answer["streak"]["reading"], "elapsed");
    assert_eq!(answer["streak"]["next"]["on"], "2028-06-01");
    assert_eq!(answer["samplings"]["counted"], 2);
    assert_eq!(answer["samplings"]["uncounted"], 1);
    let disowned = &answer["samplings"]["items"][0];
    assert_eq!(disowned["day"], "2025-07-01");
    assert_eq!(disowned["day_from"], "published");
    assert_eq!(disowned["outcome"], "nonconforming");
    assert_eq!(disowned["standing"], "disowned");
    assert_eq!(disowned["counts"], false);
    assert_eq!(disowned["why"], "disowned");
    assert_eq!((disowned["bulletin"].as_str(), disowned["row"].as_u64()), (Some("lamps-2025"), Some(2)));
    assert_eq!(answer["edition"]["as_of"], "2025-10-31");
    assert_eq!(answer["edition"]["policy"], "default");
    assert!(answer["edition"]["expires_on"].is_string());
    assert_eq!(answer["standing"], "fresh");
}

#[test]
fn an_answer_exits_with_yes_or_no() {
    let place = Place::with_store();
    let kind = |query: &str, status| {
        let ran = place.run(&format!("check {query} --store store --json")).expect_status(status);
        ran.json()["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!(kind("云帆灯饰(佛山)有限公司", 0), "listed");
    assert_eq!(kind("北斗电器厂", 1), "inspected");
    assert_eq!(kind("没有这家有限公司", 1), "not_listed");
    assert_eq!(kind("灯饰", 1), "several");
    assert_eq!(kind("南斗电器厂", 1), "not_listed");
    assert_eq!(kind("北斗斗电器厂", 1), "several");
    assert_eq!(kind("91440606003663344D", 1), "mistyped");
}

#[test]
fn an_answer_in_words_says_what_absence_means() {
    let place = Place::with_store();
    let absent = place.run("check 没有这家有限公司 --store store").expect_status(1).out();
    assert!(
        absent.starts_with("没有这家有限公司: not on this list. That says nothing against the firm"),
        "{absent}"
    );
    let near = place.run("check 南斗电器厂 --store store").expect_status(1).out();
    let lines: Vec<&str> = near.lines().collect();
    assert!(lines[0].starts_with("南斗电器厂: not on this list."), "{near}");
    assert_eq!(lines[1], "other firms, with names that are near:", "{near}");
    assert!(lines[2].contains("北斗电器厂"), "{near}");
    let listed = place.run(&format!("check {CODE} --store store")).expect_status(0).out();
    assert!(listed.contains("LISTED  五年榜 · 抽检无不合格  as of 2025-10-31"), "{listed}");
    assert!(
        listed.contains("(does not count: suspected counterfeit, or the firm denies having made it)"),
        "{listed}"
    );
}

#[test]
fn a_question_that_is_empty_or_endless_is_answered_in_a_line() {
    let place = Place::with_store();
    let nothing = place.run("check  --store store").expect_status(1).out();
    assert!(nothing.starts_with("nothing was asked: give a firm's name"), "{nothing}");
    let endless = place.run(&format!("check {} --store store", "帆".repeat(5_000))).expect_status(1).out();
    assert!(endless.starts_with(&format!("{}…: not on this list.", "帆".repeat(60))), "{endless}");
}

#[test]
fn explain_shows_all_four_readings() {
    let place = Place::with_store();
    let explained = place.run(&format!("explain {CODE} --store store --json")).expect_status(0).json();
    let readings = explained["explanation"]["readings"].as_array().unwrap();
    let years: Vec<_> = readings.iter().map(|reading| reading["streak"]["years"].as_u64()).collect();
    assert_eq!(years, [Some(7), Some(7), Some(2), Some(1)]);
    assert_eq!(explained["kind"], "listed");
}

#[test]
fn the_list_ages_with_the_day() {
    let place = Place::with_store();
    let standing = |today: &str| {
        place.run(&format!("check {CODE} --store store --json --today {today}")).json()["standing"].clone()
    };
    assert_eq!(standing("2099-01-01"), "out_of_date");
    assert_eq!(standing("1999-01-01"), "fresh", "a clock turned back is read as the day of signing");
}

#[test]
fn an_edition_or_a_repository_may_stand_for_a_store() {
    let place = Place::with_store();
    let standing = |from: &str| {
        place.run(&format!("check {CODE} --json --store {from}")).expect_status(0).json()["standing"].clone()
    };
    assert_eq!(standing("list.hongbang"), "unverified");
    assert_eq!(standing("repo"), "unverified", "nobody told which root to trust");
    assert_eq!(standing("repo --root repo/metadata/1.root.json"), "fresh");
}

#[test]
fn the_store_at_home_is_the_default() {
    let place = Place::with_store();
    place.run("fetch repo --root repo/metadata/1.root.json").expect_status(0);
    assert_eq!(place.run(&format!("check {CODE} --json")).expect_status(0).json()["kind"], "listed");
    place.run("fetch repo").expect_status(0);
}

/// The store remembers the latest day on which it was opened.
#[test]
fn a_clock_turned_back_does_not_revive_an_old_list() {
    let place = Place::with_store();
    let check = || place.run(&format!("check {CODE} --store store --json")).expect_status(0);
    assert_eq!(check().json()["standing"], "fresh");
    let today = std::fs::read_to_string(place.path().join("store/latest-day")).unwrap();
    assert!(today.trim().parse::<hongbang::Day>().is_ok(), "{today:?}");
    for (remembered, standing) in
        [("2099-01-01\n", "out_of_date"), ("2020-01-01\n", "fresh"), ("nonsense", "fresh")]
    {
        place.write("store/latest-day", remembered);
        let checked = check();
        let warning = checked.err();
        let expected = "but this store was opened on 2099-01-01, and the list is judged by that day; if the clock was \
                        wrong then, remove store/latest-day\n";
        assert_eq!(warning.ends_with(expected), standing != "fresh", "{warning:?}");
        assert_eq!(checked.json()["standing"], standing, "{remembered:?}");
    }
    assert_eq!(std::fs::read_to_string(place.path().join("store/latest-day")).unwrap(), today);
}

#[test]
fn search_gives_hits_and_a_batch_gives_one_line_a_query() {
    let place = Place::with_store();
    let hits = place.run("search 佛山 --store store --json").expect_status(0).json();
    assert_eq!(hits[0]["code"], CODE);
    assert_eq!(hits[0]["rank"], 1);
    assert_eq!(hits[0]["matched"]["field"], "name");
    assert_eq!(hits[0]["matched"]["ranges"][0], serde_json::json!([5, 7]));
    place.run("search 鹏鹏鹏 --store store").expect_status(1);
    // Hits show tiers, so they say how the list stands as answers do.
    let told = place.run("search 佛山 --store store").expect_status(0).out();
    assert!(told.lines().last().unwrap().contains("; verified and fresh (signed until "), "{told}");
    let mut child = Command::new(HONGBANG)
        .args(["search", "--batch", "--store", "store"])
        .current_dir(place.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), "佛山\n\n北斗\n".as_bytes()).unwrap();
    let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let counts: Vec<usize> = lines.iter().map(|hits| hits.as_array().unwrap().len()).collect();
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn an_edition_is_rebuilt_byte_for_byte_from_its_ledger() {
    let place = Place::with_store();
    place.run("verify-edition ledger list.hongbang").expect_status(0);
    place.run("build ledger --as-of 2024-10-31 --out other.hongbang --scope inspected").expect_status(0);
    fs::write(
        place.path().join("ledger/register.csv"),
        "credit_code,name,former_names,division,trade_marks,gs1_prefixes,labels\n",
    )
    .unwrap();
    let other = place.run("verify-edition ledger list.hongbang --json").expect_status(1).json();
    assert_eq!(other["equal"], false);
}

#[test]
fn diff_and_compare_tell_the_moves() {
    let place = Place::with_store();
    place.run("build ledger --as-of 2024-10-31 --out before.hongbang --scope inspected").expect_status(0);
    let moves = place.run("diff before.hongbang list.hongbang --json").expect_status(0).json();
    assert_eq!(moves["left"][0]["name"], "北斗电器厂");
    assert_eq!(moves["left"][0]["why"], "failure");
    assert_eq!(moves["left"][0]["failed_on"], "2025-07-01");
    place.run("diff list.hongbang list.hongbang").expect_status(1);
    place.write("strict.toml", &place.run("policy").out().replace("\"elapsed\"", "\"every-year\""));
    let compared =
        place.run("compare ledger default strict.toml --as-of 2025-10-31 --json").expect_status(0).json();
    assert_eq!(compared[0]["listed"], 1);
    assert_eq!((&compared[1]["listed"], &compared[1]["left"]), (&Value::from(0), &Value::from(1)));
}

#[test]
fn export_writes_everything() {
    let place = Place::with_store();
    let lines = place.run("export list.hongbang --format ndjson").expect_status(0).out();
    assert_eq!(lines.lines().count(), 2);
    place.run("export list.hongbang --format csv --out tables").expect_status(0);
    let samplings = fs::read_to_string(place.path().join("tables/samplings.csv")).unwrap();
    assert_eq!(samplings.lines().count(), 6);
}

#[test]
fn bad_input_is_told_as_json_with_exit_2_and_leaves_nothing() {
    let place = Place::with_bulletins();
    place.write("broken/list-2025-01-01.xlsx", "PK\u{3}\u{4} cut short");
    place.write("headless/list-2025-01-01.csv", "序号,产品名称,抽查结果\n1,台灯,合格\n");
    for (words, leaves) in [
        ("ingest broken --out L --json", "L"),
        ("ingest headless --out L --json", "L"),
        ("ingest nowhere --out L --json", "L"),
        ("build nowhere --as-of 2025-10-31 --out E --json", "E"),
        ("check 云帆 --store nowhere --json", "nowhere"),
        ("fetch nowhere --store S --json", "S"),
    ] {
        let error = place.run(words).expect_status(2).error();
        assert!(error["code"].is_string() && error["message"].is_string(), "{words}: {error}");
        assert!(!place.exists(leaves), "{words} left {leaves} behind");
    }
}

#[test]
fn a_policy_that_makes_no_sense_is_refused() {
    let place = Place::with_bulletins();
    place.run("ingest bulletins --out ledger").expect_status(0);
    let policy = place.run("policy").expect_status(0).out();
    place.write("unknown.toml", &format!("colour = \"red\"\n{policy}"));
    let build = "build ledger --as-of 2025-10-31 --out E --json --policy";
    let unknown = place.run(&format!("{build} unknown.toml")).expect_status(2).error();
    assert!(unknown["message"].as_str().unwrap().contains("colour"), "{unknown}");
    place.write("order.toml", &policy.replace("years = 10", "years = 4"));
    let order = place.run(&format!("{build} order.toml")).expect_status(2).error();
    assert!(order["message"].as_str().unwrap().contains("found 5 years below 4 years"), "{order}");
    assert!(!place.exists("E"));
}

#[test]
fn a_changed_list_is_refused_and_the_store_stays() {
    let place = Place::with_store();
    let targets = place.path().join("repo/targets");
    let target = fs::read_dir(&targets).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&target).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&target, bytes).unwrap();
    let fresh = "fetch repo --root repo/metadata/1.root.json --store other --json";
    place.run(fresh).expect_status(2).error();
    assert!(!place.exists("other/index.json"));
    place.run(&format!("check {CODE} --store store")).expect_status(0);
}

#[test]
fn a_list_signed_by_strangers_is_refused() {
    let place = Place::with_store();
    place.run("keys new strangers --plain").expect_status(0);
    place.run("publish list.hongbang --keys strangers --repo theirs").expect_status(0);
    place.run("fetch theirs --root repo/metadata/1.root.json --store other --json").expect_status(2).error();
    let kept =
        place.run("fetch theirs --root theirs/metadata/1.root.json --store store --json").expect_status(2);
    assert_eq!(kept.error()["code"], "path", "a store keeps to the root that it was begun with");
    let error =
        place.run("publish list.hongbang --keys strangers --repo repo --json").expect_status(2).error();
    assert!(error["message"].as_str().unwrap().contains("key"), "{error}");
}

#[test]
fn keys_are_never_overwritten_or_printed() {
    let place = Place::new();
    let shown = place.run("keys new keys --plain").expect_status(0).out();
    let before = fs::read(place.path().join("keys/root.pem")).unwrap();
    place.run("keys new keys --plain").expect_status(2);
    assert_eq!(fs::read(place.path().join("keys/root.pem")).unwrap(), before);
    let listed = place.run("keys show keys").expect_status(0).out();
    assert!(shown.contains(listed.lines().next().unwrap()));
    assert!(!shown.contains("PRIVATE"));
}

#[test]
fn the_demo_is_of_the_published_size_and_says_that_it_is_made_up() {
    let place = Place::new();
    let told = place.run("demo --out demo").expect_status(0).out();
    assert!(told.contains("示例"), "{told}");
    for path in ["ledger", "keys", "repository/metadata", "repository/targets", "root.json", "policy.toml"] {
        assert!(place.exists(&format!("demo/{path}")), "{path}");
    }
    let fetched =
        place.run("fetch demo/repository --root demo/root.json --store store --json").expect_status(0).json();
    assert_eq!(fetched["firms"], 5416);
    assert_eq!(fetched["edition"]["demo"], true);
    assert_eq!(fetched["certificate_keys"], 1);
    let issue =
        told.lines().find_map(|line| line.trim().strip_prefix("hongbang certificate issue ")).unwrap();
    let issue = issue.replace("demo/store", "store");
    let issued =
        place.run(&format!("certificate issue {issue} --base-url https://example.com/c")).expect_status(0);
    let text = issued.out().lines().next().unwrap().to_owned();
    let verified =
        place.run(&format!("certificate verify {text} --store store --json")).expect_status(0).json();
    assert_eq!((&verified["kind"], &verified["list"]["says"]), (&"valid".into(), &"confirms".into()));
    assert_eq!(verified["certificate"]["issuer"], "guangdong-demo");
    let moves = place
        .run("diff demo/editions/2025-03-14.hongbang demo/editions/2025-10-31.hongbang --json")
        .expect_status(0)
        .json();
    let count = |what: &str| moves[what].as_array().unwrap().len();
    let unchanged = usize::try_from(moves["unchanged"].as_u64().unwrap()).unwrap();
    assert_eq!(unchanged + count("promoted") + count("demoted") + count("left"), 4895);
    assert_eq!(unchanged + count("promoted") + count("demoted") + count("entered"), 5416);
    place.run("verify-edition demo/ledger demo/editions/2025-10-31.hongbang").expect_status(0);
    place.run("demo --out demo").expect_status(2);
}

#[test]
fn a_store_is_brought_up_to_date_by_a_delta_or_by_the_whole_edition() {
    let place = Place::new();
    place.run("demo --out demo --firms 400").expect_status(0);
    let publish = |day: &str| {
        let words = format!("publish demo/editions/{day}.hongbang --keys demo/keys --repo repo --json");
        place.run(&words).expect_status(0).json()["added"].clone()
    };
    let fetch = |store: &str| {
        let words = format!("fetch repo --root repo/metadata/1.root.json --store {store} --json");
        place.run(&words).expect_status(0).json()
    };
    assert_eq!(publish("2025-03-14"), serde_json::json!(["edition-2025-03-14.hongbang"]));
    for store in ["store", "other"] {
        assert_eq!(fetch(store)["delta"], Value::Null, "there is nothing to start from");
    }
    let delta = "delta-2025-03-14-to-2025-10-31.hongbang";
    assert_eq!(publish("2025-10-31"), serde_json::json!(["edition-2025-10-31.hongbang", delta]));
    assert_eq!(publish("2025-10-31"), serde_json::json!([]), "a delta is made once");

    let fetched = fetch("store");
    assert_eq!((&fetched["delta"], &fetched["edition"]["as_of"]), (&"applied".into(), &"2025-10-31".into()));
    assert_eq!(
        fetched["bytes"],
        fs::metadata(place.path().join("demo/editions/2025-10-31.hongbang")).unwrap().len()
    );
    assert_eq!(fetch("store")["delta"], Value::Null, "what is held is not brought again");

    let targets = fs::read_dir(place.path().join("repo/targets")).unwrap();
    let file = targets.map(|file| file.unwrap().path()).find(|path| path.to_string_lossy().ends_with(delta));
    let mut bytes = fs::read(file.as_ref().unwrap()).unwrap();
    bytes[100] ^= 1;
    fs::write(file.unwrap(), bytes).unwrap();
    let fetched = fetch("other");
    assert_eq!(
        (&fetched["delta"], &fetched["edition"]["as_of"]),
        (&"wrong_hash".into(), &"2025-10-31".into())
    );
}

#[test]
fn a_certificate_is_issued_verified_and_outranked_by_the_list() {
    let place = Place::with_store();
    place.run("certificate key keys --issuer yunzhou --out keyset").expect_status(0);
    let issue = format!(
        "certificate issue {CODE} --store store --keys keys --key-set keyset --base-url https://example.com/c --out paper"
    );
    let issued = place.run(&issue).expect_status(0).out();
    let text = issued.lines().next().unwrap();
    for file in ["{}.svg", "{}.png", "{}-label.svg", "{}-label.png"] {
        let file = format!("paper/{}", file.replace("{}", CODE));
        assert!(place.exists(&file), "{file}");
    }
    let verify = |text: &str, more: &str, status| {
        place
            .run(&format!("certificate verify {text} --key-set keyset --json{more}"))
            .expect_status(status)
            .json()
    };
    assert_eq!(verify(text, "", 0)["kind"], "valid");
    assert_eq!(verify(text, " --store store", 0)["list"]["says"], "confirms");
    assert_eq!(verify(text, " --today 2099-01-01", 1)["kind"], "expired");
    let flipped = text.strip_suffix(|_: char| true).unwrap();
    assert_eq!(verify(flipped, "", 1)["kind"], "not_a_certificate");
}

#[test]
fn the_key_set_comes_with_the_list_and_is_believed_only_where_it_was_verified() {
    let place = Place::with_store();
    let verify = |from: &str, text: &str, status| {
        place.run(&format!("certificate verify {text} {from} --json")).expect_status(status)
    };
    assert_eq!(verify("--store store", "x", 2).error()["code"], "no_key_set");
    place.run("certificate key keys --issuer yunzhou --out first").expect_status(0);
    for (set, added) in [("first", "certificate-keys-1.cbor"), ("first", "")] {
        let publish = format!("publish --keys keys --repo repo --certificate-keys {set} --json");
        let published = place.run(&publish).expect_status(0).json();
        assert_eq!(published["added"].as_array().unwrap().len(), usize::from(!added.is_empty()));
        assert!(published["added"].to_string().contains(added));
    }
    assert_eq!(verify("--store store", "x", 2).error()["code"], "no_key_set", "not fetched yet");
    let told = place.run("fetch repo --store store").expect_status(0).out();
    assert!(told.contains("certificates are verified by key set 1"), "{told}");
    let issue = format!("certificate issue {CODE} --store store --keys keys --out paper");
    let text = place.run(&format!("{issue} --base-url https://example.com/c")).expect_status(0).out();
    let text = text.lines().next().unwrap();
    assert_eq!(verify("--store store", text, 0).json()["kind"], "valid");
    let root = "--store repo --root repo/metadata/1.root.json";
    assert_eq!(verify(root, text, 0).json()["kind"], "valid");
    assert_eq!(verify("--store repo", text, 2).error()["code"], "no_key_set", "no pinned root");

    // Another key in the same place: what the first one signed is refused as soon as the set is fetched.
    place.run("keys new other --plain --role root").expect_status(0);
    place.run("certificate key other --issuer yunzhou --out second").expect_status(0);
    let publish = "publish --keys keys --repo repo --certificate-keys second --json";
    assert_eq!(place.run(publish).expect_status(0).json()["added"][0], "certificate-keys-2.cbor");
    assert_eq!(verify("--store store", text, 0).json()["kind"], "valid");
    place.run("fetch repo --store store").expect_status(0);
    assert_eq!(verify("--store store", text, 1).json()["kind"], "unknown_key");
    assert_eq!(verify("--key-set first --store store", text, 0).json()["list"]["says"], "confirms");
}

#[test]
fn a_key_set_is_staged_beside_an_edition_and_told_to_those_who_sign() {
    let place = Place::with_store();
    place.run("certificate key keys --issuer yunzhou --out set").expect_status(0);
    let stage = "publish --repo repo --certificate-keys set --stage staged";
    let told = place.run(stage).expect_status(0).out();
    assert!(told.contains("+ certificate-keys-1.cbor") && told.contains(" for yunzhou, from "), "{told}");
    let refused = place.run("publish staged --repo repo --keys keys --certificate-keys set").expect_status(2);
    assert!(refused.err().contains("add to a staged set before it is signed"), "{}", refused.err());
    place.run("sign staged --keys keys").expect_status(0);
    place.run("publish staged --repo repo --keys keys").expect_status(0);
    assert_eq!(place.run("fetch repo --store store --json").expect_status(0).json()["certificate_keys"], 1);
}

#[test]
fn a_key_of_certificates_is_kept_encrypted_and_handed_over() {
    let place = Place::with_store();
    place.write("passphrase", "six words by dice\n");
    set_mode(&place.path().join("passphrase"), 0o600);
    let told = place.run("certificate key keys --issuer yunzhou --out first --passphrase-file passphrase");
    let told = told.expect_status(0).out();
    assert!(told.contains(" for yunzhou") && told.contains("kept encrypted in keys"), "{told}");
    let old = told.split(' ').nth(1).unwrap();
    let pem = fs::read_to_string(place.path().join("keys/certificate.pem")).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    let issue = |keys: &str, set: &str, more: &str| {
        let from = "--store store --base-url https://example.com/c --out paper";
        place.run(&format!("certificate issue {CODE} {from} --keys {keys} --key-set {set}{more}"))
    };
    assert!(issue("keys", "first", "").expect_status(2).err().contains("expected a passphrase"));
    let text = issue("keys", "first", " --passphrase-file passphrase").expect_status(0).out();
    let text = text.lines().next().unwrap();

    // Another program's key takes over; one that was stolen verifies nothing any more.
    place.run("keys new foreign --plain --role root").expect_status(0);
    let next = "certificate key keys-2 --issuer yunzhou --key-set first --pem foreign/root.pem --plain";
    place.run(&format!("{next} --out second")).expect_status(0);
    issue("keys-2", "second", "").expect_status(0);
    let third = next.replace("keys-2", "keys-3");
    let refused = place.run(&format!("{third} --out third --stolen 12345678")).expect_status(2).err();
    assert!(
        refused.contains(&format!("expected a key of the key set ({old}), found \"12345678\"")),
        "{refused}"
    );
    assert!(!place.exists("keys-3"), "nothing is made before all is known");
    place.run(&format!("{third} --out third --stolen {old}")).expect_status(0);
    for (set, kind, status) in [("first", "valid", 0), ("second", "valid", 0), ("third", "unknown_key", 1)] {
        let verified = place.run(&format!("certificate verify {text} --key-set {set} --json"));
        assert_eq!(verified.expect_status(status).json()["kind"], kind, "{set}");
    }
}

#[cfg_attr(not(unix), allow(unused_variables, reason = "only Unix has modes"))]
fn set_mode(path: &Path, mode: u32) {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}
