// The service worker: pages that were seen, and the files they are made of, for times without a network.
// A page comes from the network whenever there is one; only files whose name changes with their content come from here.
const CACHE = "hub-{{ version }}"; // Another set of static files is another version, with a cache of its own.
const OFFLINE = "{% url 'offline' %}";
const MOST_PAGES = 200;
const HASHED = /^\/static\/.*\.[0-9a-f]{12}\.\w+$/;

const isFile = ({ pathname }) => HASHED.test(pathname);
// Addresses of pages end in a slash. What `push.js` fetches is a part, no page, and the editors' desk is none of ours.
const isPage = ({ pathname }) => pathname.endsWith("/") && !/^\/admin\/|\/push\/$/.test(pathname);
const isOurs = (request, url) => request.method === "GET" && url.origin === location.origin;

const keepPage = async (request, response) => {
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
  const pages = (await cache.keys()).filter(({ url }) => isPage(new URL(url)) && !url.endsWith(OFFLINE));
  await Promise.all(pages.slice(0, -MOST_PAGES).map((oldest) => cache.delete(oldest)));
};

const isWorthKeeping = (response) =>
  response.status === 200 && !response.redirected && response.headers.get("Content-Type")?.startsWith("text/html");

const page = async (event) => {
  try {
    const response = await fetch(event.request);
    if (isWorthKeeping(response)) event.waitUntil(keepPage(event.request, response.clone()));
    return response;
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(event.request, { ignoreVary: true });
    if (kept) return kept;
    if (event.request.mode !== "navigate") throw error;
    return cache.match(OFFLINE);
  }
};

const file = async (event) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(event.request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.status === 200) event.waitUntil(cache.put(event.request, response.clone()));
  return response;
};

const forgetOldVersions = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("hub-") && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
};

const keepFile = async (url) => {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(url))) await cache.add(url);
};

const fetchAndKeepPage = async (url) => {
  const response = await fetch(url);
  if (isWorthKeeping(response)) await keepPage(url, response);
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

addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions().then(() => clients.claim()));
});

addEventListener("message", (event) => event.waitUntil(keep(event.data)));

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (!isOurs(event.request, url)) return;
  if (isFile(url)) event.respondWith(file(event));
  else if (isPage(url)) event.respondWith(page(event));
});
