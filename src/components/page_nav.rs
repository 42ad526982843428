//! Links from one page of a list to others.

use leptos::prelude::*;

use crate::browser::memo::Memo;

/// The target of a link, relative to the current page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageLink {
    /// The first page.
    First,
    /// The previous page.
    Previous,
    /// The next page.
    Next,
    /// The last page.
    Last,
}

impl PageLink {
    /// The number of the target page; `None` if it is the current page or does not exist.
    fn target(self, page: u64, last: u64) -> Option<u64> {
        match self {
            Self::First => (page > 1).then_some(1),
            Self::Previous => (page > 1).then(|| page - 1),
            Self::Next => (page < last).then(|| page + 1),
            Self::Last => (page < last).then_some(last),
        }
    }

    /// The HTML link type.
    fn rel(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Previous => "prev",
            Self::Next => "next",
            Self::Last => "last",
        }
    }
}

/// The part of a list that is on one of its pages. A list that the browser holds is shown page by page, because a
/// table of thousands of rows is slow to draw and to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPage {
    /// The number of the page, from 1.
    pub number: usize,
    /// The number of the last page.
    pub last: usize,
    /// The position of its first row in the list, from 0.
    pub start: usize,
    /// The position after its last row.
    pub end: usize,
}

impl ListPage {
    /// The page with this number, as an address has it, of a list of `total` rows with `per_page` on a page; the
    /// nearest page if there is none of this number.
    #[must_use]
    pub fn new(number: Option<&str>, total: usize, per_page: usize) -> Self {
        let last = total.div_ceil(per_page).max(1);
        let number = number.and_then(|number| number.parse().ok()).unwrap_or(1).clamp(1, last);
        let start = (number - 1) * per_page;
        Self { number, last, start, end: (start + per_page).min(total) }
    }

    /// The numbers of the page and of the last one, for [`PageNav`].
    #[must_use]
    pub fn pages(self) -> (u64, u64) {
        (self.number as u64, self.last as u64)
    }
}

/// The position in a list, and links to other pages. A link without a target is shown as disabled, so that the layout
/// does not move.
#[component]
pub fn PageNav(
    /// Accessible name of the links.
    label: &'static str,
    /// The position in the list, in words.
    #[prop(into)]
    place: Signal<String>,
    /// The number of the current page, from 1, and that of the last page.
    #[prop(into)]
    pages: Signal<(u64, u64)>,
    /// The links with their texts, in order.
    links: Vec<(PageLink, &'static str)>,
    /// The address of a page.
    address: Callback<u64, String>,
) -> impl IntoView {
    let pages = Memo::new(move |_| pages.get());
    let link = move |(link, text): (PageLink, &'static str)| {
        move || {
            let (page, last) = pages.get();
            match link.target(page, last) {
                Some(page) => view! {
                    <a href=address.run(page) class="button secondary small" rel=link.rel()>
                        {text}
                    </a>
                }
                .into_any(),
                None => view! {
                    <span class="button secondary small" aria-disabled="true">
                        {text}
                    </span>
                }
                .into_any(),
            }
        }
    };
    view! {
        <nav class="pages" aria-label=label>
            <span class="page-place">{place}</span>
            {links.into_iter().map(link).collect_view()}
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_pages() {
        let check = |number: Option<&str>, total, expected: [usize; 4]| {
            let page = ListPage::new(number, total, 50);
            assert_eq!([page.number, page.last, page.start, page.end], expected, "{number:?} of {total}");
        };
        check(None, 0, [1, 1, 0, 0]);
        check(None, 50, [1, 1, 0, 50]);
        check(Some("2"), 51, [2, 2, 50, 51]);
        check(Some("2"), 500, [2, 10, 50, 100]);
        check(Some("11"), 500, [10, 10, 450, 500]);
        check(Some("0"), 500, [1, 10, 0, 50]);
        check(Some("two"), 500, [1, 10, 0, 50]);
    }

    #[test]
    fn a_link_leads_to_a_page_that_there_is() {
        use PageLink::{First, Last, Next, Previous};
        let check = |page, last, expected: [Option<u64>; 4]| {
            let targets = [First, Previous, Next, Last].map(|link| link.target(page, last));
            assert_eq!(targets, expected, "{page} of {last}");
        };
        check(1, 1, [None; 4]);
        check(1, 3, [None, None, Some(2), Some(3)]);
        check(2, 3, [Some(1), Some(1), Some(3), Some(3)]);
        check(3, 3, [Some(1), Some(2), None, None]);
        // A page beyond the last one.
        check(5, 3, [Some(1), Some(4), None, None]);
    }
}
