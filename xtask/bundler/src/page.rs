//! Parser of `index.html` and of Trunk's directives in it: `<link data-trunk rel="…" …>`.

use std::path::PathBuf;

use anyhow::{Context, bail};

const DIRECTIVE: &str = "<link data-trunk";

/// A page with its directives.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The text before the first directive.
    start: String,
    /// The directives, each with the text after it.
    assets: Vec<(Asset, String)>,
}

/// The asset that a directive names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asset {
    /// A style sheet whose text is put into the page.
    Inline(PathBuf),
    /// A script whose text is put into the page.
    Script(PathBuf),
    /// A file that is copied unchanged.
    Copy(PathBuf),
    /// The program that the page runs, by the name of its binary.
    Program(String),
    /// A program that a web worker runs, by the name of its binary.
    Worker(String),
}

impl Page {
    /// Parses a page. An unknown directive is an error, because nothing that Trunk does may be left out.
    pub(crate) fn parse(html: &str) -> anyhow::Result<Self> {
        let (start, mut rest) = html.split_at(html.find(DIRECTIVE).unwrap_or(html.len()));
        let mut assets = Vec::new();
        while let Some(after) = rest.strip_prefix(DIRECTIVE) {
            let (attributes, after) = after.split_once('>').context("a directive without an end")?;
            let (text, next) = after.split_at(after.find(DIRECTIVE).unwrap_or(after.len()));
            assets.push((Asset::parse(attributes)?, text.to_owned()));
            rest = next;
        }
        Ok(Self { start: start.to_owned(), assets })
    }

    /// The assets of the directives, in order.
    pub(crate) fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.assets.iter().map(|(asset, _)| asset)
    }

    /// The page with each directive replaced by the result of `place`.
    pub(crate) fn render(
        &self,
        mut place: impl FnMut(&Asset) -> anyhow::Result<String>,
    ) -> anyhow::Result<String> {
        self.assets.iter().try_fold(self.start.clone(), |html, (asset, text)| {
            // A line that becomes empty is removed.
            let placed = place(asset)?;
            Ok(html + &placed + if placed.is_empty() { text.trim_start() } else { text })
        })
    }
}

impl Asset {
    /// Parses the attributes of a directive.
    fn parse(attributes: &str) -> anyhow::Result<Self> {
        let attribute = |name: &str| {
            let (_, after) = attributes.split_once(&format!(" {name}=\""))?;
            after.split_once('"').map(|(value, _)| value)
        };
        let required = |name| attribute(name).with_context(|| format!("no {name} in <link{attributes}>"));
        Ok(match (required("rel")?, attribute("data-type")) {
            ("inline", None) if required("href")?.ends_with(".css") => Self::Inline(required("href")?.into()),
            ("inline", None) if required("href")?.ends_with(".js") => Self::Script(required("href")?.into()),
            ("copy-file", None) => Self::Copy(required("href")?.into()),
            ("rust", None) => Self::Program(required("data-bin")?.to_owned()),
            ("rust", Some("worker")) => Self::Worker(required("data-bin")?.to_owned()),
            _ => bail!("<link{attributes}> is not known to the bundler"),
        })
    }
}

/// The element with the script `text`, without the lines that are comments and the indentation.
pub(crate) fn inline_script(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    format!("<script>{}</script>", lines.collect::<Vec<_>>().join("\n"))
}

/// The HTML that loads and starts the program `name` in `folder`. It requests both files at once.
pub(crate) fn load_program(folder: &str, name: &str) -> String {
    let (script, wasm) = (format!("/{folder}/{name}.js"), format!("/{folder}/{name}_bg.wasm"));
    format!(
        "<link rel=\"modulepreload\" href=\"{script}\">\
         <link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" \
         fetchpriority=\"high\" crossorigin>\
         <script type=\"module\">import init from '{script}'; await init({{ module_or_path: '{wasm}' }});</script>"
    )
}

/// The script of a module worker that starts the program `name`.
pub(crate) fn load_worker(name: &str) -> String {
    format!("import init from '/{name}.js'; await init({{ module_or_path: '/{name}_bg.wasm' }});")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_found_and_replaced() {
        let html = "<head>\n\
            <link rel=\"icon\" href=\"/icon.svg\">\n\
            <link data-trunk rel=\"copy-file\" href=\"public/icon.svg\">\n\
            <link data-trunk rel=\"inline\" href=\"style/main.css\">\n\
            <link data-trunk rel=\"rust\" data-bin=\"app\" data-wasm-opt=\"z\">\n\
            <link data-trunk rel=\"rust\" href=\"crates/c\" data-bin=\"sheets\" data-type=\"worker\">\n\
            </head>";
        let page = Page::parse(html).expect("a page");
        let html = page.render(|asset| {
            Ok(match asset {
                Asset::Copy(path) => {
                    assert_eq!(path, &PathBuf::from("public/icon.svg"));
                    String::new()
                }
                asset => format!("{asset:?}"),
            })
        });
        assert_eq!(
            html.expect("a page"),
            "<head>\n<link rel=\"icon\" href=\"/icon.svg\">\n\
             Inline(\"style/main.css\")\nProgram(\"app\")\nWorker(\"sheets\")\n</head>"
        );
    }

    #[test]
    fn a_script_is_put_into_the_page_without_its_comments() {
        let page = Page::parse(r#"<link data-trunk rel="inline" href="early.js">"#).expect("a page");
        assert_eq!(page.assets().collect::<Vec<_>>(), [&Asset::Script("early.js".into())]);
        let script = "// What it does.\n(() => {\n    // Why.\n    const a = \"//\"; // b\n\n})();\n";
        assert_eq!(inline_script(script), "<script>(() => {\nconst a = \"//\"; // b\n})();</script>");
    }

    #[test]
    fn an_unknown_directive_is_an_error() {
        for unknown in [r#"rel="sass" href="a.scss""#, r#"rel="inline" href="a.svg""#, r#"rel="rust""#, ""] {
            let html = format!("<link data-trunk {unknown}>");
            assert!(Page::parse(&html).is_err(), "{html}");
        }
    }

    #[test]
    fn the_real_page_is_understood() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let page = Page::parse(&fs_err::read_to_string(format!("{folder}/index.html")).expect("a file"));
        let assets = page.expect("a page").assets;
        let count = |wanted: fn(&Asset) -> bool| assets.iter().filter(|(asset, _)| wanted(asset)).count();
        assert_eq!(count(|asset| matches!(asset, Asset::Program(_))), 1);
        assert_eq!(count(|asset| matches!(asset, Asset::Worker(_))), 1);
    }
}
