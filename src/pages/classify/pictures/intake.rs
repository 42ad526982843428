//! The intake of pictures: accepts offered files and addresses, or rejects them with a reason.

use import8_api::{ClassifyRequest, Fault, Images, MAX_IMAGES};
use leptos::prelude::*;
use web_sys::File;

use super::Picture;
use super::reduction::reduced;
use crate::browser::task::spawn_local;
use crate::i18n::texts::Texts;
use crate::session::Session;

/// Number of names in a sentence; further ones are counted.
const NAMES: usize = 3;

/// The reason for rejecting a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    NotAPicture,
    Unreadable,
    TooMany,
    AlreadyThere,
    NotAnAddress,
    AddressTooLong(usize),
}

/// A rejected file or address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RejectedPicture {
    name: String,
    reason: Reason,
}

/// The pictures of a product and those being reduced: `Copy`, shared by the parts of the field.
#[derive(Debug, Clone, Copy)]
pub struct Intake {
    pub(super) pictures: RwSignal<Vec<Picture>>,
    /// The address field as typed.
    pub(super) address: RwSignal<String>,
    reducing: RwSignal<usize>,
    refusals: RwSignal<Vec<RejectedPicture>>,
    session: Session,
}

impl Intake {
    /// An intake that adds to `pictures`, for the organisation that is signed in.
    #[must_use]
    pub fn new(pictures: RwSignal<Vec<Picture>>, session: Session) -> Self {
        Self {
            pictures,
            address: RwSignal::default(),
            reducing: RwSignal::default(),
            refusals: RwSignal::default(),
            session,
        }
    }

    /// Number of files being reduced. A request sent now would lack them.
    #[must_use]
    pub fn reducing(self) -> usize {
        self.reducing.get()
    }

    /// Adds a typed address, and returns whether all pictures are ready for a request.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.add_address() && self.reducing.get_untracked() == 0
    }

    /// Adds files one after the other, because each is held in memory as a whole.
    pub(super) fn add_files(self, files: Vec<File>) {
        self.refusals.set(Vec::new());
        self.reducing.update(|count| *count += files.len());
        let organization = untrack(|| self.session.organization());
        spawn_local(async move {
            for file in files {
                let outcome = match self.admitted(&file).await {
                    // Another person has signed in meanwhile: drop the picture.
                    Ok(_) if untrack(|| self.session.organization()) != organization => Ok(()),
                    Ok(picture) => self.take(picture),
                    Err(reason) => Err(reason),
                };
                // The page may have been left.
                self.reducing.try_update(|count| *count = count.saturating_sub(1));
                if let Err(reason) = outcome {
                    self.refusals.try_update(|all| all.push(RejectedPicture { name: file.name(), reason }));
                }
            }
        });
    }

    /// Adds the typed address; returns whether the field is now empty.
    pub(super) fn add_address(self) -> bool {
        let typed = self.address.get_untracked().trim().to_owned();
        self.refusals.set(Vec::new());
        if typed.is_empty() {
            return true;
        }
        let outcome = check_address(&typed).and_then(|()| self.take(Picture::Address(typed.clone())));
        match outcome {
            Ok(()) => self.address.set(String::new()),
            Err(reason) => self.refusals.set(vec![RejectedPicture { name: typed, reason }]),
        }
        outcome.is_ok()
    }

    pub(super) fn remove(self, picture: &Picture) {
        self.refusals.set(Vec::new());
        self.pictures.update(|pictures| pictures.retain(|other| other != picture));
    }

    /// The latest rejections, as one sentence per reason.
    pub(super) fn refusals(self, texts: Texts) -> Vec<String> {
        self.refusals.with(|refusals| sentences(refusals, texts))
    }

    async fn admitted(self, file: &File) -> Result<Picture, Reason> {
        if self.pictures.with_untracked(Vec::len) >= MAX_IMAGES {
            return Err(Reason::TooMany);
        }
        let (name, media_type) = (file.name(), file.type_());
        // Some systems give no media type: let the browser try to decode the file.
        if !media_type.is_empty() && !is_called_a_picture(&name, &media_type) {
            return Err(Reason::NotAPicture);
        }
        reduced(file).await.map_err(|_| {
            if is_called_a_picture(&name, &media_type) { Reason::Unreadable } else { Reason::NotAPicture }
        })
    }

    fn take(self, picture: Picture) -> Result<(), Reason> {
        self.pictures.try_update(|pictures| take(pictures, picture)).unwrap_or(Ok(()))
    }
}

/// Whether a file's media type or extension is that of a picture. Some systems know no media type for HEIC.
fn is_called_a_picture(name: &str, media_type: &str) -> bool {
    let name = name.to_ascii_lowercase();
    media_type.starts_with("image/") || [".heic", ".heif", ".avif"].iter().any(|end| name.ends_with(end))
}

/// Checks an address with the API's own validation.
fn check_address(address: &str) -> Result<(), Reason> {
    let image_url = Some(Images::One(address.to_owned()));
    let faults = ClassifyRequest { image_url, ..ClassifyRequest::default() }.validate();
    match faults.err().and_then(|faults| faults.first().map(|problem| problem.fault)) {
        None => Ok(()),
        Some(Fault::TooLong { max }) => Err(Reason::AddressTooLong(max)),
        Some(_) => Err(Reason::NotAnAddress),
    }
}

