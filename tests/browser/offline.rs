//! Tests of a server that stops and comes back.

use crate::scene::{HOLDS, Scene};

#[tokio::test]
async fn a_stopped_server_is_said_to_be_away_and_work_goes_on_when_it_is_back() {
    let mut scene = Scene::open().await;
    scene.sign_in().await;
    scene.classify("leather wallet").await;
    scene.has_all_screens().await;
    scene.server.kill();
    scene.click("nav a[href='/classifications']").await;
    scene.sees("#offline", "No connection to the API").await;
    scene.sees(".health", "API unreachable").await;
    scene.sees(".failure", "No connection").await;
    scene.server.restart(&[]);
    // It recovers without any action of the person.
    scene.vanishes("#offline").await;
    scene.sees(".rows", "leather wallet").await;
    scene.vanishes(".failure").await;
    scene.sees(".health", "API operational").await;
    scene.close().await;
}

/// A product that was sent to a server that is gone.
async fn with_a_lost_answer() -> Scene {
    let mut scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "leather wallet").await;
    scene.has_all_screens().await;
    scene.server.kill();
    scene.click("form button[type=submit]").await;
    scene
}

#[tokio::test]
async fn a_lost_answer_is_uncertain_and_nothing_is_sent_again_unasked() {
    let mut scene = with_a_lost_answer().await;
    scene.sees("#lost", "It is not known whether “leather wallet” was accepted").await;
    scene.server.restart(&[]);
    scene.vanishes("#offline").await;
    scene.sees("#lost", "no credit was used: it was not accepted").await;
    let typed = scene.value("#description").await;
    assert_eq!(typed, "leather wallet");
    // The form's button does not send it again, but leads to the open submission.
    scene.click("#classify button[type=submit]").await;
    scene.focuses("lost").await;
    scene.sees("#credits", "30 credits").await;
    scene.click("#lost .actions button").await;
    scene.sees(".code-hero", "4202").await;
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}

#[tokio::test]
async fn a_result_waits_for_its_server() {
    let mut scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    scene.send("leather wallet").await;
    scene.appears("#pending").await;
    scene.server.kill();
    scene.sees("#pending", "Paused while there is no connection").await;
    scene.server.restart(&[]);
    scene.sees(".code-hero", "4202").await;
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}

#[tokio::test]
async fn a_lost_answer_is_still_told_after_looking_elsewhere() {
    let scene = with_a_lost_answer().await;
    scene.appears("#lost section").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees("h1", "History").await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("#lost", "It is not known whether “leather wallet” was accepted").await;
    scene.close().await;
}
