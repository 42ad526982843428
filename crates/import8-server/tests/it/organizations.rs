//! Organisations: told apart by an identifier, whatever they are called.

use crate::server::Server;

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
