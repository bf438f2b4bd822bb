// Starts a worker's Go program. The page gives the addresses behind "#" as JSON:
// {"wasm": …, "exec": …, "name": …}. Messages that come before the program
// listens are kept in order and handed to it then.
"use strict";

(() => {
  const start = JSON.parse(decodeURIComponent(self.location.hash.slice(1)));
  const early = [];
  const keep = (event) => early.push(event);
  let listener = null;
  self.addEventListener("message", keep);

  // A program listens by setting onmessage; what came earlier is delivered first.
  Object.defineProperty(self, "onmessage", {
    configurable: true,
    get: () => listener,
    set: (fn) => {
      if (listener) self.removeEventListener("message", listener);
      listener = fn;
      if (!fn) return;
      self.removeEventListener("message", keep);
      self.addEventListener("message", fn);
      queueMicrotask(() => early.splice(0).forEach((event) => fn.call(self, event)));
    },
  });

  function crash(reason) {
    self.postMessage({ crash: String(reason) });
  }

  importScripts(start.exec);
  const go = new Go();
  go.argv = [start.name || "worker"];
  let code = 0;
  go.exit = (status) => { code = status; };
  WebAssembly.instantiateStreaming(fetch(start.wasm), go.importObject)
    .then((program) => go.run(program.instance))
    .then(() => crash("exit " + code), crash);
})();
