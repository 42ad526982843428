//! Compresses each file with Brotli and gzip, for the server to send.

use std::io::{self, Write};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::files::Files;
use crate::parallel;

/// Extensions of files that are compressed already, so that compression makes them longer.
const COMPRESSED_ALREADY: [&str; 3] = ["ico", "png", "woff2"];

/// Adds a `.br` and a `.gz` for each file.
pub(crate) fn compress_all(files: &mut Files) -> anyhow::Result<()> {
    let suffixes = ["br", "gz"];
    let compressible = files.iter().filter(|(name, _)| !is_compressed(name));
    let wanted = compressible
        .flat_map(|(name, content)| suffixes.map(|suffix| (format!("{name}.{suffix}"), content.clone())))
        .collect();
    files.extend(parallel::map_files(wanted, |name, content| {
        Ok(if name.ends_with(".br") { brotli(&content) } else { gzip(&content) }?)
    })?);
    Ok(())
}

fn is_compressed(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| COMPRESSED_ALREADY.contains(&extension))
}

fn brotli(mut content: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_compressed_beside_itself_and_pictures_are_not() {
        let text = "the same again and again. ".repeat(100).into_bytes();
        let mut files =
            Files::from(["app/page.html", "icon.png"].map(|name| (name.to_owned(), text.clone())));
        compress_all(&mut files).expect("compressed");

        let names: Vec<_> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["app/page.html", "app/page.html.br", "app/page.html.gz", "icon.png"]);
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut files["app/page.html.br"].as_slice(), &mut plain).expect("brotli");
        assert_eq!(plain, text);
        let gzip = flate2::read::GzDecoder::new(files["app/page.html.gz"].as_slice());
        assert_eq!(io::read_to_string(gzip).expect("gzip").into_bytes(), text);
    }
}
