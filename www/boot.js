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

  // The texts of one language, from files of their own: 'texts' is what everybody needs, 'more' what comes later. The
  // app asks for what it needs; the guess spares it a wait.
  function named(name) {
    var meta = document.querySelector('meta[name=hongbang-' + name + ']');
    return meta ? meta.content : '';
  }
  var texts = {};
  function fetchTexts(tag, part) {
    var name = part + '-' + tag + '-';
    var address = named('texts').split(' ').filter(function (file) { return file.indexOf(name) === 0; })[0];
    texts[name] = texts[name] || fetch(address).then(function (response) {
      if (!response.ok) throw new TypeError('expected ' + address + ', found status ' + response.status);
      return response.text();
    }).catch(function (error) { delete texts[name]; throw error; });
    return texts[name];
  }
  window.loadTexts = function (tag, part) {
    return fetchTexts(tag, part).catch(function (error) {
      if (page.dataset.app !== 'started') stopped();
      throw error;
    });
  };
  var first = navigator.language || '';
  var chinese = /hant|hk|mo|tw|yue/i.test(first) ? 'zh-Hant-HK' : 'zh-Hans';
  fetchTexts(setting('language') || (/^(zh|yue)/i.test(first) ? chinese : 'en'), 'texts').catch(function () { /* the app asks again */ });

  // The two workers of this page, and no other script, may be started.
  var scanner = named('scanner');
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

  // Inside WeChat its own scanner, where the host put WeChat's script on the page and what its server signed for this
  // address: <meta name="hongbang-wechat" content='{"appId":"…","timestamp":1,"nonceStr":"…","signature":"…"}'>.
  addEventListener('load', function () {
    if (!window.wx || !named('wechat')) return;
    var config = JSON.parse(named('wechat'));
    config.jsApiList = ['scanQRCode'];
    wx.config(config);
    wx.ready(function () {
      window.scanByWeChat = function () {
        return new Promise(function (resolve, reject) {
          wx.scanQRCode({
            needResult: 1, scanType: ['qrCode', 'barCode'], fail: reject, cancel: reject,
            success: function (result) { resolve(result.resultStr); }
          });
        });
      };
    });
  });

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
  // Not before the list answers: what the worker fetches would only keep it waiting. rest.js says when.
  addEventListener('hongbang:settled', function () {
    navigator.serviceWorker.register(trusted('sw.js')).then(function (registration) {
      if (registration.waiting && navigator.serviceWorker.controller) tellOf(registration.waiting);
      registration.addEventListener('updatefound', function () {
        var worker = registration.installing;
        worker.addEventListener('statechange', function () {
          if (worker.state === 'installed' && navigator.serviceWorker.controller) tellOf(worker);
        });
      });
    }).catch(function () { /* no offline program then; nothing else changes */ });
  }, { once: true });
})();
