// Keeps the program of this app for offline use, and the edition that it was built with as a starter. The list in use
// is not kept here: the app stores it in IndexedDB after verifying it, and the metadata of newer ones passes by.
//
// The three names below are written by hooks/post_build.mjs. Files with a hash in their name never change; a new build
// is a new VERSION, whose cache is filled before the old one is dropped.
'use strict';
const VERSION = '/*VERSION*/';
const PROGRAM = ['/*PROGRAM*/'];
const STARTER = ['/*STARTER*/'];

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
  if (path.startsWith('starter/')) return event.respondWith(starter(path));
  if (PROGRAM.includes(path) || STARTER.includes(path)) event.respondWith(cached(path, request));
});

// All of the program, or the old version stays; of the starter what is to be had, since the repository moves on.
async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([INDEX, ...PROGRAM].map(path => new Request(path, { cache: 'no-cache' })));
  await Promise.allSettled(STARTER.map(path => cache.add(path)));
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

// The starter is read without a network: what was not kept does not exist.
async function starter(path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(new URL(path, self.registration.scope))) ?? new Response('', { status: 404 });
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
