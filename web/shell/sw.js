// The service worker keeps whole versions of the program on the device and
// serves one of them, also without a network.
//
// A version is stored whole or not at all, each file checked by its hash. A new
// version is served only from a page start at which no receipt is open and no
// other page is, or when a page asks for it; the one before is kept until a page
// of the new one reports that it started well, and comes back when it does not.
// The server's interface (/v1, /healthz, /metrics) is never touched.
"use strict";

const version = {{.Version}};
const groups = {{.Groups}}; // name → [{url, sha256}]
const prefix = "tillsight-";
const stateCache = prefix + "state";
const stateKey = "/.tillsight/state";
// Pages of ours; another program may live beside them on the same host.
const pages = /^\/((till|manager|admin)(\/.*)?)?$/;
const answerTime = 1000; // in which a page says whether it is leaving, ms
const startsMax = 2; // page starts that a new version gets to report itself well

const cacheOf = (v) => prefix + "v-" + v;

// ---------------------------------------------------------------- state
// {current, next, previous, starts, bad: [version], busy, groups: [name]}
// previous is set while current is on trial.
let queue = Promise.resolve();

function serially(work) {
  const result = queue.then(work);
  queue = result.catch(() => {});
  return result;
}

async function readState() {
  const cache = await caches.open(stateCache);
  const stored = await cache.match(stateKey);
  return stored ? stored.json() : null;
}

async function writeState(state) {
  const cache = await caches.open(stateCache);
  await cache.put(stateKey, new Response(JSON.stringify(state)));
}

function change(edit) {
  return serially(async () => {
    const state = (await readState()) || { current: "", next: "", previous: "", starts: 0, bad: [], busy: false, groups: [] };
    const answer = await edit(state);
    await writeState(state);
    return answer === undefined ? state : answer;
  });
}

// ---------------------------------------------------------------- install
self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

async function install() {
  const state = await readState();
  const wanted = state && state.groups.length > 0 ? state.groups : await groupsOfClients();
  try {
    await fill(version, ["core", ...wanted]);
  } catch (err) {
    if (!state || (state.current !== version && state.previous !== version)) await caches.delete(cacheOf(version));
    throw err;
  }
  await self.skipWaiting(); // this code serves the current version, whichever that is
}

async function groupsOfClients() {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const manager = open.some((client) => /^\/(manager|admin)/.test(new URL(client.url).pathname));
  return [manager ? "manager" : "till"];
}

// fill stores all files of the named groups of this worker's version.
async function fill(v, names) {
  const cache = await caches.open(cacheOf(v));
  const files = names.flatMap((name) => groups[name] || []);
  for (const file of files) {
    if (await cache.match(file.url)) continue;
    const response = (await ownCopy(file)) || (await download(file));
    await cache.put(file.url, response);
  }
}

// ownCopy finds the same file, by hash in its address, in another version.
async function ownCopy(file) {
  if (!file.url.includes("?v=")) return null;
  return findOwn(file.url);
}

async function download(file) {
  const response = await fetch(file.url, { cache: file.url.includes("?v=") ? "default" : "no-cache" });
  if (!response.ok) throw new Error(file.url + ": status " + response.status);
  const sum = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const hex = Array.from(new Uint8Array(sum), (b) => b.toString(16).padStart(2, "0")).join("");
  if (hex !== file.sha256) throw new Error(file.url + ": other bytes than expected");
  return response;
}

// ---------------------------------------------------------------- activate
self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

async function activate() {
  const state = await change((state) => {
    if (!state.current) state.current = version;
    if (state.current !== version && !state.bad.includes(version)) state.next = version;
  });
  await tidy();
  await self.clients.claim();
  if (state.next) await tellAll({ type: "next", next: state.next });
}

// tidy deletes versions that nobody needs, and nothing but versions of ours.
async function tidy() {
  const state = await readState();
  if (!state) return;
  const kept = [state.current, state.next, state.previous].filter(Boolean).map(cacheOf);
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix + "v-") && !kept.includes(name)) await caches.delete(name);
  }
}

