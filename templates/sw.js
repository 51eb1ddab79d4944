// The service worker: pages that were read, and the files they are made of, for times without a network.
// A page comes from the network whenever there is one; only files whose name changes with their content come from here.
// Each set of static files has a cache of its own. A page stays in it, with the files it needs, until it is fetched again.
const CACHE = "hub-{{ version }}";
const OFFLINE = "{% url 'offline' %}";
const MOST_PAGES = 400;
const HASHED = /^\/static\/.*\.[0-9a-f]{12}\.\w+$|^\/images\/[0-9a-f]{32}-\d+x\d+\.webp$/;
const QUESTION = /^\/questions\/[A-Z]+-[A-Z]+-\d+\//;
const NAMED = /(?:href|src)="(\/static\/[^"]+\.(?:css|js|svg)|\/images\/[^"]+\.webp)"/g;
// What pages answer to. Any other parameter, such as one that tells where a link was found, leads to the same page.
const PARAMETERS = new Set("{{ parameters|join:' ' }}".split(" "));

const isFile = ({ pathname }) => HASHED.test(pathname);
// Addresses of pages end in a slash, and so do those of the answers that `panel.js` fetches; the editors' desk is not ours.
const isPage = ({ pathname }) => pathname.endsWith("/") && !pathname.startsWith("{% url 'admin:index' %}");
const isOurs = (request, url) => request.method === "GET" && url.origin === location.origin;

const keyOf = (address) => {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) if (!PARAMETERS.has(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  url.hash = "";
  return url.href;
};

// What was kept, from the oldest to the newest.
const versions = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("hub-") && name !== CACHE);
  return Promise.all([...names, CACHE].map(async (name) => ({ name, cache: await caches.open(name) })));
};

const pagesIn = async (cache) => {
  const urls = (await cache.keys()).map(({ url }) => new URL(url));
  return urls.filter((url) => isPage(url) && url.pathname !== OFFLINE);
};

// An older version without pages has no use any more.
const tidy = async () => {
  const pages = [];
  for (const { name, cache } of await versions()) {
    const urls = await pagesIn(cache);
    if (!urls.length && name !== CACHE) await caches.delete(name);
    pages.push(...urls.map((url) => ({ cache, url })));
  }
  await Promise.all(pages.slice(0, -MOST_PAGES).map(({ cache, url }) => cache.delete(url)));
};

const keepFile = async (url) => {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(url))) await cache.add(url);
};

const keepPage = async (key, response) => {
  const named = [...(await response.clone().text()).matchAll(NAMED)].map(([, path]) => path);
  // A list has the images of all its questions, folded away: they come when somebody opens one.
  const files = QUESTION.test(new URL(key, location).pathname) ? named : named.filter((path) => !path.startsWith("/images/"));
  await (await caches.open(CACHE)).put(key, response);
  await Promise.allSettled(files.map(keepFile));
  for (const { name, cache } of await versions()) if (name !== CACHE) await cache.delete(key);
  await tidy();
};

// What is one reader's own says that nobody is to store it.
const mayBeKept = ({ headers }) => !headers.get("Cache-Control")?.includes("no-store");

const isWorthKeeping = (response) =>
  response.status === 200 && !response.redirected && mayBeKept(response) && response.headers.get("Content-Type")?.startsWith("text/html");

const page = async (event) => {
  const key = keyOf(event.request.url);
  try {
    const response = await fetch(event.request);
    if (isWorthKeeping(response)) event.waitUntil(keepPage(key, response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(key, { ignoreVary: true });
    if (kept) return kept;
    if (event.request.mode !== "navigate") throw error;
    return caches.match(OFFLINE, { cacheName: CACHE });
  }
};

// A file that an older version has kept is the same file.
const file = async (event) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(event.request, { ignoreVary: true });
  if (kept) return kept;
  const response = (await caches.match(event.request, { ignoreVary: true })) ?? (await fetch(event.request));
  if (response.status === 200) event.waitUntil(cache.put(event.request, response.clone()));
  return response;
};

// The page as the reader has it, which the browser's own cache still holds.
const fetchAndKeepPage = async (url) => {
  const response = await fetch(url, { cache: "force-cache" });
  if (isWorthKeeping(response)) await keepPage(keyOf(url), response);
};

// What one address fails at does not keep the others from being kept.
const keep = (addresses) => {
  const urls = addresses.map((address) => new URL(address)).filter((url) => url.origin === location.origin);
  return Promise.allSettled([...urls.filter(isPage).map(fetchAndKeepPage), ...urls.filter(isFile).map(keepFile)]);
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(OFFLINE)));
});

addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));

addEventListener("message", (event) => event.waitUntil(keep(event.data)));

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (!isOurs(event.request, url)) return;
  if (isFile(url)) event.respondWith(file(event));
  else if (isPage(url)) event.respondWith(page(event));
});
