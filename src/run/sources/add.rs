//! Adds one source by its address: a feed, the feed that a page leads to, or a page with proposed selectors.

use jiff::Timestamp;
use url::Url;

use super::{Book, NotDone};
use crate::cli::{Addition, Options};
use crate::fetch::{self, Advertised, Fetcher, Request};
use crate::model::article::Article;
use crate::model::fetched::{Fetched, Purpose, Validators, Verdict};
use crate::model::source::{Selectors, Source, SourceKind};
use crate::read::{self, Bytes};
use crate::run::{Outcome, RunError, Streams, say, tell};
use crate::sources;
use crate::sources::edit::{self, Additions, Entry, tidy};

/// Feeds that a page leads to which are asked before we give up: hosts are asked one at a time, with gaps.
const MOST_TRIED: usize = 4;

/// Items that an editor judges selectors by.
const SHOWN: usize = 5;

/// The group where nothing is known of an outlet.
const GROUP: &str = "tech-press";

/// What was found at an address.
struct Found {
    entry: Entry,
    articles: Vec<Article>,
    /// Other feeds that the page leads to.
    others: Vec<Advertised>,
}

/// Looks at an address and adds what it finds there to `feeds.toml`, unless the wish says that nothing is to be written.
pub async fn add(
    options: &Options,
    wish: &Addition,
    fetcher: &Fetcher,
    now: Timestamp,
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    let book = Book::open(options)?;
    let search = Search::new(&book, wish, fetcher, now)?;
    tell(streams.talk, &format!("looking at {}", wish.url));
    let found = search.find(streams).await?;
    let mut additions = book.additions();
    let id = additions.add(&found.entry);
    let is_guess = matches!(found.entry.kind, SourceKind::Page(_));
    if wish.dry_run || is_guess {
        write!(streams.output, "{}", additions.written()).map_err(RunError::Output)?;
    }
    show(&found, wish.dry_run, streams)?;
    match (wish.dry_run, is_guess && !wish.yes) {
        (true, _) => Ok(Outcome::Done),
        (false, true) => Err(NotDone::Guess.into()),
        (false, false) => {
            book.save(additions, streams)?;
            say(streams, &format!("added     {id}  {}", found.entry.url))?;
            Ok(Outcome::Done)
        }
    }
}

/// Tells what the source gives, and what else there was. Beside a table that was asked for, all this is talk.
fn show(found: &Found, as_talk: bool, streams: &mut Streams<'_>) -> Result<(), RunError> {
    let mut lines = vec![format!("items     {}", found.articles.len())];
    lines.extend(found.articles.iter().take(SHOWN).map(|article| {
        let date = article.claimed.map_or_else(|| "no date".to_string(), |when| when.date().to_string());
        format!("          {date}  \"{}\"  {}", article.title, article.url.as_deref().unwrap_or("no address"))
    }));
    lines.extend(found.others.iter().map(|other| format!("other     {}  \"{}\"", other.url, tidy(&other.title))));
    lines.into_iter().try_for_each(|line| {
        if as_talk {
            tell(streams.talk, &line);
            return Ok(());
        }
        say(streams, &line)
    })
}

struct Search<'a> {
    book: &'a Book,
    known: Additions<'a>,
    wish: &'a Addition,
    group: String,
    fetcher: &'a Fetcher,
    now: Timestamp,
}

impl<'a> Search<'a> {
    fn new(book: &'a Book, wish: &'a Addition, fetcher: &'a Fetcher, now: Timestamp) -> Result<Self, NotDone> {
        let neighbour = book.sources.iter().find(|source| domain(&source.url) == domain(&wish.url));
        let own = neighbour.map_or(GROUP, |source| source.group.as_str());
        let group = wish.group.as_deref().unwrap_or(own);
        let group = edit::group(group).map_err(|reason| NotDone::NoGroup(group.to_string(), reason))?;
        if let Some(id) = &wish.id {
            edit::id(id).map_err(|reason| NotDone::Wish(format!("\"{id}\" cannot be an id: {reason}")))?;
            if book.sources.iter().any(|source| source.id == *id) {
                return Err(NotDone::Wish(format!("the id \"{id}\" is taken; choose another, or leave --id out")));
            }
        }
        edit::url(&wish.url).map_err(|reason| NotDone::Wish(format!("\"{}\" cannot be read: {reason}", wish.url)))?;
        Ok(Self { book, known: book.additions(), wish, group, fetcher, now })
    }

