//! Runs work on many files on all cores.

use std::sync::Mutex;
use std::thread;

use crate::files::Files;

/// Calls `work` with each file, the longest first, and collects the results. The first error ends it.
pub(crate) fn map_files(
    files: Files,
    work: impl Fn(&str, Vec<u8>) -> anyhow::Result<Vec<u8>> + Sync,
) -> anyhow::Result<Files> {
    let mut queue: Vec<_> = files.into_iter().collect();
    // The queue is taken from its end.
    queue.sort_by_key(|(_, content)| content.len());
    let queue = Mutex::new(queue);
    let next = || queue.lock().ok()?.pop();
    let threads = thread::available_parallelism().map_or(1, Into::into);
    let worker = || -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let mut done = Vec::new();
        while let Some((name, content)) = next() {
            let content = work(&name, content)?;
            done.push((name, content));
        }
        Ok(done)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_fold(Files::new(), |mut all, worker| {
            all.extend(worker.join().map_err(|_| anyhow::anyhow!("a worker ended in the middle"))??);
            Ok(all)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_worked_on_and_an_error_is_told() {
        let files: Files = (0..100_u8).map(|number| (format!("{number}"), vec![number])).collect();
        let done = map_files(files.clone(), |_, content| Ok(vec![content[0] + 1])).expect("done");
        assert_eq!(done.len(), 100);
        assert!(files.iter().all(|(name, content)| done[name] == [content[0] + 1]));
        let failed = map_files(files, |name, content| {
            anyhow::ensure!(name != "57", "the wrong number");
            Ok(content)
        });
        assert_eq!(failed.expect_err("an error").to_string(), "the wrong number");
    }
}
