//! A table of a thousand rows in a real window: what is in the document, how far it scrolls, what keeps the focus.

use import8_dashboard::browser::memo::Memo;
use import8_dashboard::components::long_table::LongTable;
use js_sys::{Function, Promise};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, HtmlElement};

/// Waits until what a scroll asks for is drawn, and measured.
async fn frames() {
    for _ in 0..4 {
        let frame = Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).expect("a frame");
        });
        JsFuture::from(frame).await.expect("a frame");
    }
}

fn find(css: &str) -> Option<HtmlElement> {
    document().query_selector(css).expect(css)?.dyn_into().ok()
}

fn row(number: u64) -> Option<HtmlElement> {
    find(&format!("[data-row='{number}']"))
}

/// The numbers of the rows in the document, in their order.
fn drawn() -> Vec<u64> {
    let mut part = document().query_selector("#table tbody").expect("a table");
    let mut numbers = Vec::new();
    while let Some(element) = part {
        numbers.extend(element.get_attribute("data-row").and_then(|number| number.parse::<u64>().ok()));
        part = element.next_element_sibling();
    }
    numbers
}

fn place_of(number: u64) -> Option<String> {
    let first: Element = row(number)?.first_element_child()?;
    first.get_attribute("aria-rowindex")
}

#[wasm_bindgen_test]
async fn only_the_rows_near_the_viewport_are_in_the_document() {
    let owner = Owner::new();
    owner.set();
    let rows = RwSignal::new((1..=1_000).collect::<Vec<u64>>());
    let place = document().create_element("div").expect("an element");
    place.set_id("table");
    document().body().expect("a body").append_child(&place).expect("appended");
    let draw = move |(number, index): (u64, Signal<Option<String>>)| {
        // Every third row is higher.
        let style = format!("height: {}px", if number % 3 == 0 { 60 } else { 30 });
        view! {
            <tr aria-rowindex=index>
                <td style=style>
                    <button>{number}</button>
                </td>
            </tr>
        }
        .into_any()
    };
    let mounted = mount_to(place.clone().unchecked_into(), move || {
        let head = view! { <th>{"Number".to_owned()}</th> }.into_any();
        let rows = Memo::new(move |_| rows.get());
        view! { <LongTable class="long" columns=1 head rows row=Callback::new(draw) /> }
    });
    // As all tables of the dashboard, which is drawn here without its style sheet.
    let table = find("#table table").expect("a table");
    table.set_attribute("style", "border-collapse: collapse").expect("set");
    frames().await;
    let count = drawn().len();
    assert!((1..=200).contains(&count) && drawn().first() == Some(&1), "{count} rows are drawn");
    assert_eq!(
        find("#table table").and_then(|table| table.get_attribute("aria-rowcount")).as_deref(),
        Some("1001")
    );

    // A print has all rows, and shows how high the table is.
    let print = |name: &str| window().dispatch_event(&Event::new(name).expect("an event")).expect("told");
    print("beforeprint");
    frames().await;
    assert_eq!(drawn().len(), 1_000);
    let height = || find("#table table").map_or(0, |table| table.offset_height());
    let whole = height();
    print("afterprint");
    frames().await;
    assert!(drawn().len() < 200);
    let guessed = height();
    assert!((whole * 9 / 10..=whole * 11 / 10).contains(&guessed), "{guessed} of {whole} pixels");

    // In the middle, with the focus there.
    window().scroll_to_with_x_and_y(0.0, f64::from(whole / 2));
    frames().await;
    let middle = drawn();
    assert!(!middle.contains(&1) && middle.contains(&500), "{middle:?}");
    find("[data-row='500'] button").expect("a button").focus().expect("the focus");
    assert_eq!(place_of(500).as_deref(), Some("501"));

    // At the end: the focus is still where it was.
    window().scroll_to_with_x_and_y(0.0, f64::from(whole * 2));
    frames().await;
    let end = drawn();
    assert!(end.contains(&1_000) && end.contains(&500) && !end.contains(&600), "{end:?}");
    assert!(end.is_sorted(), "{end:?}");
    assert!(row(500).is_some_and(|row| row.contains(document().active_element().as_deref())));
    // And the next Tab goes to its neighbour.
    assert!(end.contains(&499) && end.contains(&501), "{end:?}");

    // A new row in front moves the others' places, and draws none of them anew.
    let last = row(1_000).expect("the last row");
    rows.update(|rows| rows.insert(0, 0));
    frames().await;
    assert_eq!(place_of(1_000).as_deref(), Some("1002"));
    assert!(row(1_000).is_some_and(|row| row.is_same_node(Some(&last))));

    // A search of the page finds every row.
    let press = |key: &str, is_control: bool| {
        let press = "dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey }))";
        let press = Function::new_with_args("key, ctrlKey", press);
        press.call2(&window(), &key.into(), &is_control.into()).expect("pressed");
    };
    press("f", false);
    frames().await;
    assert!(drawn().len() < 200, "a letter is no search");
    press("f", true);
    frames().await;
    assert_eq!(drawn().len(), 1_001);
    assert_eq!(place_of(1_000), None, "all rows are there to be counted");
    drop(mounted);
    place.remove();
}
