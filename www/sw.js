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
  const path = pathInScope(url);
  if (path === '' || path === 'index.html') return event.respondWith(cached(INDEX, request));
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
  return (await kept(path)) ?? fetch(request);
}

// A page asks for a dozen files at once: the cache is opened for the first of them.
let opened;
async function kept(path) {
  opened ??= caches.open(CACHE);
  return (await opened).match(new URL(path, self.registration.scope));
}

// The starter is read without a network: what was not kept does not exist.
async function starter(path) {
  return (await kept(path)) ?? new Response('', { status: 404 });
}

// The page itself as kept, so that it and the program are of one version: a newer page would bring a newer program
// that nobody agreed to. It also spares every start a wait for the network.
