// Starts the page's program and keeps the service worker informed. It offers
// the functions that go-app's wasm expects on window, and window.tillsight,
// which package app/shell wraps for Go.
"use strict";

(() => {
  const config = {{.Config}};
  // Managers' pages are a program of their own: a link between the two is a real
  // navigation, which go-app makes of addresses that it calls internal.
  const desk = /^\/(manager|admin)(\/|$)/.test(location.pathname);
  const wasm = config.wasm[desk ? "desk" : "app"];
  const size = config.sizes[desk ? "desk" : "app"];
  const others = (desk ? ["/till"] : ["/manager", "/admin"]).map((path) => location.origin + path);
  const startsKey = desk ? "tillsight.desk-started" : "tillsight.started";

  // ---------------------------------------------------------------- words
  const words = {
    en: {
      load: "Starting…",
      download: "Loading the program",
      slow: "The network is slow. The program is loaded once and kept on this device.",
      failed: "The program could not start",
      offline: "There is no connection, and the program is not on this device yet. Connect once, then it works without a network.",
      missing: "The server has no program for this page. It was built without `make build`.",
      old: "This browser is too old: it lacks WebAssembly streaming. Chrome or Edge 110, Firefox 111 or Safari 16.4 will do.",
      private: "This browser forbids the page to keep data. Allow cookies and site data for this address, and leave private windows.",
      stopped: "The program stopped unexpectedly. What was sold is stored.",
      again: "Try again",
    },
    ru: {
      load: "Запускаем…",
      download: "Загружаем программу",
      slow: "Сеть медленная. Программа загружается один раз и остаётся на устройстве.",
      failed: "Программа не запустилась",
      offline: "Связи нет, а программы на этом устройстве ещё нет. Подключитесь один раз — дальше она работает без сети.",
      missing: "На сервере нет программы для этой страницы: её собрали без `make build`.",
      old: "Браузер слишком старый: в нём нет потоковой сборки WebAssembly. Подойдут Chrome или Edge 110, Firefox 111, Safari 16.4.",
      private: "Браузер запрещает странице хранить данные. Разрешите для этого адреса файлы cookie и данные сайтов, не открывайте его в приватном окне.",
      stopped: "Программа неожиданно остановилась. Всё проданное сохранено.",
      again: "Повторить",
    },
  };

  function language() {
    let stored = "";
    try {
      stored = JSON.parse(localStorage.getItem("lang") || '""');
    } catch {
      stored = "";
    }
    const wanted = String(stored || navigator.language || "en").slice(0, 2);
    return wanted === "ru" ? "ru" : "en";
  }

  const say = words[language()];
  document.documentElement.lang = language();

  // ---------------------------------------------------------------- go-app
  let installPrompt = null;
  window.goappNav = () => {};
  window.goappUpdatedBeforeWasmLoaded = false;
  window.goappOnUpdate = () => { window.goappUpdatedBeforeWasmLoaded = true; };
  window.goappAppInstallChangedBeforeWasmLoaded = false;
  window.goappOnAppInstallChange = () => { window.goappAppInstallChangedBeforeWasmLoaded = true; };
  window.goappGetenv = (name) => (name === "GOAPP_INTERNAL_URLS" ? JSON.stringify(others) : config.env[name]);
  window.goappTryUpdate = () => { if (registration) registration.update().catch(report); };
  window.goappIsAppInstalled = () =>
    navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
  window.goappIsAppleBrowser = () =>
    /iP(hone|ad|od)/.test(navigator.userAgent) ||
    (/\bMacintosh\b/.test(navigator.userAgent) && /\bSafari\b/.test(navigator.userAgent) &&
      !/\bChrome\b|\bEdg\b/.test(navigator.userAgent));
  window.goappIsAppInstallable = () => !window.goappIsAppInstalled() && installPrompt !== null;
  window.goappShowInstallPrompt = async () => {
    if (!installPrompt) return;
    installPrompt.prompt();
    await installPrompt.userChoice;
    installPrompt = null;
    window.goappOnAppInstallChange();
  };
  window.goappKeepBodyClean = () => () => {};
  window.goappSubscribePushNotifications = async () => "";
  window.goappNewNotification = () => {};
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installPrompt = event;
    window.goappOnAppInstallChange();
  });
  addEventListener("appinstalled", () => {
    installPrompt = null;
    window.goappOnAppInstallChange();
  });

  function report(err) {
    console.warn("tillsight:", err);
  }

  // -------------------------------------------------------- service worker
  let registration = null;
  let nextVersion = "";
  // leaving says that another page is about to take this one's place.
  let leaving = false;
  addEventListener("beforeunload", () => {
    leaving = true;
    setTimeout(() => { leaving = false; }, 10000); // nobody came
  });
  let wellSaid = false;

  function tell(message) {
    const worker = navigator.serviceWorker && (navigator.serviceWorker.controller || (registration && registration.active));
    if (!worker) return Promise.resolve(null);
    return new Promise((resolve) => {
      const channel = new MessageChannel();
      const limit = setTimeout(() => resolve(null), 3000);
      channel.port1.onmessage = (event) => {
        clearTimeout(limit);
        resolve(event.data);
      };
      worker.postMessage(message, [channel.port2]);
    });
  }

  function learn(state) {
    if (state && state.next && state.next !== nextVersion) {
      nextVersion = state.next;
      window.goappOnUpdate();
    }
  }

  async function register() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.addEventListener("message", (event) => {
      const message = event.data || {};
      if (message.type === "next") learn(message);
      if (message.type === "switched") location.reload();
      if (message.type === "leaving" && event.ports[0]) event.ports[0].postMessage(leaving);
    });
    navigator.serviceWorker.startMessages();
    try {
      registration = await navigator.serviceWorker.register("/app-worker.js", { updateViaCache: "none" });
    } catch (err) {
      report(err);
      return;
    }
    await navigator.serviceWorker.ready;
    learn(await tell({ type: "want", group: group() }));
    setInterval(window.goappTryUpdate, 3600 * 1000);
  }

  function group() {
    return desk ? "manager" : "till";
  }

  window.tillsight = {
    version: config.version,
    // workerURL gives the address to start a worker's program from.
    workerURL: (name) => {
      const start = { wasm: config.wasm[name], exec: config.exec, name };
      return config.worker + "#" + encodeURIComponent(JSON.stringify(start));
    },
    // fileURL is where a file that pages load when they need it lies, "" when it does not.
    fileURL: (name) => config.scripts[name] || "",
    // decoderURL gives the address to start the reader of a camera's pictures from.
    decoderURL: () => {
      const start = { script: config.scripts.barcode, wasm: config.scripts.zxing };
      return config.scripts.decoder ? config.scripts.decoder + "#" + encodeURIComponent(JSON.stringify(start)) : "";
    },
    // busy says that a receipt is open: no other version is started meanwhile.
    busy: (busy) => { tell({ type: "busy", busy: Boolean(busy) }).catch(report); },
    // healthy says that this version has started well; the one before may go.
    healthy: () => {
      if (wellSaid) return;
      wellSaid = true;
      tell({ type: "healthy", version: config.version }).catch(report);
    },
    // next is the version that waits to be started, or "".
    next: () => nextVersion,
    // switchNow starts the waiting version by reloading, unless a receipt is open.
    switchNow: () => { tell({ type: "switch" }).catch(report); },
    // want keeps another part of the program on this device: "till", "manager", "camera".
    want: (part) => { tell({ type: "want", group: part }).catch(report); },
    // script loads a vendored library once and resolves when it is there.
    script: (name) => {
      if (!scripts[name]) {
        scripts[name] = new Promise((resolve, reject) => {
          const tag = document.createElement("script");
          tag.src = config.scripts[name];
          tag.onload = () => resolve(true);
          tag.onerror = () => {
            delete scripts[name];
            reject(new Error("load " + name));
          };
          document.head.append(tag);
        });
      }
      return scripts[name];
    },
  };
  const scripts = {};

  // A till's worker is started beside the page's program, not after it: it opens
  // its files meanwhile. Package app/bridge takes it over by its address, with
  // what it said before. One that failed is left to be started anew.
  window.workersAhead = {};

  function startAhead(name) {
    const url = window.tillsight.workerURL(name);
    const ahead = { worker: new Worker(url), said: [] };
    ahead.worker.onmessage = (event) => ahead.said.push(event.data);
    ahead.worker.onerror = () => { delete window.workersAhead[url]; };
    window.workersAhead[url] = ahead;
  }

  // ---------------------------------------------------------------- loader
  const loader = document.getElementById("loader");
  const text = document.getElementById("loader-text");
  const bar = document.getElementById("loader-bar");
  const detail = document.getElementById("loader-detail");
  const again = document.getElementById("loader-again");
  const shown = setTimeout(() => { loader.hidden = false; }, 150);
  const slow = setTimeout(() => note(say.slow), 10000);
  text.textContent = say.load;

  function note(words) {
    detail.textContent = words;
    detail.hidden = false;
  }

  function done() {
    clearTimeout(shown);
    clearTimeout(slow);
    loader.hidden = true;
  }

  async function fail(title, reason) {
    clearTimeout(shown);
    clearTimeout(slow);
    const answer = await tell({ type: "failed", version: config.version });
    if (answer && answer.reload) {
      location.reload();
      return;
    }
    loader.classList.add("loader-failed");
    loader.hidden = false;
    bar.hidden = true;
    text.textContent = title;
    note(reason);
    again.textContent = say.again;
    again.hidden = false;
    again.onclick = () => location.reload();
  }

  // fetchProgram shows the progress of the first download. Later starts hand the
  // plain response over: only then does the browser reuse compiled code.
  function fetchProgram() {
    if (localStorage.getItem(startsKey) === wasm) return fetch(wasm);
    text.textContent = say.download;
    return fetch(wasm).then((response) => {
      if (response.ok && response.body) watch(response.clone().body.getReader()).catch(report);
      return response;
    });
  }

  async function watch(reader) {
    let got = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      got += value.byteLength;
      bar.value = Math.min(100, (got * 100) / size);
    }
    bar.removeAttribute("value");
    text.textContent = say.load;
  }

  function execScript() {
    return new Promise((resolve, reject) => {
      const tag = document.createElement("script");
      tag.src = config.exec;
      tag.onload = resolve;
      tag.onerror = () => reject(new Error("wasm_exec.js"));
      document.head.append(tag);
    });
  }

  // keeps reports whether the browser lets the page keep anything.
  function keeps() {
    try {
      localStorage.setItem("tillsight.kept", "1");
      return typeof Worker === "function";
    } catch {
      return false;
    }
  }

  async function start() {
    if (!window.WebAssembly || !WebAssembly.instantiateStreaming) {
      await fail(say.failed, say.old);
      return;
    }
    if (!keeps()) {
      await fail(say.failed, say.private);
      return;
    }
    if (!wasm) {
      await fail(say.failed, say.missing);
      return;
    }
    let go, program;
    let unreachable = false;
    try {
      const warm = localStorage.getItem(startsKey) === wasm;
      const response = fetchProgram();
      response.catch(() => { unreachable = true; });
      if (warm && /^\/till(\/|$)/.test(location.pathname)) startAhead("till");
      await execScript();
      go = new Go();
      program = await WebAssembly.instantiateStreaming(response, go.importObject);
    } catch (err) {
      await fail(say.failed, unreachable || !navigator.onLine ? say.offline : String(err));
      return;
    }
    localStorage.setItem(startsKey, wasm);
    const skeleton = document.getElementById("skeleton");
    const drawn = new MutationObserver(() => {
      if (skeleton.isConnected) return;
      drawn.disconnect();
      done();
      performance.mark("tillsight-drawn");
      setTimeout(() => { if (!go.exited) window.tillsight.healthy(); }, 4000);
    });
    drawn.observe(document.body, { childList: true });
    try {
      await go.run(program.instance);
      await fail(say.failed, say.stopped);
    } catch (err) {
      report(err);
      await fail(say.failed, say.stopped + " " + String(err));
    }
  }

  start();
  register();
})();
