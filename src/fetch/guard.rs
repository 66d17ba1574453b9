//! Whom we contact: globally reachable unicast addresses on the usual ports, and what a source's own entry allows.
//!
//! Three locks, for none is enough alone: the address as written, the addresses that a name resolves to, the peer that answered.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::settings::Settings;
use crate::model::source::Source;

/// Why an address is not contacted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    /// Neither http nor https.
    #[error("the scheme \"{0}\" is not fetched")]
    Scheme(String),
    /// No host, or credentials in the address.
    #[error("the address has no host, or carries a user name")]
    Shape,
    /// Neither 80, nor 443, nor the port of the source.
    #[error("port {0} is neither 80, 443 nor the one in the source's address")]
    Port(u16),
    /// An address, or a name with no other address than such.
    #[error("\"{0}\" is not a public address")]
    Private(String),
}

/// How an address is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// By name or public literal; whatever else the name resolves to is dropped.
    Public,
    /// The exact address of a source that may be private.
    Private,
    /// The loopback socket that the host table names.
    Table(SocketAddr),
    /// A host that is missing in the host table, where there is one.
    Missing,
}

/// The way to an address that `source` leads to. `own` says that it is the source's own document, before any redirect.
pub fn route(url: &Url, source: &Source, own: bool, settings: &Settings) -> Result<Route, Barred> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Barred::Scheme(url.scheme().to_string()));
    }
    let (Some(host), true) = (url.host(), url.username().is_empty() && url.password().is_none()) else {
        return Err(Barred::Shape);
    };
    let port = url.port_or_known_default().unwrap_or(0);
    if !matches!(port, 80 | 443) && Some(port) != source.url.port() {
        return Err(Barred::Port(port));
    }
    if own
        && source.allow_private
        && url.host() == source.url.host()
        && url.port_or_known_default() == source.url.port_or_known_default()
    {
        return Ok(Route::Private);
    }
    if is_barred(&host) {
        return Err(Barred::Private(host.to_string()));
    }
    let name = name(&host);
    match settings.hosts.get(&name) {
        Some(socket) => Ok(Route::Table(*socket)),
        None if settings.hosts.is_empty() || settings.names.contains_key(&name) => Ok(Route::Public),
        None => Ok(Route::Missing),
    }
}

/// Whether an address could be contacted, by what is written in it alone: a name may still lead to where we do not go.
pub fn is_written_public(url: &Url) -> Result<(), Barred> {
    match url.host() {
        Some(host) if is_barred(&host) => Err(Barred::Private(host.to_string())),
        _ => Ok(()),
    }
}

/// The host without the dot that may end it.
fn name<T: AsRef<str> + fmt::Display>(host: &Host<T>) -> String {
    host.to_string().trim_end_matches('.').to_string()
}

fn is_barred<T: AsRef<str> + fmt::Display>(host: &Host<T>) -> bool {
    match host {
        Host::Ipv4(address) => !is_global(IpAddr::V4(*address)),
        Host::Ipv6(address) => !is_global(IpAddr::V6(*address)),
        Host::Domain(_) => {
            let name = name(host);
            name == "localhost" || name.ends_with(".localhost")
        }
    }
}

/// Whether an address is unicast and globally reachable by the IANA special-purpose registries (as of 2026).
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_global_v4(address),
        IpAddr::V6(address) => is_global_v6(address),
    }
}

/// Blocks that are not globally reachable, of <https://www.iana.org/assignments/iana-ipv4-special-registry/>, and multicast.
const BARRED_V4: [(Ipv4Addr, u32); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
    (Ipv4Addr::new(255, 255, 255, 255), 32),
];

/// The two addresses within 192.0.0.0/24 that the registry calls globally reachable.
const OPEN_V4: [Ipv4Addr; 2] = [Ipv4Addr::new(192, 0, 0, 9), Ipv4Addr::new(192, 0, 0, 10)];

fn is_global_v4(address: Ipv4Addr) -> bool {
    let within = |(base, bits): &(Ipv4Addr, u32)| (address.to_bits() ^ base.to_bits()) >> (32 - bits) == 0;
    OPEN_V4.contains(&address) || !BARRED_V4.iter().any(within)
}

/// Blocks within 2000::/3 that are not globally reachable, of
/// <https://www.iana.org/assignments/iana-ipv6-special-registry/>. 2002::/16 embeds any IPv4 address and is left out with them.
const BARRED_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Blocks within 2001::/23 that the registry calls globally reachable.
const OPEN_V6: [(Ipv6Addr, u32); 7] = [
    (Ipv6Addr::new(0x2001, 1, 0, 0, 0, 0, 0, 1), 128),
    (Ipv6Addr::new(0x2001, 1, 0, 0, 0, 0, 0, 2), 128),
    (Ipv6Addr::new(0x2001, 1, 0, 0, 0, 0, 0, 3), 128),
    (Ipv6Addr::new(0x2001, 3, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2001, 4, 0x112, 0, 0, 0, 0, 0), 48),
    (Ipv6Addr::new(0x2001, 0x20, 0, 0, 0, 0, 0, 0), 28),
    (Ipv6Addr::new(0x2001, 0x30, 0, 0, 0, 0, 0, 0), 28),
];

/// Global unicast is 2000::/3; everything else is local, embedded or not yet given out.
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// IPv4 seen through a translator: as reachable as the IPv4 address within.
const TRANSLATED: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