async function tellAll(message) {
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage(message);
}

// ---------------------------------------------------------------- fetch
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    if (pages.test(url.pathname)) event.respondWith(page(event));
    return;
  }
  if (url.pathname.startsWith("/web/") || url.pathname === "/app.js" || url.pathname === "/manifest.webmanifest") {
    event.respondWith(asset(event.request));
  }
});

async function page(event) {
  const stored = await readState();
  const alone = Boolean(stored && stored.next) && (await nobodyStays());
  const state = await change((state) => {
    if (state.next && !state.busy && alone) begin(state);
    else if (state.previous && ++state.starts > startsMax) giveUp(state);
  }).catch(readState); // a device without room can't note a change, and opens what it has
  if (!state) return fetch(event.request);
  const cache = await caches.open(cacheOf(state.current));
  return (await cache.match("/")) || fetch(event.request);
}

// nobodyStays reports whether no page will be open beside the one that begins: of
// those that are, each says whether it is just being left. One that says nothing
// stays.
async function nobodyStays() {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const leaving = await Promise.all(open.filter((client) => pages.test(new URL(client.url).pathname)).map((client) => new Promise((resolve) => {
    const channel = new MessageChannel();
    const limit = setTimeout(() => resolve(false), answerTime);
    channel.port1.onmessage = (event) => {
      clearTimeout(limit);
      resolve(event.data === true);
    };
    client.postMessage({ type: "leaving" }, [channel.port2]);
  })));
  return leaving.every(Boolean);
}

function begin(state) {
  state.previous = state.current;
  state.current = state.next;
  state.next = "";
  state.starts = 1;
}

function giveUp(state) {
  state.bad.push(state.current);
  state.current = state.previous;
  state.previous = "";
  state.starts = 0;
}

async function asset(request) {
  const url = new URL(request.url);
  const hit = await findOwn(url.pathname + url.search);
  if (!hit) return fetch(request);
  // A worker's location is its response's address, and a stored one has lost
  // what stands behind "#"; a response without an address keeps the request's.
  if (request.destination === "worker") return new Response(hit.body, { headers: hit.headers });
  return hit;
}

// findOwn looks into the current version first, then into the other ones:
// a page of the version before may still be open.
async function findOwn(address) {
  const state = await readState();
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix + "v-"));
  const first = state ? cacheOf(state.current) : "";
  names.sort((a, b) => (b === first) - (a === first));
  for (const name of names) {
    const hit = await (await caches.open(name)).match(address);
    if (hit) return hit;
  }
  return null;
}

// ---------------------------------------------------------------- messages
self.addEventListener("message", (event) => {
  const message = event.data || {};
  const port = event.ports[0];
  const work = answer(message).then((reply) => port && port.postMessage(reply));
  event.waitUntil(work);
});

async function answer(message) {
  switch (message.type) {
    case "want":
      return want(message.group);
    case "busy":
      return change((state) => { state.busy = Boolean(message.busy); });
    case "healthy":
      return healthy(message.version);
    case "failed":
      return failed(message.version);
    case "switch":
      return switchNow();
    default:
      return readState();
  }
}

async function want(name) {
  const state = await change((state) => {
    if (groups[name] && name !== "core" && !state.groups.includes(name)) state.groups.push(name);
  });
  try {
    await fill(version, ["core", ...state.groups]);
  } catch (err) {
    console.warn("tillsight: keep", name, err);
  }
  return state;
}

async function healthy(which) {
  const state = await change((state) => {
    if (state.previous && state.current === which) {
      state.previous = "";
      state.starts = 0;
    }
  });
  await tidy();
  return state;
}

async function failed(which) {
  return change((state) => {
    if (!state.previous || state.current !== which) return { reload: false };
    giveUp(state);
    return { reload: true };
  });
}

async function switchNow() {
  const switched = await change((state) => {
    if (!state.next || state.busy) return { switched: false };
    begin(state);
    return { switched: true };
  });
  if (switched.switched) await tellAll({ type: "switched" });
  return switched;
}
