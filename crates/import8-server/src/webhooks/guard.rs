//! The check of a webhook's address. Without it, a webhook could make the server send requests to machines that only
//! its own network reaches (server-side request forgery).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

/// The policy for addresses: the public internet, and this machine if that is allowed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Guard {
    /// Whether addresses of this machine itself are allowed, for development.
    pub allow_loopback: bool,
}

/// An address whose name was looked up and checked.
#[derive(Debug)]
pub struct Target {
    /// The address as given.
    pub url: Url,
    /// Its host, as the HTTP client looks it up.
    pub host: String,
    /// The checked IP addresses of the host. Connect to these only.
    pub addresses: Vec<SocketAddr>,
}

/// The reason why an address is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// It is not an address.
    #[error("must be an http or https address")]
    NotAnAddress,
    /// It contains a user name or password.
    #[error("must not carry credentials")]
    Credentials,
    /// It is, or resolves to, an address that is not on the public internet.
    #[error("must be an address of the public internet, which {0} is not")]
    NotPublic(String),
    /// The name does not resolve.
    #[error("{0} could not be found")]
    Unknown(String),
}

impl Guard {
    /// Checks an address without looking its name up. Call it when a webhook is set.
    ///
    /// # Errors
    /// The reason why the address is refused.
    pub fn check(self, text: &str) -> Result<Url, Forbidden> {
        let url = Url::parse(text).map_err(|_| Forbidden::NotAnAddress)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Forbidden::NotAnAddress);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Forbidden::Credentials);
        }
        match url.host().ok_or(Forbidden::NotAnAddress)? {
            Host::Ipv4(ip) => self.check_ip(ip.into())?,
            Host::Ipv6(ip) => self.check_ip(ip.into())?,
            Host::Domain(name) => self.check_name(name)?,
        }
        Ok(url)
    }

    /// Looks an address up and checks every IP address of its name. Call it before each delivery.
    ///
    /// # Errors
    /// The reason why the address is refused.
    pub async fn resolve(self, text: &str) -> Result<Target, Forbidden> {
        let url = self.check(text)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let port = url.port_or_known_default().unwrap_or(443);
        let name = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let found = tokio::net::lookup_host((name.as_str(), port)).await;
        let addresses: Vec<SocketAddr> = found.map_err(|_| Forbidden::Unknown(name.clone()))?.collect();
        if addresses.is_empty() {
            return Err(Forbidden::Unknown(name));
        }
        addresses.iter().try_for_each(|address| self.check_ip(address.ip()))?;
        Ok(Target { url, host, addresses })
    }

    /// Checks a host name. `localhost` and every name below it are this machine (RFC 6761).
    fn check_name(self, name: &str) -> Result<(), Forbidden> {
        // A URL may have any character in its host; names in the DNS have only these.
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')) {
            return Err(Forbidden::NotAnAddress);
        }
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let is_local = name == "localhost" || name.ends_with(".localhost");
        if is_local && !self.allow_loopback { Err(Forbidden::NotPublic(name)) } else { Ok(()) }
    }

    fn check_ip(self, ip: IpAddr) -> Result<(), Forbidden> {
        let is_allowed = is_public(ip) || (self.allow_loopback && ip.to_canonical().is_loopback());
        if is_allowed { Ok(()) } else { Err(Forbidden::NotPublic(ip.to_string())) }
    }
}

/// Whether an address is on the public internet: it is not special (RFC 6890) and does not embed a special one.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match embedded_v4(ip) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = match (a, b, c) {
        // This network; private; loopback; link-local; multicast and reserved.
        (0 | 10 | 127 | 224.., _, _) | (169, 254, _) | (192, 168, _) => true,
        (172, 16..=31, _) => true,
        // Shared by a provider's customers; benchmarks.
        (100, 64..=127, _) | (198, 18 | 19, _) => true,
        // The host of a virtual machine, which only that machine reaches.
        (168, 63, 129) => true,
        // Protocol assignments, documentation, relays.
        (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (192, 88, 99) => true,
        _ => false,
    };
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // Only 2000::/3 is assigned, apart from documentation, benchmarks and protocol assignments within it.
    let is_global = a & 0xe000 == 0x2000;
    let is_special = matches!((a, b), (0x2001, 0x0000..=0x01ff | 0x0db8) | (0x3fff, 0x0000..=0x0fff));
    is_global && !is_special
}

/// The IPv4 address that an IPv6 address embeds: mapped, compatible, translated (NAT64) or 6to4.
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match (a, b, c, d, e, f) {
        (0, 0, 0, 0, 0, 0 | 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => Some(v4(g, h)),
        (0x2002, high, low, ..) => Some(v4(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, is_allowed: bool) {
        let checked = Guard::default().check(url);
        assert_eq!(checked.is_ok(), is_allowed, "{url}: {checked:?}");
    }

    #[test]
    fn only_the_public_internet_may_be_spoken_to() {
        for url in [
            "https://example.com/webhook",
            "http://example.com:8080/",
            "https://93.184.216.34/",
            "https://[2606:2800:220:1:248:1893:25c8:1946]/",
            "https://172.15.0.1/",
            "https://172.32.0.1/",
        ] {
            check(url, true);
        }
        for url in [
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://user:secret@example.com/",
            "https://example.com*/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://0/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://x.localhost/",
            "https://10.1.2.3/",
            "https://172.16.0.1/",
            "https://172.31.255.255/",
            "https://192.168.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://168.63.129.16/",
            "https://100.64.0.1/",
            "https://198.18.0.1/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:a00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://[fd12:3456::1]/",
            "https://[ff02::1]/",
            "https://[2001:db8::1]/",
            "https://[2001::1]/",
        ] {
            check(url, false);
        }
    }

    #[test]
    fn a_flag_opens_loopback_and_nothing_else() {
        let guard = Guard { allow_loopback: true };
        for url in ["http://127.0.0.1:9000/", "http://localhost:9000/", "http://[::1]:9000/"] {
            assert!(guard.check(url).is_ok(), "{url}");
        }
        for url in ["http://10.0.0.1/", "http://169.254.169.254/", "http://[::ffff:10.0.0.1]/"] {
            assert!(guard.check(url).is_err(), "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_is_judged_by_what_it_stands_for() {
        let refused = Guard::default().resolve("http://127.0.0.1.:80/").await;
        assert!(refused.is_err(), "{refused:?}");
        let open = Guard { allow_loopback: true }.resolve("http://localhost:9000/hook").await;
        let target = open.expect("this machine");
        assert!(target.addresses.iter().all(|address| address.ip().is_loopback()));
        assert!(Guard::default().resolve("http://nobody.invalid/").await.is_err());
    }
}
