//! Tests of what holds for every mapping: a single role occurs once, and stored mappings of older versions are read.

use import8_api::Currency;
use import8_catalogue::amount::DecimalMark;
use import8_catalogue::columns::{Answer, Mapping, Role, Why};
use import8_sheets::reading::Source;

/// Numbers that look random, and are the same in each run.
fn numbers() -> impl FnMut(usize) -> usize {
    let mut state: u64 = 0x2545_f491_4f6c_dd1d;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % (below as u64)).expect("a small number")
    }
}

fn check(mapping: &Mapping, about: &str) {
    for role in Role::ALL.into_iter().filter(|role| !role.is_joined()) {
        assert!(mapping.columns(role).count() <= 1, "{role:?} {about}");
    }
    for column in 0..mapping.roles.len() {
        assert_eq!(mapping.roles[column].is_some(), mapping.why(column).is_some(), "{column} {about}");
    }
    let all: Vec<_> = mapping.columns(Role::Description).collect();
    assert!(mapping.main_columns().all(|column| all.contains(&column)), "{about}");
    assert_eq!(mapping.main_columns().next().is_some(), !all.is_empty(), "{about}");
}

#[test]
fn a_single_role_occurs_once_whatever_is_assigned() {
    let titles = [
        "SKU", "Name", "Material", "Country", "Origin", "Price", "Cost", "Qty", "Image", "HS", "Currency",
        "Stock", "Total", "Freight", "x", "",
    ];
    let cells =
        ["A1", "Steel bottle", "CN", "4,20", "1.250", "-3", "0", "$ 5", "https://a.example/1.jpg", "KG", ""];
    let mut number = numbers();
    for round in 0..300 {
        let width = 1 + number(9);
        let mut file = String::new();
        for line in 0..4 {
            let words: &[&str] = if line == 0 { &titles } else { &cells };
            let row: Vec<_> = (0..width).map(|_| words[number(words.len())]).collect();
            file.push_str(&row.join(";"));
            file.push('\n');
        }
        let Ok(source) = Source::read(file.clone().into_bytes()) else { continue };
        let mut mapping = Mapping::guess_with_titles(&source, (number(3) > 0).then_some(0));
        check(&mapping, &format!("guessed, round {round}: {file}"));
        for _ in 0..10 {
            let (column, role) = (number(width + 1), number(Role::ALL.len() + 1));
            mapping.assign(column, Role::ALL.get(role).copied());
            check(&mapping, &format!("assigned, round {round}: {file}"));
            if column < mapping.roles.len() {
                assert_eq!(mapping.roles[column], Role::ALL.get(role).copied());
            }
            mapping.decide(&source);
            let rows: Vec<_> = (mapping.first_row()..source.rows()).collect();
            let text = |row: usize, role| {
                mapping
                    .columns(role)
                    .next()
                    .map_or(String::new(), |column| source.cell(row, column).into_owned())
            };
            let (questions, _) = mapping.questions(&source, &rows, &text);
            if let Some(question) = questions.first() {
                let answers = question.answers();
                mapping.answer(question, answers[number(answers.len())]);
                check(&mapping, &format!("answered {question:?}, round {round}: {file}"));
                assert!(!mapping.waits_for(question) || answers == [Answer::PerUnit], "{question:?} {file}");
            }
        }
    }
}

#[test]
fn a_mapping_of_an_older_version_is_read() {
    let stored = r#"{"titles":0,"roles":["Reference","Description",null],"decimal":"Comma","origin":"CN","destination":"NL","currency":"USD"}"#;
    let mapping: Mapping = serde_json::from_str(stored).expect("a mapping");
    assert_eq!(mapping.roles, [Some(Role::Reference), Some(Role::Description), None]);
    assert_eq!((mapping.decimal, mapping.currency), (DecimalMark::Comma, Currency::Usd));
    assert_eq!((mapping.first_row(), mapping.why(0)), (1, None));
    assert_eq!(mapping.main_columns().collect::<Vec<_>>(), [1]);
    let mut mapping = mapping;
    mapping.assign(2, Some(Role::Origin));
    assert_eq!((mapping.why(2), mapping.why(0)), (Some(Why::Person), None));
}

#[test]
fn a_mapping_is_stored_without_what_the_cells_decide() {
    let source = Source::read(b"sku;name;price\nA;Bottle;1.250\n".to_vec()).expect("a table");
    let mut mapping = Mapping::guess(&source);
    let before = serde_json::to_string(&mapping).expect("JSON");
    mapping.decide(&source);
    assert_eq!(serde_json::to_string(&mapping).expect("JSON"), before);
    mapping.answers.marks.push((2, DecimalMark::Comma));
    let stored = serde_json::to_string(&mapping).expect("JSON");
    let read: Mapping = serde_json::from_str(&stored).expect("a mapping");
    assert_eq!(read.answers, mapping.answers);
    // Another file with these titles has questions of its own.
    let other = read.for_file(&Mapping::guess(&source));
    assert_eq!((other.answers.marks.len(), &other.roles), (0, &mapping.roles));
}