fn is_global_v6(address: Ipv6Addr) -> bool {
    let within = |(base, bits): &(Ipv6Addr, u32)| (address.to_bits() ^ base.to_bits()) >> (128 - bits) == 0;
    if within(&TRANSLATED) {
        let [.., a, b, c, d] = address.octets();
        return is_global_v4(Ipv4Addr::new(a, b, c, d));
    }
    within(&GLOBAL_V6) && (OPEN_V6.iter().any(within) || !BARRED_V6.iter().any(within))
}

/// Resolves names and drops every address that we do not contact, so that a name that changes its mind gains nothing.
pub struct GuardedResolver {
    /// Names that are not asked of this machine's resolver; see `Settings::names`.
    known: Arc<BTreeMap<String, Vec<IpAddr>>>,
}

impl GuardedResolver {
    /// With the names that the settings know beforehand.
    pub fn new(settings: &Settings) -> Self {
        Self { known: Arc::new(settings.names.clone()) }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let known = self.known.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = match known.get(name.as_str().trim_end_matches('.')) {
                Some(addresses) => addresses.iter().map(|address| SocketAddr::new(*address, 0)).collect(),
                None => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
            };
            if found.is_empty() {
                return Err("the name has no address".into());
            }
            let public = public_only(name.as_str(), found)?;
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

fn public_only(name: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Barred> {
    let public: Vec<SocketAddr> = found.into_iter().filter(|address| is_global(address.ip())).collect();
    if public.is_empty() { Err(Barred::Private(name.to_string())) } else { Ok(public) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::tests::source;

    fn at(own: &str, allow_private: bool, url: &str) -> Result<Route, Barred> {
        let source = Source { allow_private, ..source(own) };
        route(&url.parse().unwrap(), &source, url == own, &Settings::default())
    }

    #[test]
    fn only_globally_reachable_unicast_addresses_are_global() {
        let global = "8.8.8.8 1.1.1.1 192.0.0.9 192.31.196.1 172.32.0.1 100.128.0.1 198.20.0.1 2606:4700::1111 2001:4860:4860::8888 \
            2001:1::1 2001:20::1 2001:200::1 2620:4f:8000::1 64:ff9b::8.8.8.8";
        for address in global.split_whitespace() {
            assert!(is_global(address.parse().unwrap()), "{address}");
        }
        let barred = "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 \
            172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 \
            239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 \
            64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:2::1 2001:10::1 2001:db8::1 2002:7f00:1::1 3fff::1 5f00::1 fc00::1 \
            fd00::1 fe80::1 fec0::1 ff02::1 4000::1";
        for address in barred.split_whitespace() {
            assert!(!is_global(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn addresses_written_in_disguise_are_barred() {
        for url in [
            "http://127.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://[::ffff:127.0.0.1]/",
            "http://localhost/",
            "http://a.localhost./",
            "http://169.254.169.254/latest",
            "http://[fd00::1]/",
            "http://１２７.0.0.1/",
        ] {
            assert!(matches!(at("https://a.example/", false, url), Err(Barred::Private(_))), "{url}");
        }
    }

    #[test]
    fn schemes_ports_and_credentials_are_checked() {
        assert_eq!(at("https://a.example/", false, "file:///etc/passwd"), Err(Barred::Scheme("file".into())));
        assert_eq!(at("https://a.example/", false, "ftp://b.example/"), Err(Barred::Scheme("ftp".into())));
        assert_eq!(at("https://a.example/", false, "https://u:p@a.example/"), Err(Barred::Shape));
        assert_eq!(at("https://a.example/", false, "https://a.example:22/"), Err(Barred::Port(22)));
        assert_eq!(at("https://a.example/", false, "http://a.example:443/"), Ok(Route::Public));
        assert_eq!(at("https://a.example:8443/", false, "https://a.example:8443/x"), Ok(Route::Public));
    }

    #[test]
    fn the_private_exception_is_for_the_source_alone() {
        let own = "http://127.0.0.1:9000/feed";
        assert_eq!(at(own, true, own), Ok(Route::Private));
        assert!(at(own, false, own).is_err());
        // A redirect or an item of the same host is not the source's own address.
        assert!(at(own, true, "http://127.0.0.1:9000/other").is_err());
        assert!(at(own, true, "http://127.0.0.1:9001/feed").is_err());
    }

    #[test]
    fn a_name_keeps_its_public_addresses_alone() {
        let parse = |list: &[&str]| list.iter().map(|text| text.parse().unwrap()).collect::<Vec<SocketAddr>>();
        let mixed = parse(&["10.0.0.1:0", "8.8.8.8:0", "[::1]:0"]);
        assert_eq!(public_only("a.example", mixed), Ok(parse(&["8.8.8.8:0"])));
        assert_eq!(public_only("a.example", parse(&["127.0.0.1:0"])), Err(Barred::Private("a.example".into())));
    }

    #[test]
    fn a_host_table_leaves_no_other_way_out() {
        let hosts = BTreeMap::from([("a.example".to_string(), "127.0.0.1:5000".parse().unwrap())]);
        let settings = Settings { hosts, ..Settings::default() };
        let source = source("https://a.example/feed");
        let to = |url: &str| route(&url.parse().unwrap(), &source, false, &settings);
        assert_eq!(to("https://a.example/x"), Ok(Route::Table("127.0.0.1:5000".parse().unwrap())));
        assert_eq!(to("https://A.example./x"), Ok(Route::Table("127.0.0.1:5000".parse().unwrap())));
        assert_eq!(to("https://b.example/x"), Ok(Route::Missing));
        assert!(to("http://127.0.0.1:5000/").is_err());
    }
}
