//! Tests of organisations: told apart by their identifiers, even if they share a name.

use std::process::Output;

use serde_json::json;

use crate::server::{Server, program};

fn id(server: &Server, key: &str) -> String {
    let me = server.get("/api/v1/me", key).json();
    me["data"]["organization"]["id"].as_str().expect("an identifier").to_owned()
}

#[test]
fn two_of_one_name_have_identifiers_of_their_own_which_stay() {
    let server = Server::start();
    let (one, other) = (server.key(1), server.key(1));
    let before = [&one, &other].map(|key| id(&server, key));
    assert_ne!(before[0], before[1]);
    let server = Server::start_in(server.stop_and_keep(), &[]);
    assert_eq!([&one, &other].map(|key| id(&server, key)), before);
}

#[test]
fn another_key_of_one_says_the_same_identifier() {
    let server = Server::start();
    let key = server.key(1);
    let made = server.post("/api/v1/api-keys", &key, r#"{"name": "Web shop"}"#).json();
    let second = made["data"]["secret"].as_str().expect("a secret");
    assert_eq!(id(&server, second), id(&server, &key));
}

/// Runs `keys create` on the data of a running server.
fn keys_create(server: &Server, arguments: &[&str]) -> Output {
    let data = ["--data", server.data.path().to_str().expect("a path")];
    program().args(["keys", "create"]).args(data).args(arguments).output().expect("run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The message of a command that fails.
fn refusal(output: &Output) -> String {
    assert!(!output.status.success(), "{}", text(&output.stdout));
    assert_eq!(text(&output.stdout), "", "no key is printed");
    text(&output.stderr)
}

#[test]
fn the_command_makes_another_key_of_one_as_often_as_it_may_have() {
    let server = Server::start();
    let key = server.key(7);
    let own = id(&server, &key);
    let second = keys_create(&server, &["--organization", &own]);
    assert!(second.status.success(), "{}", text(&second.stderr));
    let second = text(&second.stdout).trim().to_owned();
    assert_eq!((id(&server, &second), server.credits(&second)), (own.clone(), 7));
    let named = keys_create(&server, &["--organization", &own.to_uppercase(), "--name", " Web shop "]);
    assert_eq!(id(&server, text(&named.stdout).trim()), own);
    let list = server.get("/api/v1/api-keys", &key).json()["data"].clone();
    let names: Vec<_> = list.as_array().expect("keys").iter().map(|key| key["name"].clone()).collect();
    assert_eq!(names, [json!("Harbour Imports"), json!("Harbour Imports"), json!("Web shop")]);
    let refused = refusal(&keys_create(&server, &["--organization", &own]));
    assert!(refused.contains("There are 3 keys, and there may be 3."), "{refused}");
}

#[test]
fn what_makes_no_sense_for_another_key_is_refused() {
    let server = Server::start();
    let key = server.key(1);
    let own = id(&server, &key);
    for option in ["--email", "--credits", "--rate-limit", "--plan-limit", "--max-keys"] {
        let refused = refusal(&keys_create(&server, &["--organization", &own, option, "5"]));
        assert!(refused.contains(option) && refused.contains("--organization"), "{refused}");
    }
    let nobody = "0b5e9a52-7c1d-4a53-9d0e-6f1f2a3b4c5d";
    let unknown = refusal(&keys_create(&server, &["--organization", nobody]));
    assert!(unknown.contains(&format!("There is no organisation {nobody}.")), "{unknown}");
    for bad in ["1", "Harbour Imports", ""] {
        refusal(&keys_create(&server, &["--organization", bad]));
    }
    for bad in ["", "  ", "a\nb", &"x".repeat(81)] {
        refusal(&keys_create(&server, &["--organization", &own, "--name", bad]));
        refusal(&keys_create(&server, &["--credits", "1", "--name", bad]));
    }
    for missing in [["--name", "Quay Traders"], ["--credits", "1"]] {
        refusal(&keys_create(&server, &missing));
    }
    let list = server.get("/api/v1/api-keys", &key).json();
    assert_eq!(list["data"].as_array().map(Vec::len), Some(1), "{list}");
}

#[test]
fn a_name_that_is_there_already_is_told_with_its_identifier() {
    let server = Server::start();
    let make = |name| keys_create(&server, &["--credits", "1", "--name", name]);
    let first = make("Quay Traders");
    assert_eq!(text(&first.stderr), "", "the first of its name");
    let first = text(&first.stdout).trim().to_owned();
    let second = make(" Quay Traders");
    let told = text(&second.stderr);
    let second = text(&second.stdout).trim().to_owned();
    assert!(second.starts_with("c8_") && second.lines().count() == 1, "only the key: {second}");
    for expected in [&id(&server, &first), &id(&server, &second), "--organization"] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert!(!told.contains(&second), "the key is nowhere else");
    assert_eq!(text(&make("Quay Traders East").stderr), "");
}

#[test]
fn the_one_of_a_name_is_used_again_where_that_is_wanted() {
    let server = Server::start();
    let make = |credits| keys_create(&server, &["--credits", credits, "--name", "Quay Traders", "--reuse"]);
    let first = make("5");
    assert_eq!(text(&first.stderr), "", "there was none");
    let first = text(&first.stdout).trim().to_owned();
    let second = make("9");
    let own = id(&server, &first);
    assert!(text(&second.stderr).contains(&own), "{}", text(&second.stderr));
    let second = text(&second.stdout).trim().to_owned();
    assert_ne!(first, second);
    assert_eq!((id(&server, &second), server.credits(&second)), (own, 5), "no credits are given");
    assert!(make("1").status.success());
    let refused = refusal(&make("1"));
    assert!(refused.contains("There are 3 keys, and there may be 3."), "{refused}");
    refusal(&keys_create(&server, &["--organization", &id(&server, &first), "--reuse"]));
}