    async fn find(&self, streams: &mut Streams<'_>) -> Result<Found, NotDone> {
        self.refuse_known(&self.wish.url)?;
        let fetched = self.look(&self.wish.url).await?;
        self.refuse_known(&address(&fetched))?;
        if fetch::is_feed(&fetched.body) {
            return self.feed(&fetched).map_err(|verdict| refused(&fetched, verdict));
        }
        let leads = self.leads(&fetched);
        let told = !leads.is_empty();
        if let Some(found) = self.first_feed(&leads, MOST_TRIED, streams).await? {
            return Ok(found);
        }
        if !told {
            let bare = |url| Advertised { url, title: String::new() };
            let guesses: Vec<Advertised> = fetch::likely(&fetched.final_url).into_iter().map(bare).collect();
            if let Some(found) = self.first_feed(&guesses, guesses.len(), streams).await? {
                return Ok(Found { others: Vec::new(), ..found });
            }
        }
        self.page(&fetched)
    }

    fn refuse_known(&self, url: &Url) -> Result<(), NotDone> {
        match self.known.known(url) {
            Some(id) => Err(NotDone::Known(url.clone(), id.to_string())),
            None => Ok(()),
        }
    }

    /// Asks as for a page, which takes a feed as well: the answer decides what it is.
    async fn look(&self, url: &Url) -> Result<Fetched, NotDone> {
        let wish = &self.wish.url;
        let same_host = (wish.host_str(), wish.port_or_known_default()) == (url.host_str(), url.port_or_known_default());
        let is_own = self.wish.allow_private && same_host;
        // The guard lets a private address pass where it is the source's own, and the port that the editor wrote.
        let of = if is_own { url } else { wish };
        let entry = Entry { allow_private: is_own, kind: SourceKind::Page(any()), ..Entry::feed(of.clone(), "", &self.group) };
        let refused = |verdict, detail| NotDone::Refused { url: url.clone(), verdict, detail };
        let Some(source) = source(&entry) else { return Err(refused(Verdict::Forbidden, None)) };
        let request =
            Request { source: source.into(), purpose: Purpose::Feed, url: url.clone(), validators: Validators::default() };
        let mut looks = self.fetcher.fetch(vec![request], self.now);
        let fetched = looks.recv().await.ok_or_else(|| refused(Verdict::Unreachable, None))?;
        match fetched.verdict {
            Verdict::Fresh => Ok(fetched),
            verdict => Err(refused(verdict, fetched.detail)),
        }
    }

    /// The feeds that a page names, best first.
    fn leads(&self, page: &Fetched) -> Vec<Advertised> {
        let mut leads = fetch::advertised(&page.body, &page.final_url);
        if leads.is_empty() {
            leads = fetch::linked(&page.body, &page.final_url);
        }
        leads.retain(|lead| lead.url != page.final_url && lead.url != page.url);
        let title = fetch::page_title(&page.body).to_lowercase();
        leads.sort_by_key(|lead| rank(lead, &title, &page.final_url));
        leads
    }

    /// The first that is a feed indeed; the others are named beside it. A feed that is there already ends the search.
    async fn first_feed(&self, leads: &[Advertised], most: usize, streams: &mut Streams<'_>) -> Result<Option<Found>, NotDone> {
        for lead in leads.iter().take(most) {
            self.refuse_known(&lead.url)?;
            tell(streams.talk, &format!("trying {}", lead.url));
            let Ok(fetched) = self.look(&lead.url).await else { continue };
            if !fetch::is_feed(&fetched.body) {
                continue;
            }
            self.refuse_known(&address(&fetched))?;
            if let Ok(found) = self.feed(&fetched) {
                let others = leads.iter().filter(|other| other.url != lead.url).cloned().collect();
                return Ok(Some(Found { others, ..found }));
            }
        }
        Ok(None)
    }

