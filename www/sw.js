// Keeps the program of this app for offline use, and a starter edition. The list itself is not kept here: the app
// stores it in IndexedDB after verifying it, and asks the network for newer ones past this worker.
//
// The two names below are written by hooks/post_build.mjs. Files with a hash in their name never change; a new build
// is a new VERSION, whose cache is filled before the old one is dropped.
'use strict';
const VERSION = '/*VERSION*/';
const FILES = ['/*FILES*/'];

const CACHE = `hongbang-${VERSION}`;
const INDEX = './';
const INDEX_PATIENCE_MS = 3000;

self.addEventListener('install', event => {
  event.waitUntil(fill());
});

self.addEventListener('activate', event => {
  event.waitUntil(Promise.all([dropOldCaches(), self.clients.claim()]));
});

// The page asks for this when its user agreed to the new version; never before.
self.addEventListener('message', event => {
  if (event.data === 'use') self.skipWaiting();
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') return event.respondWith(index(request));
  const path = pathInScope(url);
  if (path.startsWith('repository/') && !url.searchParams.has('starter')) return;
  if (FILES.includes(path)) event.respondWith(cached(path, request));
});

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([INDEX, ...FILES].map(path => new Request(path, { cache: 'no-cache' })));
}

async function dropOldCaches() {
  const names = await caches.keys();
  const old = names.filter(name => name.startsWith('hongbang-') && name !== CACHE);
  await Promise.all(old.map(name => caches.delete(name)));
}

function pathInScope(url) {
  const scope = new URL(self.registration.scope).pathname;
  return url.pathname.startsWith(scope) ? url.pathname.slice(scope.length) : '';
}

async function cached(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(new URL(path, self.registration.scope))) ?? fetch(request);
}

// The page itself: from the network where that answers soon and well, else as kept.
async function index(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(new URL(INDEX, self.registration.scope));
  if (!kept) return fetch(request);
  const impatience = new Promise(resolve => setTimeout(resolve, INDEX_PATIENCE_MS, kept));
  const answer = fetch(request).then(response => (response.ok ? response : kept), () => kept);
  return Promise.race([answer, impatience]);
}
