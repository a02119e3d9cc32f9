// Runs before the app, and without it: settings that must hold before the first paint, the service worker, and what
// to say when the app cannot start or stops. Plain script of 2018, so that it also runs where the app does not.
(function () {
  'use strict';
  var page = document.documentElement;

  // Settings: written by the app (src/app/settings.rs), read here only to avoid a flash of the wrong look.
  function setting(name) {
    try { return localStorage.getItem('hongbang.' + name); } catch (refused) { return null; }
  }
  if (/^(light|dark)$/.test(setting('theme'))) page.dataset.theme = setting('theme');
  if (setting('elder') === 'on') page.dataset.elder = 'on';
  page.dataset.script = 'on';

  // The app marks the page as started. Whatever goes wrong before that, or traps after it, is told in words that
  // need no app. A trap is never an answer about a firm.
  function stopped() {
    var notice = document.getElementById('stopped');
    var opening = document.getElementById('opening');
    if (notice) notice.hidden = false;
    if (opening) opening.hidden = true;
  }
  function isTrap(error) {
    return typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError;
  }
  addEventListener('error', function (event) {
    if (page.dataset.app !== 'started' || isTrap(event.error)) stopped();
  });
  addEventListener('unhandledrejection', function (event) {
    if (page.dataset.app !== 'started' || isTrap(event.reason)) stopped();
  });
  addEventListener('DOMContentLoaded', function () {
    var again = document.getElementById('stopped-again');
    if (again) again.addEventListener('click', function () { location.reload(); });
    if (typeof WebAssembly !== 'object' || !('noModule' in HTMLScriptElement.prototype)) stopped();
  });

  // The two workers of this page, and no other script, may be started.
  var meta = document.querySelector('meta[name=hongbang-scanner]');
  var scanner = meta ? meta.content : '';
  function trusted(address) {
    if (!window.trustedTypes) return address;
    policy = policy || trustedTypes.createPolicy('worker', {
      createScriptURL: function (url) {
        if (url !== 'sw.js' && url !== scanner) throw new TypeError('only sw.js and the scanner are workers here');
        return url;
      }
    });
    return policy.createScriptURL(address);
  }
  var policy;

  // Called by the app (src/app/scanner.rs) when somebody scans.
  window.startScanner = function () { return new Worker(trusted(scanner)); };

  // The service worker keeps the program for offline use. Where there is none (WeChat on iOS, plain HTTP), the page
  // works the same from the HTTP cache and the list in IndexedDB.
  if (!('serviceWorker' in navigator)) return;
  function tellOf(worker) {
    dispatchEvent(new CustomEvent('hongbang:new-version'));
    addEventListener('hongbang:use-new-version', function () {
      navigator.serviceWorker.addEventListener('controllerchange', function () { location.reload(); }, { once: true });
      worker.postMessage('use');
    }, { once: true });
  }
  addEventListener('load', function () {
    navigator.serviceWorker.register(trusted('sw.js')).then(function (registration) {
      if (registration.waiting && navigator.serviceWorker.controller) tellOf(registration.waiting);
      registration.addEventListener('updatefound', function () {
        var worker = registration.installing;
        worker.addEventListener('statechange', function () {
          if (worker.state === 'installed' && navigator.serviceWorker.controller) tellOf(worker);
        });
      });
    }).catch(function () { /* no offline program then; nothing else changes */ });
  });
})();