    fn feed(&self, fetched: &Fetched) -> Result<Found, read::Unreadable> {
        let about = read::about(bytes(fetched))?;
        let lang = about.language.map(|lang| lang.trim().replace('_', "-"));
        let entry = Entry { lang, ..self.entry(fetched, &about.title) };
        let articles = self.articles(fetched, &entry)?;
        Ok(Found { entry, articles, others: Vec::new() })
    }

    fn page(&self, fetched: &Fetched) -> Result<Found, NotDone> {
        let Some(selectors) = read::propose(bytes(fetched)) else {
            return Err(match asks_for_password(&fetched.body) {
                true => NotDone::Refused { url: fetched.url.clone(), verdict: Verdict::Wall, detail: None },
                false => NotDone::NoList(fetched.url.clone()),
            });
        };
        let entry = self.entry(fetched, &fetch::page_title(&fetched.body));
        let mut entry = Entry { kind: SourceKind::Page(selectors), ..entry };
        let articles = self.articles(fetched, &entry).map_err(|unreadable| refused(fetched, unreadable))?;
        entry.lang = articles.first().map(|article| article.lang.clone()).filter(|lang| lang != "und");
        Ok(Found { entry, articles, others: Vec::new() })
    }

    fn entry(&self, fetched: &Fetched, title: &str) -> Entry {
        let url = address(fetched);
        let outlet = self.book.sources.iter().find(|source| domain(&source.url) == domain(&url));
        let title = self.wish.title.clone().unwrap_or_else(|| tidy(title));
        Entry {
            id: self.wish.id.clone(),
            outlet: outlet.map(|source| source.outlet.clone()),
            allow_private: self.wish.allow_private,
            ..Entry::feed(url, &title, &self.group)
        }
    }

    fn articles(&self, fetched: &Fetched, entry: &Entry) -> Result<Vec<Article>, read::Unreadable> {
        let nothing = read::Unreadable { verdict: Verdict::NotAFeed, detail: None };
        let source = source(entry).ok_or(nothing)?;
        Ok(read::document(bytes(fetched), &source, self.now)?.articles)
    }
}

/// The source that an entry makes, read as from the file.
fn source(entry: &Entry) -> Option<Source> {
    let mut additions = Additions::to("", &[]);
    additions.add(entry);
    sources::read(&additions.finish().ok()?, "feeds.toml").ok()?.pop()
}

/// Where it is to be asked from now on: where permanent redirects led, or where it was asked.
fn address(fetched: &Fetched) -> Url {
    fetched.moved.clone().unwrap_or_else(|| fetched.url.clone())
}

fn bytes(fetched: &Fetched) -> Bytes<'_> {
    Bytes { body: &fetched.body, content_type: fetched.content_type.as_deref(), url: &fetched.final_url, hash: "" }
}

fn refused(fetched: &Fetched, unreadable: read::Unreadable) -> NotDone {
    NotDone::Refused { url: fetched.url.clone(), verdict: unreadable.verdict, detail: unreadable.detail }
}

/// Selectors that no page is read by: what they stand for is that a page is welcome.
fn any() -> Selectors {
    Selectors { item: "a".to_string(), link: "a".to_string(), title: None, date: None, summary: None }
}

/// How good a feed seems, less is better: no comments, the page's own name, the page's own site.
fn rank(lead: &Advertised, page_title: &str, page: &Url) -> (bool, bool, bool) {
    const COMMENTS: [&str; 8] = ["comment", "kommentar", "commentaire", "comentario", "replies", "评论", "評論", "コメント"];
    let title = lead.title.to_lowercase();
    let address = lead.url.as_str().to_lowercase();
    let comments = COMMENTS.iter().any(|word| title.contains(word) || address.contains(word));
    let plain = title.split(['|', '»', '–', '-', '(']).next().unwrap_or("").trim().to_string();
    let own = plain.chars().count() >= 3 && page_title.contains(&plain);
    (comments, !own, domain(&lead.url) != domain(page))
}

fn domain(url: &Url) -> &str {
    let host = url.host_str().unwrap_or("");
    match url.host() {
        Some(url::Host::Domain(_)) => psl::domain_str(host).unwrap_or(host),
        _ => host,
    }
}

fn asks_for_password(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body).to_ascii_lowercase();
    ["type=\"password\"", "type='password'", "type=password"].iter().any(|mark| text.contains(mark))
}