/// Adds a picture, unless it is a duplicate or the maximum is reached.
fn take(pictures: &mut Vec<Picture>, picture: Picture) -> Result<(), Reason> {
    if pictures.iter().any(|other| other.is_same_as(&picture)) {
        return Err(Reason::AlreadyThere);
    }
    if pictures.len() >= MAX_IMAGES {
        return Err(Reason::TooMany);
    }
    pictures.push(picture);
    Ok(())
}

/// One sentence per reason, in the order in which the reasons occurred.
fn sentences(refusals: &[RejectedPicture], texts: Texts) -> Vec<String> {
    let mut reasons: Vec<Reason> = Vec::new();
    for refusal in refusals {
        if !reasons.contains(&refusal.reason) {
            reasons.push(refusal.reason);
        }
    }
    let texts = texts.pictures();
    let sentence = |reason| {
        let names: Vec<_> =
            refusals.iter().filter(|one| one.reason == reason).map(|one| one.name.as_str()).collect();
        let shown = names.iter().take(NAMES).copied().collect::<Vec<_>>().join(", ");
        let names = match names.len().saturating_sub(NAMES) {
            0 => shown,
            more => (texts.and_more)(&shown, &more.to_string()),
        };
        match reason {
            Reason::NotAPicture => (texts.not_a_picture)(&names),
            Reason::Unreadable => (texts.unreadable)(&names),
            Reason::TooMany => (texts.too_many)(&MAX_IMAGES.to_string(), &names),
            Reason::AlreadyThere => (texts.already_there)(&names),
            Reason::NotAnAddress => texts.not_an_address.to_owned(),
            Reason::AddressTooLong(max) => (texts.address_long)(&max.to_string()),
        }
    };
    reasons.into_iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn file(base64: &str) -> Picture {
        let base64 = base64.to_owned();
        Picture::File { name: base64.clone(), base64, width: 4, height: 3, bytes: 2, original: None }
    }

    #[test]
    fn five_are_taken_and_none_twice() {
        let mut pictures = Vec::new();
        for name in ["a", "b", "c", "d"] {
            assert_eq!(take(&mut pictures, file(name)), Ok(()));
        }
        assert_eq!(take(&mut pictures, file("b")), Err(Reason::AlreadyThere));
        let address = || Picture::Address("e.jpg".to_owned());
        assert_eq!(take(&mut pictures, address()), Ok(()));
        assert_eq!(take(&mut pictures, address()), Err(Reason::AlreadyThere));
        assert_eq!(take(&mut pictures, file("f")), Err(Reason::TooMany));
        assert_eq!(pictures.len(), MAX_IMAGES);
    }

    #[test]
    fn an_address_is_what_the_api_calls_one() {
        let check = |scheme: &str, rest: &str, expected| {
            assert_eq!(check_address(&format!("{scheme}{rest}")), expected, "{scheme}{rest:.40}");
        };
        check("https:", "//example.com/mug.jpg", Ok(()));
        check("http:", "//10.0.0.1/mug", Ok(()));
        check("", "example.com/mug.jpg", Err(Reason::NotAnAddress));
        check("data:", "image/png;base64,AAAA", Err(Reason::NotAnAddress));
        check("https:", "//example.com/a b.jpg", Err(Reason::NotAnAddress));
        check("https:", &format!("//example.com/{}", "a".repeat(9_000)), Err(Reason::AddressTooLong(2_000)));
    }

    #[test]
    fn a_file_is_a_picture_by_its_kind_or_its_name() {
        let check = |name, kind, expected| assert_eq!(is_called_a_picture(name, kind), expected, "{name}");
        check("mug.jpg", "image/jpeg", true);
        check("IMG_1.HEIC", "", true);
        check("notes.txt", "text/plain", false);
        check("mug", "", false);
    }

    #[test]
    fn each_reason_has_one_sentence() {
        let refusal = |name: &str, reason| RejectedPicture { name: name.to_owned(), reason };
        let refusals = [
            refusal("notes.txt", Reason::NotAPicture),
            refusal("a.heic", Reason::Unreadable),
            refusal("list.csv", Reason::NotAPicture),
            refusal("1.jpg", Reason::TooMany),
            refusal("2.jpg", Reason::TooMany),
            refusal("3.jpg", Reason::TooMany),
            refusal("4.jpg", Reason::TooMany),
            refusal("5.jpg", Reason::TooMany),
        ];
        assert_eq!(
            sentences(&refusals, Language::En.texts()),
            [
                "Not a picture: notes.txt, list.csv.",
                "This browser cannot read a.heic. Save it as JPEG or PNG and choose it again.",
                "Skipped, as 5 pictures is the maximum: 1.jpg, 2.jpg, 3.jpg and 2 more.",
            ]
        );
        assert_eq!(
            sentences(&refusals[7..], Language::Nl.texts()),
            ["Overgeslagen, want het maximum is 5 afbeeldingen: 5.jpg."]
        );
        assert!(sentences(&[], Language::En.texts()).is_empty());
    }
}
